"""The wording that page, terminal, Markdown and notebook share, so that one thing has one name in all of them."""
from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from consistency.claim import Claim
from consistency.finding import Finding, Reason

TAGLINE = "Triage for fact-checkers, never a verdict of truth"
REVIEWS = ("confirmed", "false_alarm", "not_important", "unsure")
SHOWN = ("contradiction", "agreement", "update", "uncertain")
PLURAL = {
    "contradiction": "contradictions",
    "agreement": "agreements",
    "update": "updates",
    "uncertain": "uncertain",
}
SIGN = {"contradiction": "≠", "agreement": "=", "update": "→", "uncertain": "?"}
LETTER = {"contradiction": "C", "agreement": "A", "update": "U", "uncertain": "Q"}
BETWEEN = {
    "outlets": "between two outlets",
    "speakers": "between two speakers",
    "same_speaker": "one speaker, twice",
    "same_article": "within one article",
}
DETAIL = {"equivalent": "both say the same", "more_specific": "one side says more"}
REVIEW_WORDS = {
    "confirmed": "confirmed",
    "false_alarm": "false alarm",
    "not_important": "not important",
    "unsure": "unsure",
}
# How a speaker stands to what is quoted. Not "denied": the quote is what the speaker affirms.
STANCE = {
    "asserts": "",
    "denies": "in a denial",
    "reports": "passing on a report",
    "conditional": "on a condition",
    "future": "about what is to come",
    "opinion": "as an opinion",
}
KIND = {
    "figure": "figures",
    "date": "dates",
    "place": "places",
    "entity": "names",
    "role": "who did what",
    "negation": "negation",
    "denial": "denial",
    "antonym": "opposite words",
    "quantifier": "how many of them",
    "modality": "fact or possibility",
    "scope": "whole or part",
    "cause": "causes",
    "order": "order of events",
    "undated": "date missing",
    "model": "language model alone",
}
FUNNEL = {
    "articles": "articles read",
    "skipped_articles": "inputs skipped",
    "sentences": "sentences",
    "claims": "claims",
    "skipped_sentences": "sentences that claim nothing",
    "candidate_pairs": "candidate pairs",
    "screened_out": "screened out",
    "scored": "pairs scored",
    "scored_one_way": "by their sentences alone",
    "nli_inputs": "texts read by the model",
    "findings": "findings",
    "contradiction": "contradictions",
    "agreement": "agreements",
    "update": "updates",
    "uncertain": "uncertain",
}
# Stages that lie on the way from text to finding; the other counts are what fell away or what findings divide into.
STAGES = ("articles", "sentences", "claims", "candidate_pairs", "scored", "findings")
_LIKELY = (
    (0.97, "almost certain"),
    (0.9, "very likely"),
    (0.75, "likely"),
    (0.6, "more likely than not"),
    (0.4, "about even"),
)
# How the judging stage words what stands on side a and side b.
_AGAINST = re.compile(r'a: "(.*)"; b: "(.*)"((?:;.*)?)', re.DOTALL)
_FOLLOWS = re.compile(r"([ab]) follows from ([ab])( .*)?")
_ID = re.compile(r"[^0-9A-Za-z_.-]+")
_ORDINAL = {"a": "first", "b": "second"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def likelihood(confidence: float) -> str:
    """A confidence as words that a reader knows: 0.83 is `likely`."""
    return next((word for least, word in _LIKELY if round(confidence, 3) >= least), "doubtful")


def confidence(value: float) -> str:
    """Words and number: `likely, 0.83`."""
    # Rounded down, so that no 0.70 stands below a threshold of 0.70; nothing is shown as certain.
    return f"{likelihood(value)}, {min(0.99, math.floor(round(value, 3) * 100 + 1e-9) / 100):.2f}"


def day(value: str | None) -> str:
    """An ISO date or date-time for reading: `28 Jan 2019`, `14 Mar 2023, 10:30`; none is `undated`."""
    if not value:
        return "undated"
    try:
        if len(value) == 10:
            parsed = date.fromisoformat(value)
            return f"{parsed.day} {_MONTHS[parsed.month - 1]} {parsed.year}"
        moment = datetime.fromisoformat(value)
    except ValueError:
        return value
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M}"


def days(values: Iterable[str | None]) -> str:
    """The range of some dates: `28 Jan 2019 to 14 Mar 2023`, one date when they are the same, "" without any."""
    known = sorted({value[:10] for value in values if value})
    if not known:
        return ""
    return day(known[0]) if len(known) == 1 else f"{day(known[0])} to {day(known[-1])}"


def outlet(source: str | None) -> str:
    """The outlet's name, visibly unknown when it is."""
    return source or "unknown outlet"


def outlets_of(sources: Iterable[str | None]) -> str:
    """How many outlets articles come from: an unknown one is like no other, so that these are not counted."""
    given = list(sources)
    known = len({source.casefold() for source in given if source})
    named = f"{known} {'outlet' if known == 1 else 'outlets'}"
    if all(given):
        return named
    return f"{named} and unknown ones" if known else "unknown outlets"


def voice(claim: Claim) -> str:
    """Who says a claim and how, in one phrase: `Zabihullah Mujahid said, in a denial`, `in the outlet's own voice`."""
    how = f", {STANCE[claim.stance]}" if STANCE[claim.stance] else ""
    said = claim.attribution
    if said is None or claim.speaker is None:
        return ("an unnamed speaker said" if said is not None and said.cue else "in the outlet's own voice") + how
    # The chain goes outwards from who says it first: those after the speaker only pass it on.
    passed = [name for name in said.chain if name != claim.speaker]
    return f"{claim.speaker} said{how}" + (f" (by way of {', '.join(passed)})" if passed else "")


def named(relation: str, count: int) -> str:
    """The relation's name for a number of findings: `contradiction` for one, else `contradictions`."""
    return relation if count == 1 else PLURAL[relation]


def counted(funnel: Mapping[str, int], relation: str) -> str:
    """A number of findings in words: `1 update`."""
    return f"{funnel[relation]:,} {named(relation, funnel[relation])}"


def reason_kinds(finding: Finding) -> list[str]:
    """The finding's kinds of reason, strongest first, each once."""
    return list(dict.fromkeys(reason.kind for reason in finding.reasons))


def deciding_kinds(finding: Finding) -> list[str]:
    """The kinds of reason that tell findings apart: the model, which reads every pair, only where it stands alone."""
    kinds = reason_kinds(finding)
    return [kind for kind in kinds if kind != "model"] or kinds


def note(reason: Reason) -> str:
    """A reason's sentence for a reader, who sees two sides and no letters: `“7-2” against “six to three”`."""
    text = reason.note.strip()
    if found := _AGAINST.fullmatch(text):
        left, right, rest = found.groups()
        return f"“{left}” against “{right}”{rest}"
    if found := _FOLLOWS.fullmatch(text):
        left, right, rest = found.groups("")
        return f"the {_ORDINAL[left]} follows from the {_ORDINAL[right]}{rest}"
    return text


def headline(finding: Finding) -> str:
    """What a finding is about, in one line: for an agreement what both say, otherwise the strongest reason."""
    if finding.relation == "agreement":
        # What follows from the other side is what both say.
        there, back = finding.scores.a_to_b, finding.scores.b_to_a
        follows = (there.entailment if there else 0.0) >= (back.entailment if back else 0.0)
        return (finding.b if follows else finding.a).text
    for reason in finding.reasons:
        if reason.kind != "model" and reason.note.strip():
            told = note(reason).partition("; nothing else")[0]
            return told[:1].upper() + told[1:]
    for reason in finding.reasons:
        sides = [" … ".join(span.text for span in spans) for spans in (reason.a_spans, reason.b_spans)]
        if all(0 < len(side) <= 60 for side in sides):
            return f"“{sides[0]}” against “{sides[1]}”"
    one, two = (claim.speaker or outlet(claim.source) for claim in (finding.a, finding.b))
    who = f"{one} and {two}" if one != two else "the two sides"
    told = {
        "contradiction": f"{who} cannot both be right",
        "update": "the later side changes the earlier one",
    }.get(finding.relation, f"{who}: the model cannot tell")
    return told[:1].upper() + told[1:]


def notes(finding: Finding) -> list[str]:
    """The reasons' sentences for a reader that the headline does not say already, strongest first, each once.

    The model reads every pair: what it has to say are its scores, which are told apart from reasons.
    """
    top = headline(finding).casefold()
    texts = dict.fromkeys(note(reason) for reason in finding.reasons if reason.kind != "model" and reason.note.strip())
    left = (text[len(top) :].lstrip("; ") if text.casefold().startswith(top) else text for text in texts)
    return [text[:1].upper() + text[1:] for text in left if text]


def leaning(finding: Finding) -> str:
    """For an uncertain finding that was judged below the threshold: what it leans to, else ""."""
    return finding.detail if finding.relation == "uncertain" and finding.detail in SHOWN else ""


def counts(funnel: Mapping[str, int]) -> str:
    """The funnel in one line."""
    return " → ".join(f"{funnel[key]:,} {FUNNEL[key]}" for key in STAGES if key in funnel)


def anchor(key: str) -> str:
    """An id fit for an address: `f-` findings, `s-` storylines add their letter before it."""
    return _ID.sub("-", key)


def clip(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a space where there is one, with an ellipsis that says so."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip() + "…"
