"""From articles to claims: the split stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from consistency.article import Article, Skipped
from consistency.claim import Attribution, Claim
from consistency.split import headline
from consistency.split.composition import Composer
from consistency.split.paragraph import Field, Paragraph
from consistency.split.parser import load_parser
from consistency.split.references import References
from consistency.split.sentences import dateline, mark_boundaries, paragraphs, quotations, readable


@dataclass(frozen=True, slots=True)
class Split:
    """What splitting found.

    Attributes:
        claims: all claims, article by article, in the order of the text.
        skipped: what is no claim, with the reason.
        sentences: how many sentences were read.
    """

    claims: tuple[Claim, ...]
    skipped: tuple[Skipped, ...]
    sentences: int


def split(
    articles: Iterable[Article],
    nlp: Language | None = None,
    batch_size: int = 64,
    progress: Callable[[int], None] | None = None,
) -> Split:
    """Splits articles into claims that stand alone, each with who says it.

    Args:
        articles: any number; they are read once and one after the other.
        nlp: a spaCy pipeline, from `load_parser`; None for the bundled one.
        batch_size: how many paragraphs are parsed at a time.
        progress: called after each article with the number of articles done.

    Returns:
        The claims, what was skipped and why, and the number of sentences. It does not depend on the batch size.

    Raises:
        ModelError: the bundled pipeline cannot be loaded.
    """
    made = []
    for one in split_each(articles, nlp, batch_size):
        made.append(one)
        if progress is not None:
            progress(len(made))
    return join_splits(made)


def split_each(articles: Iterable[Article], nlp: Language | None = None, batch_size: int = 64) -> Iterator[Split]:
    """As `split`, one article at a time and in their order; paragraphs of several are still parsed together."""
    nlp = nlp if nlp is not None else load_parser()
    for article, parsed in _parsed(articles, nlp, batch_size):
        composer = _composed(article, parsed)
        yield Split(tuple(composer.claims), tuple(composer.skipped), composer.sentences)


def join_splits(splits: Iterable[Split]) -> Split:
    """One split of several, in order."""
    splits = list(splits)
    return Split(
        tuple(claim for one in splits for claim in one.claims),
        tuple(item for one in splits for item in one.skipped),
        sum(one.sentences for one in splits),
    )


def find_attributions(article: Article, nlp: Language | None = None) -> list[Attribution]:
    """All reported speech in an article, whether or not it holds claims.

    Args:
        article: the article.
        nlp: a spaCy pipeline, from `load_parser`; None for the bundled one.

    Returns:
        The attributions of its text, in order, with spans for speaker, cue and content.
    """
    nlp = nlp if nlp is not None else load_parser()
    return [
        said
        for found, parsed in _parsed([article], nlp, 64)
        for said in _composed(found, parsed, attitudes=True).attributions
    ]


def _composed(article: Article, parsed: list[Paragraph], *, attitudes: bool = False) -> Composer:
    references = References((p.doc, p.offset) for p in parsed if p.field == "text")
    composer = Composer(article, references, attitudes=attitudes)
    for paragraph in parsed:
        composer.read(paragraph)
    return composer


def _stretches(article: Article) -> Iterator[tuple[Field, int, str, str | None]]:
    """The parts of an article that are parsed on their own: field, offset, text, and what was cut off before it."""
    title = article.title or ""
    for a, b in paragraphs(title):
        yield "title", a, title[a:b], None
    opens = True
    for a, b in paragraphs(article.text, article.start):
        first = a
        a += dateline(article.text[a:b])
        if opens:
            a += headline.length(article.text[a:b], article.text)
            a += dateline(article.text[a:b])
        yield "text", a, article.text[a:b], article.text[first:a] if opens else None
        opens = False


def _parsed(articles: Iterable[Article], nlp: Language, batch_size: int) -> Iterator[tuple[Article, list[Paragraph]]]:
    """Each article with its parsed paragraphs; paragraphs of several articles share a batch."""
    waiting: list[tuple[Article, int]] = []

    def prepared() -> Iterator[tuple[Doc, tuple[int, Field, int, list[tuple[int, int]], str | None]]]:
        for number, article in enumerate(articles):
            stretches = list(_stretches(article))
            waiting.append((article, len(stretches)))
            for name, offset, text, cut in stretches:
                if name == "title":
                    text = headline.sentence_case(text, article.text)
                doc = nlp.make_doc(readable(text))
                quotes = quotations(doc)
                mark_boundaries(doc, quotes)
                yield doc, (number, name, offset, quotes, cut)

    done = 0
    current: list[Paragraph] = []
    for doc, (number, name, offset, quotes, cut) in nlp.pipe(prepared(), as_tuples=True, batch_size=batch_size):
        while done < number:  # every article before this one is complete
            yield waiting[done][0], current
            done, current = done + 1, []
        doc.tensor = doc.tensor[:0]  # a long article would fill the memory with it
        article = waiting[number][0]
        source = article.text if name == "text" else article.title or ""
        current.append(Paragraph(doc, offset, name, source, quotes, cut))
    for article, _ in waiting[done:]:
        yield article, current
        current = []
