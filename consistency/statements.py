"""Statements: pairs of texts that a user puts side by side, made ready for judging."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from consistency.article import Article
from consistency.claim import Attribution, Claim, Span, Speaker
from consistency.given import given_claims
from consistency.pair import GIVEN, Pair, Statement
from consistency.pipeline import Models, canonical, embed_claims, split_articles
from consistency.relate.frame import Frame, analyse


@dataclass(frozen=True, slots=True)
class Prepared:
    """Statements made ready for judging.

    Attributes:
        articles: one a statement, by id.
        claims: of all of them.
        frames: by claim id.
        pairs: claims to judge against each other.
        notes: what a reader should know of how they were read.
    """

    articles: dict[str, Article]
    claims: tuple[Claim, ...]
    frames: dict[str, Frame]
    pairs: tuple[Pair, ...]
    notes: tuple[str, ...] = ()

    @property
    def copies(self) -> dict[str, int]:
        """Copy groups as `judge_pairs` wants them: given statements stand for themselves, none is a copy."""
        return {key: number for number, key in enumerate(self.articles)}


def read_whole(pairs: Sequence[tuple[Statement, Statement]], models: Models) -> Prepared:
    """All pairs together, each statement one claim as it stands.

    Raises:
        InputError: a text is empty.
    """
    rows = [
        [{"id": f"{name}{i}", **_columns(pair[side])} for i, pair in enumerate(pairs)] for side, name in enumerate("ab")
    ]
    sides = [given_claims(own, models.get_parser()) for own in rows]
    claims = (*sides[0].claims, *sides[1].claims)
    texts = [claim.proposition for claim in claims]
    frames = dict(zip((claim.id for claim in claims), analyse(texts, models.get_parser()), strict=True))
    vectors = models.get_encoder().encode(texts)
    similar = (vectors[: len(pairs)] * vectors[len(pairs) :]).sum(axis=1).round(3)
    made = tuple(
        Pair(a, b, float(s), GIVEN) for a, b, s in zip(sides[0].claims, sides[1].claims, similar, strict=True)
    )
    articles = {article.id: article for side in sides for article in side.articles}
    return Prepared(articles, claims, frames, made)


def read_split(pairs: Sequence[tuple[Statement, Statement]], models: Models) -> list[Prepared]:
    """Each pair by itself, both statements read as articles of one text: split into claims, with who says them, and
    every claim of one paired with every claim of the other. All are split, analysed and embedded together."""
    if not pairs:
        return []
    sides = {f"{number}.{name}": side for number, two in enumerate(pairs) for name, side in zip("ab", two, strict=True)}
    articles = {key: Article(key, side.text, side.source, side.date) for key, side in sides.items()}
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in split_articles(tuple(articles.values()), models).claims:
        found[claim.article_id].append(_said(claim, sides[claim.article_id].speaker))
    # A headline or a fragment is no claim of an article; here it was given to be judged.
    whole = {key: side for key, side in sides.items() if not found[key]}
    rows = [{"id": key, **_columns(side)} for key, side in whole.items()]
    for claim in given_claims(rows, models.get_parser()).claims:
        found[claim.article_id] = [claim]
    claims = [claim for key in sorted(found) for claim in found[key]]
    frames, vectors = embed_claims(claims, models)
    frame_of = {claim.id: frame for claim, frame in zip(claims, frames, strict=True)}
    vector_of = {claim.id: vector for claim, vector in zip(claims, vectors, strict=True)}
    prepared = []
    for number in range(len(pairs)):
        keys = (f"{number}.a", f"{number}.b")
        both = {key: articles[key] for key in keys}
        # In the report the earlier article's claim is side a; so it is here, whichever was written first.
        first, second = (article.id for article in canonical(tuple(both.values())))
        made = tuple(
            Pair(x, y, round(float(vector_of[x.id] @ vector_of[y.id]), 3), GIVEN)
            for x in found[first]
            for y in found[second]
        )
        own = (*found[keys[0]], *found[keys[1]])
        notes = tuple(f"no claim was found in {key[-1]}; it was read whole" for key in keys if key in whole)
        prepared.append(Prepared(both, own, {claim.id: frame_of[claim.id] for claim in own}, made, notes))
    return prepared


def _columns(side: Statement) -> dict[str, str | None]:
    return {"text": side.text, "source": side.source, "date": side.date, "speaker": side.speaker}


def _said(claim: Claim, name: str | None) -> Claim:
    """The claim with the speaker that was given beside the text: who says it, or who passes it on."""
    if name is None:
        return claim
    said = claim.attribution
    speakers = (Speaker(name, Span(0, 0, "")),)
    if said is None:
        return replace(claim, attribution=Attribution(speakers, "", None, claim.spans, chain=(name,)))
    return replace(
        claim, attribution=replace(said, speakers=said.speakers or speakers, chain=(*(said.chain or ()), name))
    )
