"""The pipeline: articles to a report, stage by stage, each in one batch."""
from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from consistency import __version__
from consistency.article import Article, Skipped
from consistency.block import Search, block
from consistency.claim import Claim
from consistency.copies import copy_groups
from consistency.encode import Encoder, SentenceEncoder
from consistency.finding import Probabilities
from consistency.group import storylines
from consistency.nli import NLIScorer, load_reader, load_scorer
from consistency.options import Options
from consistency.pair import Pair
from consistency.relate.context import contexts
from consistency.relate.features import content_scores
from consistency.relate.findings import Judged, judge_pairs, merge
from consistency.relate.frame import Frame, analyse
from consistency.relate.rank import ranked
from consistency.results import Report
from consistency.screen import Screen, fitted
from consistency.split import Split, load_parser, split
from consistency.threads import set_threads

if TYPE_CHECKING:
    import numpy as np
    from spacy.language import Language

# Content words from which a claim can be told without its sentence.
STANDS_ALONE = 2
# (stage, done, total): total is None while it is not known.
Progress = Callable[[str, int, int | None], None]


def _silent(stage: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


@dataclass(slots=True)
class Models:
    """Parser, encoder, NLI model and sentence reader, loaded when first needed.

    Args:
        options: which models, device and threads.
        parser: a spaCy pipeline to use instead of loading one.
        encoder: an encoder to use instead of loading one.
        scorer: an NLI scorer to use instead of loading one.
        reader: what reads sentences, instead of what `load_reader` gives for the NLI model.
    """

    options: Options = field(default_factory=Options)
    parser: Language | None = None
    encoder: Encoder | None = None
    scorer: NLIScorer | None = None
    reader: NLIScorer | None = None

    def get_parser(self) -> Language:
        """The spaCy pipeline."""
        self.parser = self.parser or load_parser(self.options.parser)
        return self.parser

    def get_encoder(self) -> Encoder:
        """The encoder."""
        if self.encoder is None:
            set_threads(self.options.threads)
            self.encoder = SentenceEncoder(self.options.encoder, self.options.device)
        return self.encoder

    def get_scorer(self) -> NLIScorer:
        """The NLI model."""
        if self.scorer is None:
            set_threads(self.options.threads)
            self.scorer = load_scorer(self.options.nli, self.options.device, self.options.allow_unverified_model)
        return self.scorer

    def get_reader(self) -> NLIScorer:
        """What reads sentences."""
        self.reader = self.reader or load_reader(self.get_scorer())
        return self.reader

    def get_screen(self, options: Options) -> Screen | None:
        """What drops pairs that cannot be findings; None when the options say so."""
        return None if options.screen == "off" else Screen(fitted())

    def split(self, articles: Sequence[Article], progress: Callable[[int], None] | None = None) -> Split:
        """The split stage; see `consistency.split.split`."""
        return split(articles, self.get_parser(), progress=progress)

    def analyse(self, texts: Sequence[str]) -> Iterator[Frame]:
        """Frames of texts, in order; equal texts are parsed once. See `consistency.relate.frame.analyse`."""
        left = Counter(texts)
        fresh = analyse(dict.fromkeys(texts), self.get_parser())
        made: dict[str, Frame] = {}
        for text in texts:
            if text not in made:
                made[text] = next(fresh)
            left[text] -= 1
            yield made[text] if left[text] else made.pop(text)

    @property
    def search(self) -> Search | None:
        """What finds neighbours; None to do it in this process."""
        return None

    def named(self) -> dict[str, dict[str, Any]]:
        """Name, digest and backend of what was loaded, for the report."""
        found: dict[str, dict[str, Any]] = {}
        if self.parser is not None:
            meta = self.parser.meta
            name = f"{meta.get('lang', '')}_{meta.get('name', '')} {meta.get('version', '')}".strip()
            found["parser"] = {"name": name, "sha256": None, "backend": "spaCy"}
        for role, model in (("encoder", self.encoder), ("nli", self.scorer), ("reader", self.reader)):
            if model is not None:
                found[role] = {"name": model.name, "sha256": model.sha256, "backend": model.backend}
        if self.scorer is not None:
            found["nli"]["verified"] = self.scorer.verified
        return found


@dataclass(frozen=True, slots=True)
class Candidates:
    """Claims made ready for judging.

    Attributes:
        articles: in canonical order.
        claims: in canonical order.
        frames: analysis of what is scored for each claim (its proposition, or the sentence of a very short one), by id.
        pairs: candidate pairs.
        dropped: what each cap dropped.
        split: what splitting gave, with what it left out; None when claims were given.
    """

    articles: tuple[Article, ...]
    claims: tuple[Claim, ...]
    frames: dict[str, Frame]
    pairs: tuple[Pair, ...]
    dropped: dict[str, int]
    split: Split | None = None


def canonical(articles: Sequence[Article]) -> tuple[Article, ...]:
    """Articles by date, outlet and content, so that the order of files decides nothing."""

    def key(article: Article) -> tuple[str, str, str, str]:
        digest = hashlib.sha256(article.text.encode("utf-8", "replace")).hexdigest()
        return article.date or "9999", article.source or "", digest, article.id

    return tuple(sorted(articles, key=key))


def split_articles(articles: Sequence[Article], models: Models, progress: Progress = _silent) -> Split:
    """Splits articles in canonical order."""
    ordered = canonical(articles)
    return models.split(ordered, progress=lambda done: progress("split", done, len(ordered)))


def embed_claims(
    claims: Sequence[Claim], models: Models, progress: Progress = _silent
) -> tuple[list[Frame], np.ndarray]:
    """Analyses and embeds claims.

    Returns:
        For each claim the frame of what is scored for it, and its vector, of length one.
    """
    frames = []
    for frame in models.analyse([claim.proposition for claim in claims]):
        frames.append(frame)
        if len(frames) % 128 == 0:
            progress("analyse", len(frames), len(claims))
    # A claim of a word or two ("Nothing was agreed.") is about what its sentence is about.
    short = [i for i, frame in enumerate(frames) if len(frame.lemmas) < STANDS_ALONE and claims[i].field == "text"]
    sentences = [claims[i].around for i in short]
    for i, frame in zip(short, models.analyse(sentences), strict=True):
        if claims[i].stance != "denies":
            frames[i] = frame
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress("encode", done, None)

    return frames, models.get_encoder().encode([frame.text for frame in frames], step)


def pair_claims(
    articles: Sequence[Article], claims: Sequence[Claim], models: Models, options: Options, progress: Progress = _silent
) -> Candidates:
    """Analyses, embeds and blocks claims that are in canonical order."""
    frames, vectors = embed_claims(claims, models, progress)
    progress("pair", 0, len(claims))
    blocked = block(claims, vectors, frames, options, models.search)
    by_id = {claim.id: frame for claim, frame in zip(claims, frames, strict=True)}
    return Candidates(tuple(articles), tuple(claims), by_id, blocked.pairs, blocked.dropped)


def run(
    articles: Sequence[Article],
    options: Options,
    models: Models,
    skipped: Sequence[Skipped] = (),
    warnings: Sequence[str] = (),
    progress: Progress = _silent,
) -> Report:
    """The whole job: articles in, agreements and contradictions out.

    Args:
        articles: with distinct ids.
        options: what the run was told.
        models: parser, encoder and NLI model.
        skipped: what loading left out.
        warnings: what loading had to say.
        progress: called with stage, done and total.
    """
    begun = time.monotonic()
    ordered = canonical(articles)
    made = split_articles(ordered, models, progress)
    candidates = pair_claims(ordered, made.claims, models, options, progress)
    return judge(replace(candidates, split=made), options, models, skipped, warnings, progress, begun)


def judge(
    candidates: Candidates,
    options: Options,
    models: Models,
    skipped: Sequence[Skipped] = (),
    warnings: Sequence[str] = (),
    progress: Progress = _silent,
    begun: float | None = None,
) -> Report:
    """Scores and relates candidate pairs and makes the report; arguments as for `run`."""
    begun = time.monotonic() if begun is None else begun
    articles = {article.id: article for article in candidates.articles}
    order = {claim.id: i for i, claim in enumerate(candidates.claims)}
    copies = copy_groups(candidates.articles)
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress("score", done, 2 * len(candidates.pairs))

    scorer = models.get_scorer()
    context = contexts(candidates.claims, candidates.frames)
    screen = models.get_screen(options)
    judged = judge_pairs(
        candidates.pairs, candidates.frames, scorer, models.get_reader(), articles, copies, step, context, screen=screen
    )
    progress("relate", 0, None)
    lines, findings = storylines(judged.findings, order, copies)
    merged = ranked(merge(findings, order), articles, copies)
    lines = tuple(replace(line, findings=tuple(f.id for f in merged if f.storyline == line.id)) for line in lines)
    split_skipped = candidates.split.skipped if candidates.split else ()
    rows = pair_rows(candidates.pairs, judged, {place: f.relation for f in merged for place in f.places})
    funnel = {
        "articles": len(candidates.articles),
        "skipped_articles": len(skipped),
        "sentences": candidates.split.sentences if candidates.split else 0,
        "claims": len(candidates.claims),
        "skipped_sentences": len(split_skipped),
        "candidate_pairs": len(candidates.pairs),
        "screened_out": len(judged.screened),
        "scored": len(judged.evidence) + len(judged.one_way),
        "scored_one_way": len(judged.one_way),
        "nli_inputs": judged.scored,
        **{f"dropped_{name}": count for name, count in candidates.dropped.items()},
    }
    notes = list(warnings)
    if scorer.truncated:
        notes.append(f"{scorer.truncated} NLI inputs were longer than the model reads and were cut")
    if not scorer.verified:
        notes.append(f"the NLI model {scorer.name} fails the golden pairs; its judgement is not verified")
    meta = {
        "tool": "fact-consistency",
        "version": __version__,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - begun, 1),
        "options": options.to_dict(),
        "models": models.named(),
        "screening": None if screen is None else screen.steps.get("measured"),
        "warnings": notes,
    }
    return Report(
        articles=candidates.articles,
        claims=candidates.claims,
        findings=merged,
        storylines=lines,
        pairs=rows,
        funnel=funnel,
        skipped=(*skipped, *split_skipped),
        meta=meta,
        threshold=options.threshold,
    )


def pair_rows(
    pairs: Sequence[Pair], judged: Judged, relation_of: Mapping[tuple[str, str], str]
) -> list[dict[str, Any]]:
    """One row for each candidate pair: what it was found by, and what became of it.

    Args:
        pairs: candidates, in order.
        judged: what judging gave.
        relation_of: relation by the ids of two claims; `none` for those not in it.
    """
    scores: dict[tuple[str, str], tuple[Probabilities, ...]] = {}
    for item in judged.evidence:
        scores[item.pair.a.id, item.pair.b.id] = content_scores(item)
    for pair, row in judged.one_way:
        scores[pair.a.id, pair.b.id] = (row,)
    rows = []
    for pair in pairs:
        place = (pair.a.id, pair.b.id)
        read = scores.get(place, ())
        rows.append(
            {
                "id": pair.id,
                "a": pair.a.id,
                "b": pair.b.id,
                "why": "; ".join(pair.why),
                "similarity": pair.similarity,
                "screened": not read,
                "relation": relation_of.get(place, "none"),
                "p_entailment": max((p.entailment for p in read), default=None),
                "p_neutral": min((p.neutral for p in read), default=None),
                "p_contradiction": max((p.contradiction for p in read), default=None),
            }
        )
    return rows
