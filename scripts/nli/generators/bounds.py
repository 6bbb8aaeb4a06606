"""Bounds against exact figures: at least, more than, up to, about, and counts that grow."""

from __future__ import annotations

import random

from spacy.tokens import Doc

from nli.generators.edit import (
    CONTRADICTION,
    ENTAILMENT,
    NEUTRAL,
    Edit,
    Replacement,
    contradiction,
    is_hedged,
    is_negative,
    replace,
)
from nli.generators.figures import NUMBER_WORDS, Figure, figures, is_exact, other_value, write

_LOWER = {"at least": 0, "more than": 1, "no fewer than": 0}
_UPPER = {"at most": 0, "no more than": 0, "fewer than": 1, "up to": 0}
_GROWING = {
    "kill",
    "die",
    "injure",
    "wound",
    "arrest",
    "infect",
    "evacuate",
    "rescue",
    "detain",
    "hospitalize",
    "displace",
    "hurt",
    "find",
}
_PARTS = (
    "were women", "came from abroad", "were there on the first day", "had done so before", 
    "lived in the north of the country",
    "were under 30", "left early", "spoke to reporters", "were known to the authorities", "came from the capital",
)  # fmt: skip
_PEOPLE = {
    "people", "passengers", "soldiers", "men", "women", "girls", "boys", "students", "residents", "workers",
    "civilians", "protesters", "officers", "patients", "members", "migrants", "refugees", "hostages", "victims",
    "fighters", "militants", "voters", "employees", "delegates", "children", "teenagers", "journalists",
    "lawmakers", "senators", "suspects", "demonstrators",
}  # fmt: skip
_DAYS = (("Monday", "Tuesday"), ("Tuesday", "Thursday"), ("Wednesday", "Friday"), ("Sunday", "Wednesday"))


def bound_label(bound: str, limit: float, exact: float) -> tuple[str, str]:
    """Label an exact count against a bound, as logic has it.

    Args:
        bound: One of the bounds' words.
        limit: The bound's figure.
        exact: The exact figure.

    Returns:
        (label of premise exact and hypothesis bound, label of premise bound and hypothesis exact).
    """
    holds = exact >= limit + _LOWER[bound] if bound in _LOWER else exact <= limit - _UPPER[bound]
    return (ENTAILMENT, NEUTRAL) if holds else (CONTRADICTION, CONTRADICTION)


def _round(value: float, figure: Figure) -> str | None:
    """Write a limit, keeping to the words or digits of the figure; None where it cannot be written."""
    if value < 2 or (figure.worded and value not in NUMBER_WORDS.values()):
        return None
    return write(value, figure)


def bound_edits(doc: Doc, rng: random.Random) -> list[Edit]:
    """Put a bound before an exact count or sum: compatible ones and ones that exclude it."""
    edits: list[Edit] = []
    if is_negative(doc) or is_hedged(doc):
        return edits
    for figure in figures(doc):
        before = doc[figure.token.i - 1] if figure.token.i else None
        money = before is not None and before.text == "$"
        if not is_exact(figure) or figure.value < 3 or figure.value != int(figure.value):
            continue
        lead = before if money else figure.token
        if lead.i and doc[lead.i - 1].lower_ in {"the", "a", "his", "her", "its", "their", "-", "all", "both"}:
            continue
        if any(t.lower_ in {"a", "an", "'s", "’s"} for t in doc[max(0, lead.i - 5) : lead.i]):
            continue
        nearby = doc[max(0, lead.i - 2) : lead.i]
        # "a mere 4 percent", "as much as 20" and "a field of 16" take no further bound.
        if any(
            t.pos_ == "ADJ" or t.lower_ in {"as", "much", "mere", "upward", "at", "just", "of", "the", "a"}
            for t in nearby
        ):
            continue
        bound = rng.choice(sorted({**_LOWER, **_UPPER}))
        step = max(1, round(figure.value * rng.choice([0.1, 0.3, 0.6])))
        limit = figure.value + rng.choice([-1, 0, 1, 1, -1]) * step
        text = _round(float(limit), figure)
        if text is None:
            continue
        forward, back = bound_label(bound, limit, figure.value)
        # "up to n" promises nothing below n, but is used of possibilities; an exact count entails it only loosely.
        if bound == "up to" and forward == ENTAILMENT:
            forward = None
        capital = bound[0].upper() + bound[1:] if lead.i == 0 else bound
        start, end = lead.idx, figure.token.idx + len(figure.token.text)
        new = f"{capital} {'$' if money else ''}{text.lower() if figure.worded else text}"
        note = f"{figure.token.text} -> {new}"
        edits.append(Edit("bound", (Replacement(start, end, new),), forward, back, note))
    return edits


def native_bound_edits(doc: Doc, rng: random.Random) -> list[Edit]:
    """Take the bound of a sentence that has one away, or make it exclude itself.

    "at least 5" against "8" is neutral, against "3" a contradiction, and "about" against the exact figure neutral.
    """
    edits: list[Edit] = []
    if is_negative(doc) or is_hedged(doc):
        return edits
    for figure in figures(doc):
        place = figure.token.i - (1 if figure.token.i and doc[figure.token.i - 1].text == "$" else 0)
        if place < 1:
            continue
        two = doc[max(0, place - 2) : place].text.lower()
        bound = two if two in {"at least", "more than", "up to", "fewer than", "at most"} else None
        loose = doc[place - 1].lower_ in {"about", "nearly", "almost", "approximately", "roughly"}
        if bound is None and not loose:
            continue
        start = doc[place - 1].idx if loose else doc[place - 2].idx
        number = other_value(figure, rng)
        if loose:
            far = write(number, figure)
            edits.append(contradiction("bound_native", [replace(figure.token, far)], f"{figure.token.text} -> {far}"))
            gone = Replacement(start, doc[place].idx, "")
            edits.append(Edit("bound_native", (gone,), NEUTRAL, None, f"- {doc[place - 1].text}"))
            continue
        text = _round(number, figure)
        if text is None:
            continue
        money = "$" if doc[place].text == "$" else ""
        label, _ = bound_label(bound or "", figure.value, number)
        forward = NEUTRAL if label == ENTAILMENT else CONTRADICTION
        change = Replacement(start, figure.token.idx + len(figure.token.text), money + text)
        edits.append(
            Edit(
                "bound_native",
                (change,),
                forward,
                None if bound == "up to" and label == ENTAILMENT else label,
                f"{two} {figure.token.text} -> {text}",
            )
        )
    return edits


def part_of_total(doc: Doc, rng: random.Random) -> list[tuple[str, str]]:
    """Write sentences about a part of a counted group of people, which the total leaves open.

    Args:
        doc: The sentence that has the total.
        rng: Where chance comes from.

    Returns:
        (sentence about the part, what was chosen); the sentence and the part are neutral to each other.
    """
    found: list[tuple[str, str]] = []
    if is_hedged(doc):
        return found
    for figure in figures(doc):
        noun = figure.token.head
        if figure.unit != "count" or noun.lower_ not in _PEOPLE or not is_exact(figure) or figure.value < 4:
            continue
        part = max(2, int(figure.value * rng.choice([0.2, 0.3, 0.4, 0.6])))
        text, total = write(float(part), figure).lower(), figure.token.lower_
        said = rng.choice(_PARTS)
        if (
            said.split()[-1] in doc.text
            or noun.lower_ in said
            or (noun.lower_ in {"men", "women", "girls", "boys"} and "women" in said)
        ):
            continue
        template = rng.choice(
            ("{part} of the {total} {noun} {said}.", "Of the {total} {noun}, {part} {said}.", "{part} {noun} {said}.")
        )
        sentence = template.format(part=text, total=total, noun=noun.lower_, said=said)
        found.append((sentence[0].upper() + sentence[1:], f"{total}: {text} {said}"))
    return found


def update_edits(doc: Doc, rng: random.Random) -> list[tuple[Edit, Edit]]:
    """Tell a growing count as of two days.

    Returns:
        Pairs (earlier, later) of edits of one sentence: the two texts are neutral to each other. A third text,
        the later figure under the earlier day, would contradict the first.
    """
    found: list[tuple[Edit, Edit]] = []
    root = next(token for token in doc if token.dep_ == "ROOT")
    dated = any(ent.label_ in {"DATE", "TIME"} for ent in doc.ents)
    if is_negative(doc) or is_hedged(doc) or dated or doc[0].dep_ in {"cc", "mark", "prep"}:
        return found
    for figure in figures(doc):
        noun = figure.token.head
        if any(
            t.lower_ in {"another", "additional", "other", "the"}
            for t in doc[max(0, figure.token.i - 2) : figure.token.i]
        ):
            continue
        if (
            figure.unit != "count"
            or noun.head.lemma_ not in _GROWING
            or figure.value < 3
            or root.tag_ not in {"VBD", "VBN"}
        ):
            continue
        more = figure.value + max(2, round(figure.value * rng.choice([0.2, 0.5, 1.0])))
        text = _round(float(more), figure)
        if text is None:
            continue
        early, late = rng.choice(_DAYS)
        first = doc[0]
        proper = first.ent_type_ in {"PERSON", "GPE", "ORG", "NORP"} or first.tag_ in {"NNP", "NNPS"}
        opening = first.text if proper else first.text[0].lower() + first.text[1:]
        if figure.token.i == 0:
            opening_late, rest = text.lower(), ()
        else:
            opening_late, rest = opening, (replace(figure.token, text),)
        span = (first.idx, first.idx + len(first.text))
        earlier = Edit(
            "update",
            (Replacement(*span, f"As of {early}, {opening}"),),
            None,
            None,
            f"{figure.token.text} as of {early}",
        )
        later = Edit(
            "update", (Replacement(*span, f"By {late}, {opening_late}"), *rest), None, None, f"{text} by {late}"
        )
        found.append((earlier, later))
    return found
