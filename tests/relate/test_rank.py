"""What is read first: conflicts, sure ones, prominent ones, those of independent sources."""
from __future__ import annotations

from dataclasses import replace

from consistency.finding import Finding, Probabilities, Reason, Scores
from consistency.relate.rank import ranked
from tests.making import article, claim, pair

NEUTRAL = Probabilities(0.0, 1.0, 0.0)
ARTICLES = {key: article(key, "The lead stands here. " + "More words follow. " * 20) for key in "abc"}


def finding(key, relation="contradiction", sure=0.8, sides="ab", kind="model", start=0):
    a, b = (claim("The lead stands here.", side) for side in sides)
    a = replace(a, sentence=replace(a.sentence, start=start, end=start + 21))
    made = pair(a, b)
    return Finding(
        id=key, pair_ids=(key,), relation=relation, detail="", between="outlets", confidence=sure, later=None,
        storyline=None, scores=Scores(NEUTRAL, NEUTRAL, (a.text, b.text)), reasons=(Reason(kind, "why"),),
        places=((made.a.id, made.b.id),), a=a, b=b,
    )  # fmt: skip


def order(*findings, copies=None):
    return [f.id for f in ranked(findings, ARTICLES, copies or {"a": 0, "b": 1, "c": 2})]


def test_relations_come_in_the_order_of_their_weight():
    kinds = ("uncertain", "agreement", "update", "contradiction")
    assert order(*(finding(k, k) for k in kinds)) == list(reversed(kinds))


def test_confidence_decides_first():
    assert order(finding("x", sure=0.6, kind="figure"), finding("y", sure=0.9)) == ["y", "x"]


def test_between_equals_the_lead_the_independent_and_the_checkable_come_first():
    assert order(finding("late", start=300), finding("lead")) == ["lead", "late"]
    assert order(finding("copy", sides="ac"), finding("free"), copies={"a": 0, "b": 1, "c": 0}) == ["free", "copy"]
    assert order(finding("model"), finding("figure", kind="figure")) == ["figure", "model"]
    many = replace(finding("many"), places=(("a:1", "b:1"), ("a:1", "c:1")))
    assert order(finding("once"), many) == ["many", "once"]
