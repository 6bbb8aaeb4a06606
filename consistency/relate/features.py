"""Features: what a pair's evidence says for and against each relation, as numbers."""
from __future__ import annotations

import math
import re
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from consistency.claim import Claim
from consistency.finding import Probabilities
from consistency.pair import GIVEN, REMEMBERED, different_speakers, same_claim, vocabulary
from consistency.relate.align import alike
from consistency.relate.context import LONG_AGO
from consistency.relate.evidence import Evidence
from consistency.relate.frame import Frame
from consistency.relate.opposites import opposed_words
from consistency.values import split_of
from consistency.values.isodates import Stretch, read_stretch

# Logits of NLI probabilities are cut here: beyond it a model is sure, not right.
MAX_LOGIT = 4.0
# Words that set one event apart from another of its kind.
ANOTHER = re.compile(
    r"\b(another|earlier|prior|previous(ly)?|last (year|season|month)|"
    r"(years?|months?|decades?) (ago|before|earlier|later)|the (first|second|third|fourth|fifth|next|other))\b",
    re.IGNORECASE,
)
# Words that make a statement a wish, a plan or a supposition, wherever in it they stand.
SUPPOSED = re.compile(
    r"\b(if|unless|until|would|could|might|may|should|will|plans?|planned|hopes?|wants?|expects?|expected|"
    r"whether|had \w+ \w+ed|propos\w+|threaten\w*|demand\w*|urged|warn\w*)\b",
    re.IGNORECASE,
)
# Words that say which part of a place, a group or a thing is meant.
PARTS = re.compile(
    r"\b(east|west|north|south|upper|lower|outer|inner|central|downtown|suburb|half|part|area|"
    r"women|men|children|adult|junior|senior|domestic|foreign|abroad|rural|urban|public|private)(ern|s)?\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=REMEMBERED)
def logit(p: float) -> float:
    """Log-odds of a probability, cut at both ends."""
    p = min(max(p, 1e-6), 1 - 1e-6)
    return max(-MAX_LOGIT, min(MAX_LOGIT, math.log(p / (1 - p))))


def content_scores(evidence: Evidence) -> tuple[Probabilities, Probabilities]:
    """NLI of what both sides affirm, a to b and b to a.

    Scores are those of the propositions, with values that both can hold worded alike. When one side denies its
    proposition, what contradicts the proposition is
    in line with the denial, and what entails it is against it; that the proposition entails the other side says
    nothing about its denial.
    """
    a_denies, b_denies = (claim.stance == "denies" for claim in (evidence.pair.a, evidence.pair.b))
    ab, ba = evidence.reconciled or (evidence.a_to_b, evidence.b_to_a)
    if a_denies == b_denies:
        return ab, ba
    affirmed_to_denied = ab if b_denies else ba
    against = Probabilities(
        entailment=round((ab.contradiction + ba.contradiction) / 2, 3),
        neutral=affirmed_to_denied.neutral,
        contradiction=affirmed_to_denied.entailment,
    )
    return against, against


def around_scores(evidence: Evidence) -> tuple[Probabilities, Probabilities]:
    """As `content_scores`, with what each claim was cut from as premise where that was scored."""
    sides = []
    ab, ba = content_scores(evidence)
    if evidence.around_a is evidence.around_b is None:
        return ab, ba
    for around, plain, other in ((evidence.around_a, ab, evidence.pair.b), (evidence.around_b, ba, evidence.pair.a)):
        if around is not None and other.stance == "denies":
            around = Probabilities(around.contradiction, around.neutral, around.entailment)
        sides.append(plain if around is None else around)
    return sides[0], sides[1]


def polarity_differs(evidence: Evidence) -> bool:
    """Whether exactly one side's proposition is negated, or denied, but not both or none."""
    a, b = evidence.frames
    odd = (evidence.pair.a.stance == "denies") != (evidence.pair.b.stance == "denies")
    return (a.negated != b.negated) != odd


def moods_differ(evidence: Evidence) -> bool:
    """Whether one side states a fact and the other a condition, a plan or a possibility."""
    moods = [
        frame.mood if claim.stance not in ("conditional",) else "condition"
        for frame, claim in zip(evidence.frames, (evidence.pair.a, evidence.pair.b), strict=True)
    ]
    return moods[0] != moods[1]


def read_odds(evidence: Evidence, relation: Literal["entailment", "contradiction"]) -> float:
    """Log-odds that the sentence reader gives a relation, over the orders that were read; the lowest when none was."""
    found = [logit(getattr(row, relation)) for row in evidence.sentences]
    return round(sum(found) / len(found), 3) if found else -MAX_LOGIT


def features(evidence: Evidence) -> dict[str, float]:
    """All features of a pair; the models of both relations draw on them by name."""
    ab, ba = content_scores(evidence)
    around_ab, around_ba = around_scores(evidence)
    alignment, pair = evidence.alignment, evidence.pair
    low, high = sorted((alignment.covered_a, alignment.covered_b))
    figures, dates = evidence.figures, evidence.dates
    names = alignment.clashing_names
    substituted = (evidence.substituted or 0.0) * (1 - evidence.apart)
    differing = bool(figures.conflicts) + bool(dates.conflicts) + bool(names)
    texts = [frame.text for frame in evidence.frames]
    said_a, said_b = map(_said, texts)
    times = _times_of(evidence)
    others = bool(alignment.other_ones)
    requalified = (evidence.requalified or 0.0) * (1 - evidence.apart)
    # What the cores add to what the whole texts tell. Of a toll's core little is left but the toll.
    one_way, both_ways = (
        max(0.0, cored - (evidence.substituted or 0.0)) * (1 - evidence.apart) for cored in evidence.cored or (0.0, 0.0)
    )
    toll = any(split_of(x.of)[0] not in (None, "change") for x, _ in figures.conflicts)
    denial = (pair.a.stance == "denies") != (pair.b.stance == "denies")
    telling = opposed_words(*evidence.frames, alignment)
    of_subject = [_within_subjects(evidence.frames, o.a, o.b) for o in telling]
    # What sets two found claims against each other, if anything does. Without it the model's word is worth less than of
    # claims that somebody put side by side.
    opposed = polarity_differs(evidence)
    valued, negated = bool(figures.conflicts or dates.conflicts), denial or opposed
    contradiction = logit((ab.contradiction + ba.contradiction) / 2)
    cause = (
        "given" if pair.why == GIVEN else "value" if valued else "negation" if negated
        else "name" if names else "antonym" if telling else "none"
    )  # fmt: skip
    other_subjects = any(
        _within_subjects(evidence.frames, (x.start, x.end), (y.start, y.end)) for x, y in alignment.other_ones
    )
    given = float(pair.why == GIVEN)
    read_conflict, read_agreement = (read_odds(evidence, name) for name in ("contradiction", "entailment"))
    return {
        "given": given,
        "read_contradiction": read_conflict,
        "read_agreement": read_agreement,
        # What somebody put side by side is short and whole: what the reader makes of it says more.
        "given_read_contradiction": given * read_conflict,
        "given_read_agreement": given * read_agreement,
        "nli_contradiction": contradiction,
        "nli_contradiction_weaker": logit(min(ab.contradiction, ba.contradiction)),
        "nli_entailment": logit(max(ab.entailment, ba.entailment)),
        "nli_entailment_weaker": logit(min(ab.entailment, ba.entailment)),
        "around_contradiction": logit((around_ab.contradiction + around_ba.contradiction) / 2),
        "around_entailment": logit(max(around_ab.entailment, around_ba.entailment)),
        "covered_less": low,
        "covered_more": high,
        "similarity": pair.similarity,
        "same_subject": float(alignment.subjects == 1),
        "other_subject": float(alignment.subjects == -1),
        "same_predicate": float(alignment.predicates),
        "shared_names": float(min(2, len(alignment.shared_names))),
        "names_alone": float(bool(alignment.shared_names) and not _shared_content(evidence)),
        "other_event": evidence.apart * (0.3 if alignment.shared_names else 1.0),
        "another_event": float(said_a.another != said_b.another),
        "other_time": float(_of_another_time(pair.a) != _of_another_time(pair.b)),
        "several_differ": float(max(0, differing - 1)),
        "name_differs": float(min(2, len(names))),
        "name_alone_differs": substituted if differing == bool(names) and not figures.others else 0.0,
        "figure_differs": float(bool(figures.conflicts)),
        "figure_alone_differs": substituted if figures.conflicts else 0.0,
        "core_figure_differs": both_ways if figures.conflicts and not toll else 0.0,
        "core_toll_differs": one_way * toll,
        "core_date_differs": both_ways if times in ("thing", "main") and not figures.conflicts else 0.0,
        "other_figure_differs": substituted if figures.others and not dates.conflicts else 0.0,
        "toll_differs": float(toll),
        "toll_alone_differs": substituted * toll,
        "date_differs": float(bool(dates.conflicts)),
        "date_of_another": float(times == "else"),
        "date_of_other_verb": substituted if times == "main" and not figures.conflicts else 0.0,
        "date_alone_differs": substituted if times == "thing" and not figures.conflicts else 0.0,
        "equal_figures": float(bool(figures.equal)),
        "compatible_figures": float(bool(figures.compatible)),
        "equal_dates": float(bool(dates.equal)),
        "polarity_differs": float(opposed),
        "antonym": float(not all(of_subject)),
        "subject_opposite": float(any(of_subject)),
        "other_ones": float(min(2, len(alignment.other_ones))),
        "other_ones_alone": requalified if others else 0.0,
        "contradiction_beyond": max(0.0, contradiction)
        * (1 - max(substituted, requalified, both_ways))
        * (differing or other_subjects)
        # Articles of one event may name "Doha" and "Qatar"; statements that stand alone have nothing else to go by.
        * (1.0 if pair.why == GIVEN else evidence.apart),
        "figures_far_apart": _far_apart(figures.conflicts),
        "other_unit": float(_other_units(pair.a, pair.b)),
        # That one side denies is nothing by itself: the other must hold what it denies.
        "denial": max(ab.contradiction, ba.contradiction) if denial else 0.0,
        "denial_shared": high * max(ab.entailment, ba.entailment) if denial else 0.0,
        "mood_differs": float(moods_differ(evidence)),
        "supposed": float(said_a.supposed != said_b.supposed),
        # They name different parts, or only one of them names a part.
        "part_differs": float(said_a.parts != said_b.parts),
        "found_negated": float(cause == "negation"),
        "found_negated_predicate": float(cause == "negation" and alignment.predicates),
        "found_negated_covered": high if cause == "negation" else 0.0,
        "found_other_name": float(cause == "name"),
        "found_antonym": float(cause == "antonym"),
        "found_unexplained": float(cause == "none"),
        # One sentence told twice in which a word differs: what the model makes of it is the word's doing.
        "found_one_sentence": 0.0
        if cause == "given" or contradiction <= 0
        else contradiction * max(0.0, 2 * _common(texts) - 1),
        "condition": float(any(c.stance == "conditional" for c in (pair.a, pair.b)))
        or float(any(f.mood == "condition" for f in evidence.frames)),
        "opinion": float(any(c.stance == "opinion" for c in (pair.a, pair.b))),
        "unresolved": float(any(c.unresolved for c in (pair.a, pair.b))),
        "short": float(min(len(frame.lemmas) for frame in evidence.frames) < 3),
        "one_speaker": float(bool(pair.a.speaker and pair.b.speaker) and not different_speakers(pair.a, pair.b)),
        "same_article": float(pair.a.article_id == pair.b.article_id),
        "same_words": float(same_claim(pair.a, pair.b)),
        "identity": float(any(map(_tells_who, evidence.frames))),
    }


def _common(texts: list[str]) -> float:
    """Share of the words of either text that stand in both."""
    one, other = map(vocabulary, texts)
    return len(one & other) / max(1, len(one | other))


def _within_subjects(frames: tuple[Frame, Frame], *places: tuple[int, int]) -> bool:
    """Whether words stand in what both sides speak of: "exports rose" and "imports fell"."""
    return all(
        frame.subject is not None and frame.subject[0] <= start and end <= frame.subject[1]
        for frame, (start, end) in zip(frames, places, strict=True)
    )


def _of_another_time(claim: Claim) -> bool:
    """Whether a claim names a day or year far from its article's, or any year where that has no date."""
    told = date.fromisoformat(claim.date[:10]) if claim.date and claim.dates else None
    for mention in claim.dates:
        stretch = read_stretch(mention.value)
        if stretch is not None and (told is None or _days_apart(stretch, told) > LONG_AGO):
            return True
    return False


def _days_apart(stretch: Stretch, day: date) -> int:
    return max((stretch.start.date() - day).days, (day - stretch.end.date()).days, 0)


def _other_units(a: Claim, b: Claim) -> bool:
    """Whether both sides hold figures, and no unit of one is a unit of the other."""
    if not (a.quantities and b.quantities):
        return False
    return {q.unit for q in a.quantities}.isdisjoint(q.unit for q in b.quantities)


def _far_apart(conflicts: tuple) -> float:
    """Powers of ten between figures that cannot both hold, at most three: far apart, they hardly count one thing."""
    apart = 0.0
    for x, y in conflicts:
        one, other = (abs(q.low if q.low is not None else q.high or 0.0) for q in (x, y))
        if one > 0 and other > 0:
            apart = max(apart, abs(math.log10(one / other)))
    return round(min(3.0, apart), 3)


def _times_of(evidence: Evidence) -> str:
    """What dates that cannot both hold are dates of: of one `thing`, when both hang on one verb or noun; each of its
    side's `main` predicate; or of something `else`. Empty without such dates."""
    if not evidence.dates.conflicts:
        return ""
    a, b = evidence.frames
    main = tuple(frame.predicate.lemma if frame.predicate else "" for frame in (a, b))
    found = set()
    for x, y in evidence.dates.conflicts:
        of_a, of_b = _time_of(a, x.span.text), _time_of(b, y.span.text)
        if of_a is not None and of_b is not None and alike(of_a, of_b):
            found.add("thing")
        else:
            found.add("main" if (of_a, of_b) == main else "else")
    return next((kind for kind in ("thing", "main", "else") if kind in found), "")


def _time_of(frame: Frame, words: str) -> str | None:
    at = frame.text.find(words)
    return next((t.of for t in frame.times if at >= 0 and t.start < at + len(words) and at < t.end), None)


class _Said(NamedTuple):
    """What the words of one text say: of another event of its kind, of what is supposed, of which parts."""

    another: bool
    supposed: bool
    parts: frozenset[str]


@lru_cache(maxsize=REMEMBERED)
def _said(text: str) -> _Said:
    parts = frozenset(match.group(1).lower() for match in PARTS.finditer(text))
    return _Said(bool(ANOTHER.search(text)), bool(SUPPOSED.search(text)), parts)


def _shared_content(evidence: Evidence) -> frozenset[str]:
    """Content words of the first claim, other than names, that stand in the second too."""
    frame, alignment = evidence.frames[0], evidence.alignment
    # The tagger takes many a capital at the head of a sentence for a name: "Turnout was 90 percent".
    names = [name for name in frame.names if name.label or name.start]
    named = {word.lemma for name in names for word in frame.words if name.start <= word.start < name.end}
    return frame.lemmas - alignment.only_a - named


def _tells_who(frame: Frame) -> bool:
    """Whether it only says who or what a name is ("Ada Lind is the mayor"): true, and rarely worth a reader's time."""
    return (
        frame.predicate is not None
        and frame.predicate.pos in ("NOUN", "PROPN")
        and len(frame.lemmas) <= 6
        and any(name.role == "subject" for name in frame.names)
    )
