"""The gate: what opens it, what closes it, and what only informs."""
from __future__ import annotations

import json
from dataclasses import replace

import pytest

import consistency
from consistency.errors import ConsistencyError, InputError
from consistency.gate import baseline as baselines
from consistency.gate import run
from consistency.gate.figures import interval, mcnemar, parse_limits, summarise
from consistency.gate.outcome import STRONGEST, result_of
from consistency.gate.reading import read_sets
from consistency.nli.golden import GOLDEN
from tests.doubles import WordScorer
from tests.gate.conftest import CLOSED, GOOD, WEATHER, Deaf, pair


@pytest.fixture
def check(make_models):
    """Checks rows with doubles."""

    def run_check(rows, scorer=None, options=None, **more):
        return consistency.check(rows, models=make_models(scorer, **(options or {})), **more)

    return run_check


@pytest.fixture
def locked(check, tmp_path):
    """A baseline of the good rows."""
    path = tmp_path / "baseline.json"
    check(GOOD).save_baseline(path)
    return path


WRONG = pair("wrong", expected="agreement")


def test_without_a_baseline_any_failure_closes_the_gate(check):
    good = check(GOOD)
    assert good.passed
    assert good.verdict() == "PASSED"
    assert good.counts["passed"] == 3
    bad = check([*GOOD, WRONG])
    assert bad.exit_code == 1
    assert [r.item.id for r in bad.failures] == ["wrong"]
    assert bad.verdict() == "FAILED: 1 item fails"
    assert "expected agreement; found contradiction" in bad.items[-1].explain()


def test_xfail_excuses_until_its_day(check, monkeypatch):
    excused = check([{**WRONG, "xfail": {"reason": "hard"}}, pair("mended", xfail={"reason": "was hard"})])
    assert excused.passed
    assert [r.status for r in excused.items] == ["xfailed", "xpassed"]
    over = check([{**WRONG, "xfail": {"reason": "hard", "until": "2020-01-01"}}])
    assert not over.passed
    item = read_sets([{**WRONG, "xfail": {"reason": "hard", "until": "2020-01-01"}}])[0].items[0]
    outcome = over.items[0].outcome
    assert result_of(item, outcome, "2020-01-01").status == "xfailed"
    assert result_of(item, outcome, "2020-01-02").status == "failed"


def test_an_unchanged_run_passes_its_baseline(check, locked):
    result = check(GOOD, baseline=locked)
    c = result.comparison
    assert result.passed
    assert result.notes == ()
    for name in ("failures", "fixed", "changed", "drifted", "added", "removed", "edited"):
        assert getattr(c, name) == ()
    assert c.mcnemar == 1.0
    assert c.interval == (0.0, 0.0)


def test_known_failures_are_listed_and_pass(check, tmp_path):
    path = tmp_path / "b.json"
    check([*GOOD, WRONG]).save_baseline(path)
    result = check([*GOOD, WRONG], baseline=path)
    assert result.exit_code == 0
    assert [r.item.id for r in result.comparison.known] == ["wrong"]


def test_what_passed_and_fails_now_closes_the_gate(check, locked):
    result = check(GOOD, Deaf(), baseline=locked)
    assert result.exit_code == 1
    assert [r.item.id for r in result.comparison.failures] == ["denied"]
    assert [r.item.id for r in result.comparison.changed] == ["denied"]
    assert "1 passed in the baseline and fails now" in result.verdict()
    assert check(GOOD, Deaf(), baseline=locked, max_regressions=1).exit_code == 0
    assert "another nli model" in result.notes[0], "a changed model is said first"
    assert result.to_dict()["comparison"]["failures"] == ["items/denied"]


def test_new_items_that_fail_count_too(check, locked):
    result = check([*GOOD, WRONG, pair("fine")], baseline=locked)
    assert result.exit_code == 1
    assert [r.item.id for r in result.comparison.failing_new] == ["wrong"]
    assert [r.item.id for r in result.comparison.added] == ["wrong", "fine"]
    assert check([*GOOD, WRONG], baseline=locked, max_regressions=1).passed


def test_fixed_removed_and_edited(check, tmp_path):
    path = tmp_path / "b.json"
    check([*GOOD, WRONG]).save_baseline(path)
    rows = [GOOD[0], {**GOOD[2], "note": "no change"}, pair("wrong", expected="contradiction")]
    c = check(rows, baseline=path).comparison
    assert [r.item.id for r in c.fixed] == ["wrong"]
    assert [r.item.id for r in c.edited] == ["wrong"]
    assert c.removed == ("items/same",)
    assert c.was.met == 2
    assert c.now.met == 3


def test_tags_choose_items_and_nothing_else_is_gone(check, locked):
    result = check(GOOD, tags=["denial"], baseline=locked)
    assert [r.item.id for r in result.items] == ["denied"]
    assert result.comparison.removed == ()
    with pytest.raises(ConsistencyError, match="denial, same"):
        check(GOOD, tags=["denail"])


def test_drift_informs(check, locked):
    held = baselines.read(locked)
    entry = held.items["items/denied"]
    moved = replace(entry, scores=replace(entry.scores, agreement=entry.scores.agreement + 0.06))
    result = check(GOOD, baseline=replace(held, items={**held.items, "items/denied": moved}))
    (drift,) = result.comparison.drifted
    assert (drift.result.item.id, drift.score) == ("denied", "agreement")
    assert result.passed
    assert not check(GOOD, baseline=replace(held, items={**held.items, "items/denied": moved}),
                     tolerance=0.06).comparison.drifted  # fmt: skip


def test_other_settings_and_versions_are_said(check, locked):
    held = replace(baselines.read(locked), version="0.0.1")
    notes = check(GOOD, options={"threshold": 0.6}, baseline=held).notes
    assert any("threshold was 0.5, is 0.6" in note for note in notes)
    assert any("0.0.1" in note for note in notes)


def test_a_baseline_is_sorted_repeatable_and_whole(check, tmp_path):
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    check(GOOD).save_baseline(one)
    check(GOOD[::-1]).save_baseline(two)
    assert one.read_bytes() == two.read_bytes()
    lines = one.read_text().splitlines()
    keys = [line.strip().split('"')[1] for line in lines if '"digest"' in line]
    assert keys == ["items/apart", "items/denied", "items/same"], "one line an item"
    found = json.loads(one.read_text())
    assert found["schema"] == 1
    assert found["models"]["nli"]["backend"] == "double"
    assert found["settings"]["threshold"] == 0.5
    assert found["version"] == consistency.__version__


def test_items_do_not_vanish_unasked(check, locked):
    before = locked.read_bytes()
    with pytest.raises(ConsistencyError, match=r"2 items would vanish from it: items/apart, items/same.*allow-removed"):
        check(GOOD[:1]).save_baseline(locked)
    assert locked.read_bytes() == before
    check(GOOD[:1]).save_baseline(locked, allow_removed=True)
    assert list(baselines.read(locked).items) == ["items/denied"]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"schema": 2, "items": {}}', '{"schema": 1, "items": {"a/b": {}}, "models": {}}',
             '{"schema": 1, "items": {}, "models": [], "settings": {}, "version": "1"}'],
)  # fmt: skip
def test_a_broken_baseline_is_told(check, tmp_path, text):
    path = tmp_path / "b.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="baseline"):
        check(GOOD, baseline=path)
    with pytest.raises(InputError, match="no such baseline"):
        check(GOOD, baseline=tmp_path / "missing.json")


def test_an_interrupted_check_leaves_the_baseline(check, locked, monkeypatch):
    before = locked.read_bytes()

    class Interrupted(WordScorer):
        def score(self, pairs, progress=None):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check(GOOD, Interrupted()).save_baseline(locked)
    assert locked.read_bytes() == before
    assert [p.name for p in locked.parent.iterdir()] == [locked.name]


def test_figures_by_hand():
    rows = [
        pair("tp", expected="contradiction"), pair("fp", expected=["none", "update"]), pair("fn"),
        pair("either", expected=["agreement", "update"], weight=2),
    ]  # fmt: skip
    items = read_sets(rows)[0].items
    got = {"tp": "contradiction", "fp": "contradiction", "fn": "none", "either": "update"}
    made = summarise((i, (got[i.id],), got[i.id] in i.expected) for i in items)
    assert (made.items, made.met, made.accuracy) == (4, 2, 0.6)
    contradiction, update, none = (made.labels[name] for name in ("contradiction", "update", "none"))
    assert (contradiction.precision, contradiction.recall, contradiction.f1) == (0.5, 0.5, 0.5)
    assert (update.precision, update.recall) == (1.0, 1.0), "an acceptable word counts as expected"
    assert (none.precision, none.recall) == (0.0, 0.0)
    assert "agreement" not in made.labels


def test_figures_of_articles_and_verdicts():
    rows = [
        {"id": "a", "articles": [CLOSED], "must_find": [{"relation": "update"}], "must_not_find":
            [{"relation": "agreement"}, {"relation": "contradiction"}]},
        {"id": "v", "text": CLOSED, "sources": [WEATHER], "expected": "uncertain"},
    ]  # fmt: skip
    items = read_sets(rows)[0].items
    made = summarise([(items[0], ("update", "none", "contradiction"), False), (items[1], ("uncertain",), True)])
    assert made.labels["update"].f1 == 1.0
    assert made.labels["contradiction"].precision == 0.0
    assert made.labels["none"].recall == 0.5
    assert made.labels["verify.uncertain"].f1 == 1.0
    assert "uncertain" not in made.labels


def test_mcnemar_and_intervals():
    assert mcnemar([True] * 5, [True] * 5) == 1.0
    # Five lost, none won: 2 * 0.5 ** 5.
    assert mcnemar([False] * 5 + [True] * 9, [True] * 14) == pytest.approx(0.0625)
    assert mcnemar([False, True], [True, False]) == 1.0
    assert interval([True], [1.0]) is None
    assert interval([True] * 20, [1.0] * 20) == (1.0, 1.0)
    low, high = interval([True] * 50 + [False] * 50, [1.0] * 100)
    assert 0.35 <= low < 0.5 < high <= 0.65
    assert interval([True] * 50 + [False] * 50, [1.0] * 100) == (low, high)
    weighted = interval([True] * 50 + [False] * 50, [3.0] * 50 + [1.0] * 50)
    assert weighted[0] > 0.6


@pytest.mark.parametrize(
    ("limits", "passes"),
    [
        ("accuracy=1", False), ("accuracy=0.7", True), ("contradiction.precision=0.5,accuracy=0.5", True),
        ("contradiction.precision=0.6", False), ("denial:accuracy=1", True), ("update.recall=0.1", False),
    ],
)  # fmt: skip
def test_fail_under(check, tmp_path, limits, passes):
    rows = [*GOOD, {**WRONG, "xfail": {"reason": "excused, and counted"}}]
    result = check(rows, fail_under=limits)
    assert result.passed is passes
    assert passes or "below" in result.verdict()


@pytest.mark.parametrize("limits", ["accuracy", "accuracy=2", "accuracy=x", "speed=0.5", "contradiction.mean=0.5"])
def test_limits_that_are_none(limits):
    with pytest.raises(ConsistencyError, match="--fail-under"):
        parse_limits(limits)


def test_limits_from_a_mapping_and_a_list():
    assert parse_limits({"accuracy": 0.9}) == {"accuracy": 0.9}
    assert parse_limits(["accuracy=0.9", "agreement.f1=0.5, verify.supported.recall=0.1"]) == {
        "accuracy": 0.9, "agreement.f1": 0.5, "verify.supported.recall": 0.1,
    }  # fmt: skip


def test_a_tag_without_items_in_fail_under(check):
    with pytest.raises(ConsistencyError, match="no item has the tag"):
        check(GOOD, fail_under="nothing:accuracy=1")


def test_the_baselines_backend_is_used(monkeypatch, doubled, locked):
    asked = []

    def load(model, device, allow, precision=None):
        asked.append((device, precision))
        return WordScorer()

    monkeypatch.setattr("consistency.pipeline.load_scorer", load)
    held = baselines.read(locked)

    def with_backend(backend):
        return replace(held, models={**held.models, "nli": {**held.models["nli"], "backend": backend}})

    consistency.check(GOOD, baseline=with_backend("torch bfloat16 cpu"))
    consistency.check(GOOD, baseline=with_backend("torch bfloat16 cpu"), precision="float32")
    assert asked == [("cpu", "bfloat16"), ("cpu", "float32")]
    monkeypatch.setattr(run, "_has", lambda device: device == "cpu")
    result = consistency.check(GOOD, baseline=with_backend("torch float32 cuda"))
    assert asked[-1] == ("auto", "float32")
    assert any("not on this machine" in note for note in result.notes)


def test_results_as_a_frame_and_in_words(check):
    result = check([*GOOD, WRONG])
    frame = result.results
    assert list(frame["status"]) == ["passed", "passed", "passed", "failed"]
    assert "3 passed, 1 failed" in repr(result)
    assert json.loads(json.dumps(result.to_dict()))["counts"] == {
        "passed": 3, "failed": 1, "xfailed": 0, "xpassed": 0,
    }  # fmt: skip
    assert result.interval[0] < 0.75 <= result.interval[1]


def test_edited_items_are_not_counted_with_what_was_found_for_others(check, tmp_path):
    rows = [{"id": "x", "articles": [CLOSED], "must_not_find": [{"relation": "update"}]}]
    path = tmp_path / "b.json"
    check(rows).save_baseline(path)
    more = [{**rows[0], "must_not_find": [{"relation": "update"}, {"relation": "agreement"}]}]
    result = check(more, baseline=path)
    assert result.passed
    assert [r.item.id for r in result.comparison.edited] == ["x"]
    assert result.comparison.now.items == 0


@pytest.mark.models
def test_between_precisions_nothing_drifts_that_the_tolerance_would_tell(tmp_path):
    rows = [
        {"id": f"golden-{n}", "a": a, "b": b, "expected": list(STRONGEST)} for n, (a, b, _) in enumerate(GOLDEN[:8])
    ]
    path = tmp_path / "baseline.json"
    consistency.check(rows, precision="float32", device="cpu").save_baseline(path)
    result = consistency.check(rows, precision="bfloat16", device="cpu", baseline=path)
    assert result.models["nli"]["backend"] == "torch bfloat16 cpu"
    assert any("torch float32 cpu" in note for note in result.notes)
    assert result.comparison.drifted == ()
