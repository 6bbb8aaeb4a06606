"""Replace a person, a place or a nationality by another of its kind."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Span, Token

from nli.generators.edit import (
    CONTRADICTION,
    NEUTRAL,
    NOT_ENTAILMENT,
    Edit,
    Replacement,
    contradiction,
    has_quotes,
    in_quotes,
    is_hedged,
    is_negative,
)

_LISTS = {
    name: frozenset(word.strip() for word in text.split(","))
    for name, text in tomllib.loads((Path(__file__).parent / "entities.toml").read_text(encoding="utf-8")).items()
}
_CLASSES = {name: _LISTS[name] for name in ("country", "state", "city", "nation", "company")}
CITIES, INVENTED = _CLASSES["city"], _LISTS["invented"]
_MEN, _WOMEN = _LISTS["men"], _LISTS["women"]
LIST_VERBS, REPEATABLE, ONCE, _SHARED = (_LISTS[n] for n in ("list_verbs", "repeatable", "once", "shared"))
_DAY, _EVENTS = _LISTS["days"], _LISTS["events"]


@dataclass(frozen=True)
class Pool:
    """Full names of persons by gender, gathered from the training articles."""

    men: tuple[str, ...]
    women: tuple[str, ...]
    surnames: tuple[str, ...]


def gather_pool(docs: Iterable[Doc], least: int = 2) -> Pool:
    """Gather two-word person names whose first name tells the gender."""
    counts: Counter[str] = Counter()
    lasts: Counter[str] = Counter()
    for doc in docs:
        full = [ent for ent in doc.ents if ent.label_ == "PERSON" and _plain_name(ent)]
        counts.update(ent.text for ent in full)
        lasts.update(ent[-1].text for ent in full if ent[0].text in _MEN | _WOMEN)
    names = sorted(name for name, count in counts.items() if count >= least)
    return Pool(
        tuple(name for name in names if name.split()[0] in _MEN),
        tuple(name for name in names if name.split()[0] in _WOMEN),
        tuple(sorted(name for name, count in lasts.items() if count >= 4 * least and name not in _MEN | _WOMEN)),
    )


def _plain_name(ent: Span) -> bool:
    """Accept two capitalised alphabetic words."""
    return len(ent) == 2 and all(t.is_alpha and t.text.istitle() and t.tag_ == "NNP" and len(t) > 1 for t in ent)


def _gendered(doc: Doc, ent: Span) -> bool:
    """Tell whether a pronoun or a title would betray that a bare surname was replaced."""
    title = doc[ent.start - 1].lower_ if ent.start else ""
    return title in {"mr.", "mrs.", "ms.", "mr", "mrs", "lady", "sir", "king"} or any(
        t.lower_ in {"he", "she", "his", "her", "him"} for t in doc
    )


def place_class(text: str) -> str | None:
    """Name the gazetteer that holds a place or nationality."""
    return next((name for name, members in _CLASSES.items() if text in members), None)


def _free(doc: Doc, ent: Span) -> bool:
    """Refuse names that are quoted, possessive, part of a longer name, joined by `and` or there twice."""
    after = doc[ent.end] if ent.end < len(doc) else None
    before = doc[ent.start - 1] if ent.start else None
    if any(in_quotes(token) for token in ent) or doc.text.count(ent[-1].text) > 1:
        return False
    if after is not None and (after.text in {"-", "/"} or (after.tag_ in {"NNP", "NNPS"} and after.i < len(doc))):
        return False
    if before is not None and (before.tag_ in {"NNP", "NNPS"} or before.text in {"-", "/", "and", "&"}):
        return False
    return ent.root.dep_ != "conj" and not any(child.dep_ in {"conj", "cc"} for child in ent.root.children)


def substitutes(doc: Doc, pool: Pool, rng: random.Random) -> list[tuple[Span, Replacement, str]]:
    """List every entity that can be replaced, with its replacement and its class."""
    found = []
    for ent in doc.ents:
        if not _free(doc, ent):
            continue
        text = ent.text.removeprefix("the ")
        kind = None
        if ent.label_ == "PERSON" and _plain_name(ent):
            first = ent[0].text
            names = pool.men if first in _MEN else pool.women if first in _WOMEN else ()
            kind, choices = "person", [n for n in names if n.split()[1] not in doc.text and n.split()[0] != first]
        elif ent.label_ == "PERSON" and len(ent) == 1 and ent.text in pool.surnames and not _gendered(doc, ent):
            kind, choices = "person", [n for n in pool.surnames if n not in doc.text]
        elif (ent.label_ in {"GPE", "NORP"} and text == ent.text) or (
            ent.label_ == "ORG" and text in _LISTS["company"] and len(ent) == 1
        ):
            kind = place_class(text)
            # "Paris, Texas" would need both parts changed.
            after = doc[ent.end] if ent.end < len(doc) else None
            if (
                after is not None
                and after.text == ","
                and ent.end + 1 < len(doc)
                and doc[ent.end + 1].ent_type_ == "GPE"
            ):
                continue
            if ent.start > 1 and doc[ent.start - 1].text == "," and doc[ent.start - 2].ent_type_ == "GPE":
                continue
            choices = [name for name in sorted(_CLASSES.get(kind or "", ())) if name not in doc.text]
        if kind is None or not choices:
            continue
        new = rng.choice(choices)
        found.append((ent, Replacement(ent.start_char, ent.end_char, new), kind))
    return found


def name_of(kind: str) -> str:
    """Name the kind of edit that a class of entity belongs to."""
    return "place" if kind in {"country", "state", "city"} else "entity"


def _verb_of(token: Token) -> Token:
    """Climb to the verb that a name depends on."""
    while token.dep_ != "ROOT" and token.pos_ not in {"VERB", "AUX"}:
        token = token.head
    return token


def _single_event(verb: Token) -> bool:
    """Accept a finished event or a state told as fact: simple past, present perfect or passive."""
    tenses = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    return verb.tag_ in {"VBD", "VBN"} and not tenses & {
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "to",
        "should",
    }


def _place_label(doc: Doc, holder: Token, verb: Token) -> str | None:
    """Label the change of the place of a verb, or of a noun such as `the shooting in X`; None where it is unsafe."""
    if holder.i != verb.i:
        if holder.lemma_.lower() in _EVENTS and verb.lemma_ not in LIST_VERBS | REPEATABLE:
            return CONTRADICTION
        return NOT_ENTAILMENT if holder.pos_ == "NOUN" else None
    if verb.lemma_ in {"say", "live", "work"}:
        return None
    if verb.lemma_ in LIST_VERBS | REPEATABLE:
        return NEUTRAL
    # What is told with its day is one event, and one event has one place.
    dated = any(ent.label_ in {"DATE", "TIME"} and _DAY & {t.lower_ for t in ent} for ent in doc.ents)
    return CONTRADICTION if dated or verb.lemma_ in ONCE else NOT_ENTAILMENT


def entity_edits(doc: Doc, pool: Pool, rng: random.Random) -> list[Edit]:
    """Replace one entity by another of its class, where the rest of the sentence pins the event down.

    Subjects and places of a finished event contradict; objects of verbs that may have several (`visited`,
    `criticized`) are neutral; other objects are left as not entailed.
    """
    edits: list[Edit] = []
    if is_negative(doc) or is_hedged(doc) or len(doc) < 12:
        return edits
    for ent, change, kind in substitutes(doc, pool, rng):
        root, verb = ent.root, _verb_of(ent.root)
        note = f"{ent.text} -> {change.text}"
        if "only" in doc.text.split() and name_of(kind) == "place":
            continue
        if not _single_event(verb) or verb.dep_ not in {"ROOT", "ccomp", "conj"}:
            continue
        name = name_of(kind)
        if root.dep_ in {"dobj", "pobj"} and root.head in {verb, *verb.children} and verb.lemma_ in LIST_VERBS:
            edits.append(Edit("list_value", (change,), NEUTRAL, NEUTRAL, note))
        elif (
            kind in {"city", "state", "country"}
            and root.dep_ == "pobj"
            and root.head.lower_ in {"in", "at", "near", "outside"}
        ):
            label = _place_label(doc, root.head.head, verb)
            if label is not None:
                edits.append(Edit("list_value" if label == NEUTRAL else name, (change,), label, label, note))
        elif (
            kind == "company"
            and root.dep_ in {"nsubj", "nsubjpass", "agent"}
            and verb.lemma_ not in LIST_VERBS | {"say", "want", "think"}
        ):
            edits.append(contradiction(name, [change], note))
        elif kind == "person" and root.dep_ == "nsubjpass" and root.head.i == verb.i:
            label = NOT_ENTAILMENT if verb.lemma_ in LIST_VERBS | _SHARED else CONTRADICTION
            edits.append(Edit(name, (change,), label, label, note))
        elif kind == "person" and root.dep_ in {"nsubj", "agent"} and root.head.i == verb.i:
            # Two people may have said or felt the same thing; with its details told, an act has one doer.
            if has_quotes(doc) or verb.lemma_ in {"say", "add"}:
                continue
            pinned = any(c.dep_ in {"dobj", "attr"} for c in verb.children) or verb.lemma_ in ONCE
            label = CONTRADICTION if pinned and verb.lemma_ not in LIST_VERBS | _SHARED else NOT_ENTAILMENT
            edits.append(Edit(name, (change,), label, label, note))
        elif (
            kind == "nation"
            and root.dep_ == "amod"
            and root.head.dep_ in {"nsubjpass", "nsubj"}
            and root.head.tag_ == "NN"
        ) or (kind == "person" and root.dep_ == "appos"):
            edits.append(contradiction(name, [change], note))
        elif kind == "person" and root.dep_ in {"dobj", "pobj"}:
            edits.append(Edit(name, (change,), NOT_ENTAILMENT, NOT_ENTAILMENT, note))
    return edits


def other_event(doc: Doc, pool: Pool, rng: random.Random) -> Edit | None:
    """Replace all replaceable entities at once, three at least, so that the sentence tells of another event."""
    changes = substitutes(doc, pool, rng)
    kinds = {kind for _, _, kind in changes}
    if len(changes) < 3 and not (len(changes) == 2 and "person" in kinds and len(kinds) == 2):
        return None
    if len(changes) < sum(ent.label_ in {"PERSON", "GPE", "ORG"} for ent in doc.ents):
        return None
    root = next(token for token in doc if token.dep_ == "ROOT")
    subject = next((c for c in root.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    # The subject must change too: "the band played in London" and "in Athens" could be one band's one concert.
    if subject is None or not any(subject.left_edge.i <= ent.start <= subject.right_edge.i for ent, _, _ in changes):
        return None
    note = ", ".join(f"{ent.text} -> {change.text}" for ent, change, _ in changes)
    return Edit("other_event", tuple(change for _, change, _ in changes), NEUTRAL, NEUTRAL, note)
