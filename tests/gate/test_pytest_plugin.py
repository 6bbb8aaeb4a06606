"""The pytest plugin, run on an example project as a user would run it."""
from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from consistency.options import Options
from consistency.pipeline import Models
from tests.doubles import WordEncoder, WordScorer

pytest_plugins = ("pytester",)
PLUGIN = "consistency.gate.pytest_plugin"
EXAMPLE = Path(__file__).parent / "example"
INSTALLED = any(point.value == PLUGIN for point in entry_points(group="pytest11"))
DOUBLES = """
import consistency.pipeline
from consistency.options import Options
from tests.doubles import WordEncoder, WordScorer

def pytest_claim_models(config):
    return consistency.pipeline.Models(Options(), None, WordEncoder(), WordScorer())
"""


@pytest.fixture
def project(pytester, monkeypatch):
    """A copy of the example project; the plugin is named where the install does not bring it."""
    for path in EXAMPLE.rglob("*"):
        if path.suffix in (".py", ".yaml"):
            target = pytester.path / path.relative_to(EXAMPLE)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    monkeypatch.setenv("PYTEST_ADDOPTS", "" if INSTALLED else f"-p {PLUGIN}")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    return pytester


@pytest.fixture
def run(project, nlp):
    """Runs pytest in this process, with doubles for the models."""

    class Given:
        def pytest_claim_models(self, config):
            return Models(Options(), nlp, WordEncoder(), WordScorer())

    return lambda *words: project.runpytest_inprocess("-p", "no:cacheprovider", *words, plugins=[Given()])


def test_claim_sets_are_collected_one_test_an_item(run):
    result = run("--claim-sets", "claims", "-v")
    result.assert_outcomes(passed=6, failed=3, xfailed=1)
    result.stdout.fnmatch_lines(["*claims/bridge.yaml::denied PASSED*", "*claims/bridge.yaml::wrong FAILED*"])


def test_messages_show_scores_reasons_and_words(run):
    result = run("--claim-sets", "claims/bridge.yaml", "-q")
    text = result.stdout.str()
    assert "expected agreement; found contradiction" in text
    assert "NLI contradiction 0.960" in text
    assert "“not" in text, "the deciding words"
    assert "bridge/wrong" in text
    assert "one contradiction between the articles" in text
    assert "NLI a to b: entailment" in text
    assert "checker.py" not in text, "no traceback through the plugin"


def test_tags_are_keywords_and_ids_are_names(run, project):
    run("claims/bridge.yaml", "--claim-sets", "claims/bridge.yaml", "-k", "denial").assert_outcomes(
        passed=1, deselected=3
    )
    run("claims/bridge.yaml::same", "--claim-sets", "claims/*.yaml").assert_outcomes(passed=1)


def test_without_the_option_no_set_is_collected(run):
    run().assert_outcomes(passed=4, failed=2)


def test_a_faulty_set_is_an_error_with_all_faults(run, project):
    faulty = "schema: 1\nitems:\n- {id: x, a: y, b: z, expected: no}\n- {id: w, a: y, expected: none}\n"
    (project.path / "claims" / "bad.yaml").write_text(faulty, encoding="utf-8")
    result = run("--claim-sets", "claims/bad.yaml", "claims/bad.yaml")
    result.assert_outcomes(errors=1)
    text = result.stdout.str()
    assert "item x" in text
    assert "'b' is missing" in text
    assert run("--claim-sets", "nowhere.yaml").ret == pytest.ExitCode.USAGE_ERROR


def test_a_marked_test_takes_the_item(run, project):
    project.makepyfile(test_bad='import pytest\n@pytest.mark.claim_sets("claims/*.yaml")\ndef test_it(): pass\n')
    result = run("test_bad.py")
    assert result.ret != 0
    assert "takes the argument claim_item" in result.stdout.str() + result.stderr.str()


def test_with_xdist(project):
    pytest.importorskip("xdist")
    project.makeconftest(DOUBLES)
    result = project.runpytest_subprocess("--claim-sets", "claims", "-n", "2", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=6, failed=3, xfailed=1)


def test_loading_the_plugin_imports_nothing_heavy():
    code = (
        f"import sys, {PLUGIN}; heavy = 'torch spacy pandas numpy scipy jsonschema yaml rich typer'.split(); "
        "print(sorted(set(heavy) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          env={"PYTHONPATH": str(Path(__file__).parents[2])})  # fmt: skip
    assert done.stdout.strip() == "[]"
