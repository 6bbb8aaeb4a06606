"""Who said it and what was said: the speaker's frame kept, dropped or turned, from marked attributions."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Span

from nli.generators.edit import (
    CONTRADICTION,
    ENTAILMENT,
    NEUTRAL,
    NOT_CONTRADICTION,
    NOT_ENTAILMENT,
    is_hedged,
    is_negative,
    tidy,
)
from nli.generators.sentences import Sentence

_SAYS = {
    "said", "says", "told", "added", "noted", "announced", "explained", "confirmed", "reported", "wrote",
    "stated", "acknowledged", "argued", "insisted", "claimed", "has said", "have said", "also said", "say",
    "according to",
}  # fmt: skip
_DENIES = ("{source} denied that {content}", "{source} rejected the claim that {content}")
_UNTRUE = ("Reports that {content} are not true.", "{source} said that reports that {content} were not true.")
_DOCUMENTS = re.compile(
    r"poll|survey|report|document|data|study|result|article|story|analys[ie]s|statement|average|census|memo|filing|\b(some|many|others|several)\b",
    re.IGNORECASE,
)
_FINITE = {"VBD", "VBZ", "VBP", "MD"}
_PRONOUN_FIRST = re.compile(r"\b(I|we|my|our|us|me|you|your|I'm|I’m)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Frame:
    """One attribution inside one sentence: the source's words, the cue and the content as a full clause."""

    sentence: Sentence
    source: str
    cue: str
    content: str
    proper: bool  # the content opens with a name, whose capital stays


@dataclass(frozen=True)
class Pair:
    """A premise and a hypothesis with their label."""

    premise: str
    hypothesis: str
    label: str
    kind: str


def frames(sentence: Sentence) -> list[Frame]:
    """Find the attributions of a sentence that have one source, a plain cue and a clause as content."""
    low, high = sentence.start, sentence.start + len(sentence.text)
    found = []
    for mark in sentence.article.attributions:
        spans = [*mark["source"], *mark["cue"], *mark["content"]]
        if not all(low <= span["start"] and span["end"] <= high for span in spans):
            continue
        if len(mark["source"]) != 1 or len(mark["cue"]) != 1 or len(mark["content"]) != 1:
            continue
        cue, source = mark["cue"][0]["text"].lower(), mark["source"][0]["text"]
        content = mark["content"][0]["text"].strip()
        place = mark["content"][0]["start"] - sentence.start
        clause = sentence.doc.char_span(place, place + len(mark["content"][0]["text"]), alignment_mode="contract")
        if (
            cue not in _SAYS
            or clause is None
            or re.search(r"[\"“”]|''", content + source)
            or not _is_clause(clause, content)
        ):
            continue
        if (
            source.lower() in {"i", "we", "you", "who", "which", "that", "it"}
            or len(source.split()) > 12
            or source.count(",") == 1
        ):
            continue
        opening = clause[1] if clause[0].lower_ == "that" and len(clause) > 1 else clause[0]
        proper = opening.lower_ not in {"the", "a", "an"} and (
            opening.tag_ in {"NNP", "NNPS"} or bool(opening.ent_type_) or opening.is_upper
        )
        found.append(
            Frame(sentence, source, cue, re.sub(r"(?<![A-Z])[,. ]+$", "", content.removeprefix("that ")), proper)
        )
    return found


def _is_clause(doc: Span, content: str) -> bool:
    """Accept a clause with its own subject before its own finite verb, six words at least."""
    if (
        len(content.split()) < 6
        or _PRONOUN_FIRST.search(content)
        or content.split()[0].lower()
        in {"to", "and", "but", "if", "whether", "what", "how", "why", "when", "who", "which", "or", "where", "because"}
    ):
        return False
    subject = next((token.i for token in doc if token.dep_ in {"nsubj", "nsubjpass", "expl"}), None)
    verb = next((token.i for token in doc if token.tag_ in _FINITE), None)
    if subject is None or verb is None or subject > verb or doc[0].tag_ in _FINITE | {"VBN", "VBG"}:
        return False
    # The clause must hang together: its top is a verb with a subject of its own before it.
    top = doc.root
    own = any(c.dep_ in {"nsubj", "nsubjpass", "expl"} and doc.start <= c.i < top.i for c in top.children)
    return own and subject <= doc.start + 8 and not any(t.text in {":", "--", "—"} for t in doc)


def _opened(text: str) -> str:
    """Give a text a capital; `tidy` ends it with a full stop."""
    return tidy(text[:1].upper() + text[1:])


def _embedded(frame: Frame) -> str:
    """Write the content as it stands inside a sentence, its first word small unless it is a name."""
    return frame.content if frame.proper else frame.content[:1].lower() + frame.content[1:]


def frame_pairs(frame: Frame, pick: int) -> list[Pair]:
    """Make the labelled pairs of one attribution.

    The whole sentence entails "X said that P"; it does not contradict P; P leaves open whether X said so; a
    denial of P does not entail P, and what is said to be untrue contradicts P.

    Args:
        frame: The attribution.
        pick: Chooses among wordings.
    """
    whole, content = frame.sentence.text, _opened(frame.content)
    source = frame.source[0].upper() + frame.source[1:]
    inner = _embedded(frame)
    said = f"According to {frame.source}, {inner}" if frame.cue == "according to" else f"{source} said that {inner}"
    pairs = [Pair(whole, content, NOT_CONTRADICTION, "frame_dropped")]
    if whole.rstrip(".") != said:
        pairs.append(Pair(whole, tidy(said), ENTAILMENT, "frame_kept"))
    pairs.append(Pair(content, tidy(said), NEUTRAL, "frame_added"))
    doc = frame.sentence.doc
    speaks = frame.cue != "according to" and not _DOCUMENTS.search(frame.source)
    if (
        speaks
        and not is_negative(doc)
        and not is_hedged(doc)
        and "will" not in inner.split()
        and len(inner.split()) <= 25
    ):
        denied = _DENIES[pick % 2].format(source=source, content=inner)
        pairs.append(Pair(tidy(denied), content, NOT_ENTAILMENT, "frame_denied"))
        pairs.append(Pair(tidy(denied), tidy(said), CONTRADICTION, "frame_denied"))
        untrue = _UNTRUE[(pick // 2) % 2].format(source=source, content=inner)
        label = CONTRADICTION if pick // 2 % 2 == 0 else NOT_ENTAILMENT
        pairs.append(Pair(tidy(untrue), content, label, "frame_untrue"))
    return pairs


def clause_pairs(sentence: Sentence) -> list[Pair]:
    """Cut claims out of their own sentence: each half of two joined clauses, an appositive as "X is Y".

    Only clauses with their own subject, unhedged, unquoted and not reported are taken: each is entailed.
    """
    doc, found = sentence.doc, []
    if any(c in sentence.text for c in '"“”:—–()') or is_hedged(doc):
        return found
    root = next(token for token in doc if token.dep_ == "ROOT")
    joined = [
        c
        for c in root.children
        if c.dep_ == "conj"
        and c.tag_ in _FINITE
        and any(s.dep_ in {"nsubj", "nsubjpass"} and s.lower_ not in {"that", "which", "who"} for s in c.children)
    ]
    link = next((c for c in root.children if c.dep_ == "cc"), None)
    reported = any(c.dep_ in {"ccomp", "parataxis", "advcl"} for c in root.children)
    if (
        len(joined) == 1
        and link is not None
        and link.lower_ in {"and", "but"}
        and not reported
        and link.i < joined[0].left_edge.i
    ):
        second = doc[joined[0].left_edge.i : joined[0].right_edge.i + 1]
        opened = doc[0].lower_ in {
            "while",
            "if",
            "when",
            "as",
            "although",
            "since",
            "because",
            "in",
            "after",
            "before",
            "though",
            "despite",
            "unless",
        }
        subject = any(c.dep_ in {"nsubj", "nsubjpass", "expl"} and c.i < root.i for c in root.children)
        if link.i + 1 == second.start and subject and not opened and doc[link.i - 1].text == ",":
            halves = [doc[: link.i].text.rstrip(" ,"), second.text]
            found += [
                Pair(sentence.text, _opened(half), ENTAILMENT, "claim") for half in halves if len(half.split()) >= 5
            ]
    for token in doc:
        head = token.head
        if token.dep_ != "appos" or head.ent_type_ != "PERSON" or token.tag_ != "NN" or token.left_edge.i != head.i + 2:
            continue
        start = token.left_edge
        after = doc[token.right_edge.i + 1] if token.right_edge.i + 1 < len(doc) else None
        if (
            start.lower_ in {"a", "an", "the", "his", "her"}
            and after is not None
            and after.text in {",", "."}
            and doc[head.i + 1].text == ","
        ):
            name = next((ent.text for ent in doc.ents if ent.start <= head.i < ent.end), head.text)
            phrase = doc[start.i : token.right_edge.i + 1].text
            if len(phrase.split()) >= 3 and "," not in phrase:
                found.append(Pair(sentence.text, _opened(f"{name} is {phrase}"), ENTAILMENT, "claim"))
    return found
