# make demo: the main job on data/articles.   make test: the tests.   Both make their own environment in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The CPU build is a tenth of the size of the default one on Linux; on other systems the index has only CPU builds.
TORCH ?= torch

.PHONY: demo test clean

$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -c constraints.txt $(TORCH)
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[test,xlsx,parquet]'
	touch $@

demo: $(VENV)/.installed
	$(BIN)/consistency report data/articles --output out/report.html

test: $(VENV)/.installed
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest

clean:
	rm -rf $(VENV) out build dist *.egg-info
