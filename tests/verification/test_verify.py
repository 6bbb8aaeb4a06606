"""Verifying a text: verdicts, evidence on both sides, missing words, scores."""
from __future__ import annotations

import json

import pytest

import consistency
from consistency.article import Article
from consistency.errors import ConsistencyError, InputError
from consistency.verification.api import verify, verify_many, verify_rows
from consistency.verification.comparison import mended
from consistency.verification.result import Unsupported
from tests.making import claim

SOURCE = {
    "id": "wire-1",
    "source": "Wire",
    "date": "2024-03-05",
    "text": "The council approved the plan on Monday. Mayor Ada Lind said that seven people were hurt in the fire. "
    "It was put out at noon.\n\nThe plan costs 12 million dollars. The bridge was closed to lorries.",
}
OTHER = {"id": "post-1", "source": "Post", "text": "The plan does not cost 12 million dollars. Nothing else is known."}


@pytest.fixture
def check(models):
    """Verifies a text against the source, or against given ones."""
    return lambda text, sources=(SOURCE,): verify(text, list(sources), models=models)


def one(result):
    assert len(result.claims) == 1
    return result.claims[0]


def test_a_supported_claim_with_its_evidence(check):
    result = check("The plan costs 12 million dollars.")
    item = one(result)
    assert (item.verdict, result.verdict) == ("supported", "supported")
    assert item.evidence_for.source == "Wire"
    span = item.evidence_for.passage
    assert SOURCE["text"][span.start : span.end] == span.text == "The plan costs 12 million dollars."
    assert not item.unsupported
    assert result.score == item.score > 0.6


def test_a_negation_is_contradicted_and_its_words_told_on_both_sides(check):
    result = check("The plan does not cost 12 million dollars.")
    item = one(result)
    assert item.verdict == "contradicted"
    reason = next(r for r in item.reasons if r.kind == "negation")
    assert [s.text for s in reason.a_spans] == ["not"]
    assert all(SOURCE["text"][s.start : s.end] == s.text for s in reason.b_spans)


def test_another_figure_is_contradicted_and_marked(check):
    item = one(check("Mayor Ada Lind said that nine people were hurt in the fire."))
    assert item.verdict == "contradicted"
    assert [(u.span.text, u.kind, u.found) for u in item.unsupported] == [("nine", "figure", "seven")]
    reason = next(r for r in item.reasons if r.kind == "figure")
    assert [s.text for s in reason.b_spans] == ["seven"]
    assert item.evidence_against.speaker == "Ada Lind"


def test_a_figure_in_words_is_the_one_in_digits(check):
    assert not one(check("7 people were hurt in the fire.")).unsupported


def test_a_wrong_day_is_marked_with_its_preposition(check):
    item = one(check("The council approved the plan on Tuesday."))
    assert [(u.span.text, u.kind, u.found) for u in item.unsupported] == [("on Tuesday", "date", "Monday")]


def test_a_claim_that_is_supported_but_for_its_day(check):
    item = one(check("The bridge was closed to lorries on Friday."))
    assert [(u.span.text, u.kind) for u in item.unsupported] == [("on Friday", "date")]
    assert any("all else follows" in reason.note for reason in item.reasons)


def test_what_the_sources_do_not_hold_is_not_found(check):
    item = one(check("A dragon was seen over Geneva."))
    assert item.verdict == "not_found"
    assert {"dragon", "Geneva"} <= {u.span.text for u in item.unsupported}
    assert item.closest is not None


def test_evidence_for_and_against_are_both_kept(check):
    item = one(check("The plan costs 12 million dollars.", [SOURCE, OTHER]))
    assert item.evidence_for.source == "Wire"
    assert item.evidence_against.source == "Post"


def test_a_claim_over_two_neighbouring_sentences(check):
    source = {"text": "Ada Lind was ill. The mayor resigned over bad health."}
    item = one(check("Mayor Ada Lind resigned over bad health.", [source]))
    assert item.evidence_for.passage.text == source["text"]


def test_the_worst_claim_decides_for_the_text(check):
    result = check("The plan costs 12 million dollars. The plan does not cost 12 million dollars.")
    assert result.verdict == "contradicted"
    assert result.score == min(item.score for item in result.claims)
    assert result.counts["supported"] == 1


def test_questions_are_not_checked_but_told(check):
    result = check("The plan costs 12 million dollars. Is that much?")
    assert [s.kind for s in result.skipped] == ["question"]
    empty = check("Is that much? Who knows?")
    assert (empty.verdict, empty.score, empty.claims) == ("uncertain", 0.5, ())


def test_spans_count_in_the_text(check):
    text = "\n  Mayor Ada Lind said that nine\npeople were hurt in the fire.\n"
    item = one(check(text))
    for span in (*item.claim.spans, *(u.span for u in item.unsupported)):
        assert text[span.start : span.end] == span.text


def test_claims_may_be_given(check, models):
    result = check(["The plan costs 12 million dollars.", "A dragon was seen over Geneva."])
    assert [item.verdict for item in result.claims] == ["supported", "not_found"]
    for item in result.claims:
        for span in item.claim.spans:
            assert result.article.text[span.start : span.end] == span.text
    given = [claim("The plan costs 12 million dollars.", "mine")]
    assert one(verify(given, [SOURCE], models=models)).claim.id == "mine:1"


def test_a_file_an_article_and_a_text_are_one(check, tmp_path):
    text = "The plan costs 12 million dollars."
    path = tmp_path / "draft.txt"
    path.write_text(text, encoding="utf-8")
    scores = {check(given).score for given in (text, path, str(path), Article("d", text))}
    assert len(scores) == 1


@pytest.mark.parametrize("given", ["", "  \n", []])
def test_an_empty_text_is_an_error(check, given):
    with pytest.raises(InputError):
        check(given)


def test_unknown_options_are_an_error():
    with pytest.raises(ConsistencyError):
        verify("The plan costs much.", [SOURCE], treshold=1)


ROWS = [
    {"id": 7, "document": SOURCE["text"], "text": "The plan costs 12 million dollars."},
    {"id": 8, "document": SOURCE["text"], "text": "The plan does not cost 12 million dollars."},
    {"id": 9, "document": [SOURCE["text"], OTHER["text"]], "text": "A dragon was seen over Geneva."},
]


def test_many_pairs_in_one_batch(models):
    frame = verify_many(ROWS, models=models)
    assert list(frame.columns) == ["id", "document", "text", "score", "verdict", "claims"]
    assert list(frame["verdict"]) == ["supported", "contradicted", "not_found"]
    json.dumps(frame["claims"].tolist())


def test_a_batch_changes_no_verdict_or_score(models):
    together = verify_rows(ROWS, models)
    alone = [verify_rows([row], models)[0] for row in ROWS]
    backwards = verify_rows(ROWS[::-1], models)[::-1]
    for results in (alone, backwards):
        assert [(r.verdict, r.score) for r in results] == [(r.verdict, r.score) for r in together]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"text": "x y z"}, "no document"),
        ({"document": "", "text": "x y z"}, "document is empty"),
        ({"document": ["", "x"], "text": "x y z"}, "document is empty"),
        ({"document": "x y z", "text": None}, "text is empty"),
    ],
)
def test_bad_rows_are_named(models, row, said):
    with pytest.raises(InputError, match=f"row 2.*{said}"):
        verify_rows([ROWS[0], row], models)


def test_only_the_relevant_part_of_a_long_source_is_scored(models):
    filler = " ".join(f"Filler number {n} talks of weather in town {n}." for n in range(300))
    source = {"text": f"{filler} {SOURCE['text']} {filler}"}
    result = verify("The plan costs 12 million dollars.", [source], models=models)
    assert result.verdict == "supported"
    assert len(set(models.scorer.asked)) <= 6


def test_the_source_says_it_is_shown(check):
    item = one(check("Seven people were hurt in the fire."))
    assert item.evidence_for.speaker == "Ada Lind"


def test_another_speaker_is_told_and_marked(check):
    item = one(check("Chief Bob Stone said that seven people were hurt in the fire."))
    assert item.verdict == "supported"
    assert any("Bob Stone" in reason.note and "Ada Lind" in reason.note for reason in item.reasons)
    assert [u.found for u in item.unsupported] == ["Ada Lind"] or "Stone" in item.unsupported[0].span.text


def test_a_lost_attribution_is_told(check):
    item = one(check("Seven people were hurt in the fire."))
    assert any(reason.kind == "modality" and "Ada Lind" in reason.note for reason in item.reasons)


def test_words_of_a_title_are_not_missing(check):
    source = {**SOURCE, "title": "Geneva votes"}
    words = [u.span.text for u in one(check("The council approved the plan in Geneva.", [source])).unsupported]
    assert words == []


def test_a_pronoun_of_the_source_is_resolved(check, models):
    text = "Ada Lind, the mayor, spoke to reporters. She resigned and left the town."
    item = one(check("Ada Lind resigned and left the town.", [{"text": text}]))
    assert item.verdict == "supported"
    assert ("Ada Lind resigned and left the town.", item.claim.text) in models.scorer.asked


@pytest.mark.parametrize(
    ("missing", "made"),
    [
        ([("on Friday", "date", "")], "Nine men met in Rome."),
        ([("on Friday", "date", "Monday")], "Nine men met in Rome on Monday."),
        ([("Nine", "figure", "seven"), ("Rome", "entity", "Paris")], "seven men met in Paris on Friday."),
        ([("met", "model", "")], None),
        ([], None),
    ],
)
def test_mended_claims(missing, made):
    words = [Unsupported(consistency.claim.Span(0, len(text), text), kind, found) for text, kind, found in missing]
    assert mended("Nine men met in Rome on Friday.", words) == made
