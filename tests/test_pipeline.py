"""The whole path on small articles: scopes, order, copies, offsets, views."""
from __future__ import annotations

import random
from dataclasses import replace

import pytest

import consistency
from consistency.article import Article
from consistency.block import in_scope
from consistency.claim import Span
from consistency.errors import ConsistencyError, InputError
from consistency.options import Options, read_options
from consistency.pipeline import Models
from tests.doubles import WordEncoder, WordScorer
from tests.making import claim

WIRE = (
    "The harbour bridge in Oldcastle was closed on Monday after a crack was found in a cable. "
    "Engineers inspected 14 cables during the night. The city council approved emergency repairs. "
    "A spokesman said that traffic was moved to the northern tunnel until further notice."
)
ARTICLES = [
    Article("wire", WIRE, source="Harbour Wire", date="2024-05-06"),
    Article("copy", WIRE.replace("14 cables", "40 cables"), source="Daily Copy", date="2024-05-06"),
    Article(
        "other",
        "The harbour bridge in Oldcastle was not closed on Monday after a crack was found in a cable. "
        "The weather was mild.",
        source="The Contrarian",
        date="2024-05-06",
    ),
]


def findings(report):
    """What a reader would compare: relation, texts, confidence."""
    return sorted((f.relation, f.a.text, f.b.text, f.confidence, f.id) for f in report.items)


def test_conflicts_between_articles_are_found(models):
    report = consistency.report(ARTICLES, models=models)
    places = [place for f in report.items if f.relation == "contradiction" for place in f.places]
    articles = {frozenset(key.rsplit(":", 1)[0] for key in place) for place in places}
    assert frozenset(("wire", "other")) in articles


def test_a_changed_figure_in_a_copy_is_found_and_the_rest_of_the_copy_is_not_listed(models):
    report = consistency.report(ARTICLES[:2], models=models)
    assert [(f.relation, f.reasons[0].kind) for f in report.items] == [("contradiction", "figure")]
    spans = {span.text for reason in report.items[0].reasons[:1] for span in (*reason.a_spans, *reason.b_spans)}
    assert all("14" in text or "40" in text for text in spans)


def test_order_of_articles_decides_nothing(models):
    first = consistency.report(ARTICLES, models=models)
    shuffled = list(ARTICLES)
    random.Random(4).shuffle(shuffled)
    assert findings(consistency.report(shuffled, models=models)) == findings(first)


def test_every_offset_is_exact(models):
    report = consistency.report(ARTICLES, models=models)
    texts = {a.id: a.text for a in ARTICLES}
    spans = [(c.article_id, s) for c in report.claim_list for s in (*c.spans, c.sentence)]
    spans += [(f.a.article_id, s) for f in report.items for r in f.reasons for s in r.a_spans]
    spans += [(f.b.article_id, s) for f in report.items for r in f.reasons for s in r.b_spans]
    assert spans
    assert all(texts[key][s.start : s.end] == s.text for key, s in spans)


@pytest.mark.parametrize(
    ("scope", "same_article", "between_articles"),
    [("default", False, True), ("outlets", False, True), ("same-article", True, False), ("all", True, True)],
)
def test_scopes(models, scope, same_article, between_articles):
    pairs = consistency.pairs(ARTICLES, models=models, scope=scope, min_similarity=0.05).pairs
    assert any(p.a.article_id == p.b.article_id for p in pairs) == same_article
    assert any(p.a.article_id != p.b.article_id for p in pairs) == between_articles


def test_one_outlet_is_not_compared_with_itself_in_scope_outlets(models):
    twins = [ARTICLES[0], Article("again", ARTICLES[2].text, source="HARBOUR WIRE", date="2024-05-07")]
    assert consistency.pairs(twins, models=models, scope="outlets").pairs == ()
    unknown = [Article("x", ARTICLES[0].text), Article("y", ARTICLES[2].text)]
    assert consistency.pairs(unknown, models=models, scope="outlets").pairs


def test_words_are_not_compared_with_themselves():
    text = "Pence said that Democrats believed the deal was fair, but Rubio denied that the deal was fair."
    whole = claim("Democrats believed the deal was fair.", "a", speaker="Mike Pence")
    sentence = Span(0, len(text), text)
    spans = {name: Span(text.index(part), text.index(part) + len(part), part) for name, part in
             (("whole", "Democrats believed the deal was fair"), ("inner", "the deal was fair"))}  # fmt: skip
    outer = replace(whole, sentence=sentence, spans=(spans["whole"],))
    inner = claim("The deal was fair.", "a", speaker="Democrats")
    inner = replace(inner, id="a:2", sentence=sentence, spans=(spans["inner"],))
    last = text.rindex("the deal was fair")
    other = claim("The deal was fair.", "a", speaker="Marco Rubio")
    other = replace(other, id="a:3", sentence=sentence, spans=(Span(last, last + 17, "the deal was fair"),))
    assert not in_scope(outer, inner, Options())
    assert in_scope(outer, other, Options())


def test_about_and_speaker_keep_only_matching_pairs(models):
    about = consistency.pairs(ARTICLES, models=models, about="Council").pairs
    assert about
    assert all("council" in f"{p.a.sentence.text} {p.b.sentence.text}".lower() for p in about)
    assert consistency.pairs(ARTICLES, models=models, speaker="Nobody Such").pairs == ()


def test_pairs_say_why_and_are_each_there_once(models):
    pairs = consistency.pairs(ARTICLES, models=models).pairs
    assert all(p.why for p in pairs)
    assert len({(p.a.id, p.b.id) for p in pairs}) == len(pairs)


def test_given_claims_are_taken_as_they_are(models):
    rows = [
        {"text": "The council approved the plan.", "source": "A", "speaker": None},
        {"text": "The council did not approve the plan.", "source": "B", "speaker": "Mayor Lind"},
    ]
    report = consistency.report_claims(rows, models=models)
    assert [c.text for c in report.claim_list] == [row["text"] for row in rows]
    assert [f.relation for f in report.items] == ["contradiction"]


@pytest.mark.parametrize(
    "rows", [[{"text": ""}], [{"claim": "x"}], [{"id": 1, "text": "a b c"}, {"id": 1, "text": "d e f"}]]
)
def test_bad_claims_say_where(models, rows):
    with pytest.raises(InputError):
        consistency.report_claims(rows, models=models)


def test_compare_and_compare_many(models):
    one = consistency.compare("The plan was approved.", "The plan was not approved.", models=models)
    assert one.p_entailment + one.p_neutral + one.p_contradiction == pytest.approx(1, abs=0.002)
    frame = consistency.compare_many([{"premise": "x y z", "hypothesis": "x y", "tag": 7}], models=models)
    assert list(frame.columns) == [
        "premise", "hypothesis", "tag", "p_entailment", "p_neutral", "p_contradiction", "relation", "confidence"
    ]  # fmt: skip
    assert frame.loc[0, "p_entailment"] > 0.9


def test_an_article_alone_with_one_voice_gives_nothing(models):
    report = consistency.report([ARTICLES[0]], models=models)
    assert report.items == ()
    assert report.funnel["articles"] == 1


def test_the_funnel_adds_up(models):
    report = consistency.report(ARTICLES, models=models)
    assert report.funnel["claims"] == len(report.claim_list)
    assert report.funnel["candidate_pairs"] == len(report.pairs)


def test_unknown_and_wrong_options():
    with pytest.raises(ConsistencyError, match="scope"):
        Options(scope="everything")
    with pytest.raises(ConsistencyError, match="threshold"):
        Options(threshold=2)
    with pytest.raises(ConsistencyError, match="treshold"):
        consistency.report(ARTICLES, treshold=0.4)


def test_options_come_from_the_configuration_and_the_command_wins(tmp_path):
    (tmp_path / "consistency.toml").write_text('scope = "outlets"\nmin-similarity = 0.6\n')
    options = read_options(tmp_path, {"scope": "all", "threshold": None})
    assert (options.scope, options.min_similarity, options.threshold) == ("all", 0.6, 0.5)
    (tmp_path / "consistency.toml").write_text("scoop = 1\n")
    with pytest.raises(ConsistencyError, match="scoop"):
        read_options(tmp_path, {})


def test_importing_the_package_is_light():
    import subprocess
    import sys

    code = "import sys, consistency; print([m for m in ('torch', 'spacy', 'pandas') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_models_are_named_in_the_report(nlp):
    models = Models(Options(), nlp, WordEncoder(), WordScorer())
    named = consistency.report(ARTICLES, models=models).meta["models"]
    assert set(named) == {"parser", "encoder", "nli", "reader"}
