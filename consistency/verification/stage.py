"""Verifying: texts against their sources, every model call batched across all of them."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from consistency.article import Article
from consistency.claim import Claim, Span
from consistency.finding import Probabilities, Reason
from consistency.pair import different_speakers
from consistency.relate.frame import Frame, analyse
from consistency.split import split
from consistency.verification.comparison import (
    Comparison,
    closest,
    compare_with,
    mended,
    reasons_against,
    reasons_for,
    unsupported_words,
)
from consistency.verification.judge import judge
from consistency.verification.passages import Sentence, excerpt, sentences
from consistency.verification.result import Checked, Evidence, Unsupported, VerdictWord
from consistency.verification.search import Library, Passage, Place, find, stems_of
from consistency.verification.signals import Found, signals

if TYPE_CHECKING:
    from consistency.pipeline import Models, Progress

# Probability from which a passage is kept as evidence for or against a claim, whatever the verdict.
SPEAKS = 0.3
# Sentences before a chosen one that are read with it: what a pronoun stands for, how a quotation begins.
BEFORE = 1
# Entailment of the mended claim from which its values are said to be all that is wrong.
ALONE = 0.5


@dataclass(frozen=True, slots=True)
class Item:
    """One text and what it is held against.

    Attributes:
        article: the text.
        claims: its claims.
        sources: the sources; equal ones are read once, however many items share them.
    """

    article: Article
    claims: tuple[Claim, ...]
    sources: tuple[Article, ...]


@dataclass(slots=True)
class _Shelf:
    """The sources that some items share, and the claims read in the passages that were chosen."""

    sources: tuple[Article, ...]
    library: Library
    claims: dict[Place, list[Claim]] = field(default_factory=dict)

    def claims_in(self, passages: Sequence[Passage]) -> list[Claim]:
        """The source's own claims in some passages, each once."""
        found = (claim for passage in passages for place in passage.places for claim in self.claims.get(place, ()))
        return list({claim.id: claim for claim in found}.values())


@dataclass(frozen=True, slots=True)
class _Search:
    """One claim of one item with the passages found for it."""

    item: Item
    claim: Claim
    shelf: _Shelf
    stems: frozenset[str]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim with everything that its verdict is made of.

    Attributes:
        search: the claim, its item and its sources.
        found: the passages found and their scores.
        frames: analyses of claims by text.
        compared: the claim beside all that its chosen passages say.
        unsupported: its words that the sources do not hold.
        signals: by name.
        mended: entailment of the claim once the source's values stand in it; None when it has nothing to mend.
    """

    search: _Search
    found: Found
    frames: dict[str, Frame]
    compared: Comparison
    unsupported: tuple[Unsupported, ...]
    signals: dict[str, float]
    mended: float | None = None


def verify_items(items: Sequence[Item], models: Models, progress: Progress) -> list[tuple[Checked, ...]]:
    """Verdicts for all claims of all items.

    Args:
        items: texts with their claims and sources.
        models: parser, encoder and NLI model.
        progress: called with stage, done and total.

    Returns:
        For each item its claims with verdicts, in order.
    """
    checked = iter([_checked(weighed) for weighed in weigh(items, models, progress)])
    return [tuple(next(checked) for _ in item.claims) for item in items]


def weigh(items: Sequence[Item], models: Models, progress: Progress) -> list[Weighed]:
    """Everything up to the verdicts, claim by claim in order; arguments as for `verify_items`."""
    searches = _found(items, models, progress)
    found = _scored(searches, models, progress)
    progress("relate", 0, None)
    _read_chosen(searches, found, models)
    found = _with_claims(searches, found, models)
    frames = _frames(searches, found, models)
    weighed = [_weighed(search, scored, frames) for search, scored in zip(searches, found, strict=True)]
    return _mended(weighed, models)


def _found(items: Sequence[Item], models: Models, progress: Progress) -> list[_Search]:
    """Passages for every claim: by words over all of a source, then by meaning over what is left."""
    shelves: dict[tuple[tuple[str, str, str], ...], _Shelf] = {}
    read: dict[str, tuple[Sentence, ...]] = {}
    wanted: list[tuple[Item, Claim, _Shelf, frozenset[str], tuple[Place, ...]]] = []
    for item in items:
        key = tuple((source.id, source.title or "", source.text) for source in item.sources)
        if key not in shelves:
            for source in item.sources:
                read.setdefault(source.text, sentences(source))
            titles = stems_of(" ".join(source.title or "" for source in item.sources))
            shelves[key] = _Shelf(item.sources, Library([read[source.text] for source in item.sources], titles))
        shelf = shelves[key]
        for claim in item.claims:
            stems = stems_of(claim.text)
            wanted.append((item, claim, shelf, stems, shelf.library.shortlist(stems)))
    claims = [claim.text for _, claim, _, _, _ in wanted]
    looked_at = [shelf.library.sentence(place).text for _, _, shelf, _, places in wanted for place in places]
    texts = list(dict.fromkeys([*claims, *looked_at]))
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress("encode", done, len(texts))

    vectors = dict(zip(texts, models.get_encoder().encode(texts, step), strict=True))
    return [
        _Search(item, claim, shelf, stems, find(shelf.library, stems, places, vectors[claim.text], vectors))
        for item, claim, shelf, stems, places in wanted
    ]


def _scored(searches: Sequence[_Search], models: Models, progress: Progress) -> list[Found]:
    """NLI of every passage found, all in one batch, rounded so that the last bits of a batch never decide."""
    inputs = [(passage.text, search.claim.text) for search in searches for passage in search.passages]
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress("score", done, len(inputs))

    rows = iter(models.get_scorer().score(inputs, step))
    return [
        Found(
            search.passages,
            tuple(Probabilities(*(round(float(p), 3) for p in next(rows))) for _ in search.passages),
            search.stems,
        )
        for search in searches
    ]


def _read_chosen(searches: Sequence[_Search], found: Sequence[Found], models: Models) -> None:
    """Splits the passages chosen as evidence into the source's own claims: what they say, and who says it.

    Only they and a few sentences before them are parsed, at their own offsets, however long the source is.
    """
    kept: dict[int, tuple[_Shelf, set[Place]]] = {}
    for search, scored in zip(searches, found, strict=True):
        _, places = kept.setdefault(id(search.shelf), (search.shelf, set()))
        for passage in scored.chosen:
            places.update(passage.places)
    excerpts: list[tuple[Article, _Shelf, int]] = []
    for shelf, places in kept.values():
        for at, source in enumerate(shelf.sources):
            chosen = {place.number for place in places if place.source == at}
            around = {n for number in chosen for n in range(max(0, number - BEFORE), number + 1)}
            text = excerpt(source, [shelf.library.sources[at][number] for number in sorted(around)])
            if chosen:
                excerpts.append((replace(source, id=f"{len(excerpts)}", text=text, title=None), shelf, at))
    made = split([article for article, _, _ in excerpts], models.get_parser())
    for claim in made.claims:
        _, shelf, at = excerpts[int(claim.article_id)]
        for place in kept[id(shelf)][1]:
            sentence = shelf.library.sentence(place)
            if place.source == at and claim.sentence.start < sentence.end and sentence.start < claim.sentence.end:
                shelf.claims.setdefault(place, []).append(claim)


def _with_claims(searches: Sequence[_Search], found: Sequence[Found], models: Models) -> list[Found]:
    """The source's own closest claim as one more passage, where it says more than its sentence.

    In it a pronoun is resolved and a subject carried along ("He died" is "The conductor Ivo Marek died").
    """
    added: dict[int, Passage] = {}
    for at, (search, scored) in enumerate(zip(searches, found, strict=True)):
        said = closest(search.claim, search.shelf.claims_in(scored.chosen))
        for passage in scored.chosen if said is not None else ():
            held = frozenset(stem for place in passage.places for stem in search.shelf.library.sentence(place).stems)
            if said in search.shelf.claims_in([passage]) and not stems_of(said.text) <= held:
                added[at] = replace(passage, text=said.text)
                break
    scores = models.get_scorer().score([(passage.text, searches[at].claim.text) for at, passage in added.items()])
    out = list(found)
    for at, row in zip(added, scores, strict=True):
        probabilities = Probabilities(*(round(float(p), 3) for p in row))
        out[at] = replace(
            found[at], passages=(*found[at].passages, added[at]), scores=(*found[at].scores, probabilities)
        )
    return out


def _frames(searches: Sequence[_Search], found: Sequence[Found], models: Models) -> dict[str, Frame]:
    """Analyses of all claims of the texts, and of those of the sources that come closest to them, by text."""
    texts = {search.claim.text for search in searches}
    for search, scored in zip(searches, found, strict=True):
        for passages in (scored.chosen, *((passage,) for passage in scored.chosen)):
            other = closest(search.claim, search.shelf.claims_in(passages))
            if other is not None:
                texts.add(other.text)
    ordered = sorted(texts)
    return dict(zip(ordered, analyse(ordered, models.get_parser()), strict=True))


def _weighed(search: _Search, found: Found, frames: dict[str, Frame]) -> Weighed:
    library = search.shelf.library
    compared = compare_with(search.claim, search.shelf.claims_in(found.chosen), frames)
    near = frozenset(stem for p in found.chosen for place in p.places for stem in library.sentence(place).stems)
    unsupported = unsupported_words(search.claim, search.item.article.text, library.held, near, compared)
    names = sum(words.kind == "entity" for words in unsupported)
    return Weighed(search, found, frames, compared, unsupported, signals(found, library, compared, names))


def _mended(weighed: Sequence[Weighed], models: Models) -> list[Weighed]:
    """Scores each claim again with the source's figures, dates and names in it, against its best passage."""
    inputs: dict[int, tuple[str, str]] = {}
    for at, item in enumerate(weighed):
        text = mended(item.search.claim.text, item.unsupported)
        if text is not None and item.found.passages:
            inputs[at] = (item.found.passages[item.found.best_for or 0].text, text)
    scores = models.get_scorer().score(list(inputs.values()))
    out = list(weighed)
    for at, row in zip(inputs, scores, strict=True):
        entailment = round(float(row[0]), 3)
        replaced = any(words.found for words in weighed[at].unsupported)
        name = "values_alone_differ" if replaced else "rest_entailed"
        out[at] = replace(out[at], signals={**out[at].signals, name: entailment}, mended=entailment)
    return out


def _checked(weighed: Weighed) -> Checked:
    verdict, score, against = judge(weighed.signals)
    found, claim = weighed.found, weighed.search.claim
    # A paraphrase is no fault: in a supported claim only values and names are told as missing.
    unsupported = tuple(words for words in weighed.unsupported if verdict != "supported" or words.kind != "model")
    both = {
        "for": _speaking(found.best_for, found, lambda s: s.entailment, verdict == "supported"),
        "against": _speaking(found.best_against, found, lambda s: s.contradiction, verdict == "contradicted"),
    }
    speaking = {side: at for side, at in both.items() if at is not None}
    told = {side: _told(weighed, at, side) for side, at in speaking.items()}
    evidence = {side: _evidence(weighed, speaking[side], reasons) for side, reasons in told.items()}
    voice, wrong = _voices(weighed) if verdict == "supported" else ((), ())
    if not any(words.span == other.span for words in wrong for other in unsupported):
        unsupported = (*unsupported, *wrong)
    order = ("against", "for") if verdict == "contradicted" else ("for", "against")
    reasons = [reason for side in order if side in told for reason in told[side]]
    if verdict in ("supported", "contradicted"):
        reasons = list(told.get(order[0], ()))
    return Checked(
        claim=claim,
        verdict=verdict,
        score=score,
        against=against,
        evidence_for=evidence.get("for"),
        evidence_against=evidence.get("against"),
        closest=_closest(weighed) if found.passages else None,
        reasons=(*_missing(weighed, verdict, [w for w in unsupported if w not in wrong]), *voice, *reasons),
        unsupported=unsupported,
        signals=weighed.signals,
    )


def _speaking(at: int | None, found: Found, column: Callable[[Probabilities], float], needed: bool) -> int | None:
    """The passage's position if it speaks clearly enough, or the verdict rests on it."""
    return at if at is not None and (needed or column(found.scores[at]) >= SPEAKS) else None


def _missing(weighed: Weighed, verdict: VerdictWord, unsupported: Sequence[Unsupported]) -> list[Reason]:
    """What the sources do not hold, as reasons; what they hold in its place is told by the evidence against."""
    alone = weighed.mended is not None and weighed.mended >= ALONE
    made = []
    for words in unsupported:
        # What the evidence has in its place is told by the evidence itself.
        if words.kind == "model" or (verdict == "contradicted" and (words.found or not alone)):
            continue
        note = f'the sources do not hold "{_flat(words)}"' + (f'; they have "{words.found}"' if words.found else "")
        made.append(Reason(words.kind, note + ("; all else follows from them" if alone else ""), (words.span,)))
    others = [words for words in unsupported if words.kind == "model"]
    if others and verdict != "contradicted":
        told = ", ".join(f'"{_flat(words)}"' for words in others)
        made.append(Reason("model", f"the sources do not hold {told}", tuple(words.span for words in others)))
    if verdict == "not_found" and not made:
        made.append(Reason("model", "the closest passages neither say nor deny it"))
    return made


def _flat(words: Unsupported) -> str:
    return " ".join(words.span.text.split())


def _voices(weighed: Weighed) -> tuple[tuple[Reason, ...], tuple[Unsupported, ...]]:
    """Who says a supported claim in the source, where that is not who says it in the text."""
    search, at = weighed.search, weighed.found.best_for
    said = closest(search.claim, search.shelf.claims_in([weighed.found.passages[at]])) if at is not None else None
    if said is None or said.attribution is None or said.attribution.speaker_span is None or said.unresolved:
        return (), ()
    there = said.attribution.speaker_span
    mine = search.claim.attribution
    if mine is None:
        note = f"the text says so itself, the source has it from {said.speaker}"
        return (Reason("modality", note, search.claim.spans, (there,)),), ()
    here = mine.speaker_span
    if here is None or not here.text or search.claim.unresolved or not different_speakers(search.claim, said):
        return (), ()
    note = f"the text has it from {search.claim.speaker}, the source from {said.speaker}"
    return (Reason("entity", note, (here,), (there,)),), (Unsupported(here, "entity", said.speaker or ""),)


def _told(weighed: Weighed, at: int, side: str) -> tuple[Reason, ...]:
    """Why one passage speaks for or against the claim."""
    search, scores = weighed.search, weighed.found.scores[at]
    passage = weighed.found.passages[at]
    compared = compare_with(search.claim, search.shelf.claims_in([passage]), weighed.frames)
    source = search.shelf.sources[passage.places[0].source]
    span = _span(search.shelf, passage)
    if side == "for":
        return reasons_for(search.claim, search.item.article.text, source.text, span, compared, scores.entailment)
    return reasons_against(search.claim, search.item.article.text, source.text, span, compared, scores.contradiction)


def _closest(weighed: Weighed) -> Evidence:
    """The closest passage, with what it has in the place of the claim's figures, dates, names and opposites."""
    return _evidence(weighed, 0, [reason for reason in _told(weighed, 0, "against") if reason.kind != "model"])


def _evidence(weighed: Weighed, at: int, reasons: Sequence[Reason]) -> Evidence:
    search, passage = weighed.search, weighed.found.passages[at]
    source = search.shelf.sources[passage.places[0].source]
    span = _span(search.shelf, passage)
    said = closest(search.claim, search.shelf.claims_in([passage]))
    deciding = dict.fromkeys(words for reason in reasons for words in reason.b_spans if words != span)
    return Evidence(
        article_id=source.id,
        source=source.source,
        date=source.date,
        passage=span,
        spans=tuple(sorted(deciding, key=lambda words: words.start)),
        speaker=said.speaker if said is not None else None,
        stance=said.stance if said is not None else "asserts",
        scores=weighed.found.scores[at],
        closeness=passage.rank,
    )


def _span(shelf: _Shelf, passage: Passage) -> Span:
    text = shelf.sources[passage.places[0].source].text
    start = shelf.library.sentence(passage.places[0]).start
    end = shelf.library.sentence(passage.places[-1]).end
    return Span(start, end, text[start:end])
