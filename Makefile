# make demo: the main job on data/articles.   make test: the tests.   Both make their own environment in .venv.
# make gate: the claim sets against their baseline (another processor may move an item or two).   make gate-baseline: write what is found to it.
# make reference, make notebooks: write again what docs/ shows of docstrings and of executed notebooks.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The CPU build is a tenth of the size of the default one on Linux; on other systems the index has only CPU builds.
TORCH ?= torch

.PHONY: demo test gate gate-baseline reference notebooks clean

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -c constraints.txt $(TORCH)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[test,browser,xlsx,parquet,plot]'
	touch $@

demo: $(VENV)/.installed
	$(BIN)/consistency report data/articles --output out/report.html

test: $(VENV)/.installed
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest

gate: $(VENV)/.installed
	$(BIN)/consistency check 'data/claim_sets/*.tune.yaml' --baseline data/claim_sets/baseline.json --max-regressions 6

gate-baseline: $(VENV)/.installed
	$(BIN)/consistency check 'data/claim_sets/*.tune.yaml' --baseline data/claim_sets/baseline.json --update-baseline

reference: $(VENV)/.installed
	$(BIN)/python scripts/build_reference.py

notebooks: $(VENV)/.installed
	$(BIN)/python scripts/run_notebooks.py

clean:
	rm -rf $(VENV) out build dist *.egg-info
