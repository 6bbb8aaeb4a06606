"""Build labelled NLI pairs from news articles: real neighbours, minimal edits with their twins, speaker frames.

Usage: python scripts/build_news_pairs.py --data DATA --output news_pairs.jsonl.gz [--encoder MODEL_FOLDER]

Only the articles' `train` split is read. The rows hold `premise, hypothesis, label, kind, group`; an edit and its
unchanged twin share a kind, twins being marked `twin_...`. The same seed gives the same file.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import spacy
from nli.generators import sentences as reading
from nli.generators.antonyms import antonym_edits
from nli.generators.bounds import bound_edits, native_bound_edits, part_of_total, update_edits
from nli.generators.dates import date_edits
from nli.generators.denial import denial_edits, wrapped_denial
from nli.generators.edit import CONTRADICTION, ENTAILMENT, NEUTRAL, NOT_CONTRADICTION, NOT_ENTAILMENT, Edit, apply
from nli.generators.entities import CITIES, INVENTED, Pool, entity_edits, gather_pool, other_event
from nli.generators.figures import figure_edits, unit_edits
from nli.generators.frames import clause_pairs, frame_pairs, frames
from nli.generators.modality import conditional_edits, modality_edits
from nli.generators.negation import negation_edits
from nli.generators.neighbours import look_alikes, same_article_pairs
from nli.generators.quantifiers import order_edits, quantifier_edits
from nli.generators.roles import role_edits, role_templates
from nli.generators.sentences import Sentence
from nli.generators.shorten import cuts, paraphrases, twin_edits

HERE = Path(__file__).parent
LABELS = {ENTAILMENT, NEUTRAL, CONTRADICTION, NOT_ENTAILMENT, NOT_CONTRADICTION}


@dataclass(frozen=True)
class Row:
    """One line of the output."""

    premise: str
    hypothesis: str
    label: str
    kind: str
    group: str


def _rng(seed: int, text: str) -> random.Random:
    """Give every sentence its own chance, so that adding a generator leaves the others' draws alone."""
    return random.Random(int.from_bytes(hashlib.sha256(f"{seed} {text}".encode()).digest()[:8], "big"))


def all_edits(sentence: Sentence, pool: Pool, rng: random.Random) -> list[Edit]:
    """Collect the edits of every generator for one sentence."""
    doc = sentence.doc
    makers: list[Callable[[], list[Edit]]] = [
        lambda: figure_edits(doc, rng),
        lambda: unit_edits(doc),
        lambda: date_edits(doc, rng),
        lambda: entity_edits(doc, pool, rng),
        lambda: role_edits(doc),
        lambda: negation_edits(doc),
        lambda: antonym_edits(doc),
        lambda: denial_edits(doc),
        lambda: quantifier_edits(doc),
        lambda: order_edits(doc),
        lambda: bound_edits(doc, rng),
        lambda: native_bound_edits(doc, rng),
        lambda: modality_edits(doc),
        lambda: conditional_edits(doc),
    ]
    found = [edit for make in makers for edit in make()]
    wrapped = wrapped_denial(doc, rng.randrange(100)) if rng.random() < 0.25 else None
    event = other_event(doc, pool, rng)
    return found + [edit for edit in (wrapped, event) if edit is not None]


def edit_rows(sentence: Sentence, edit: Edit, rng: random.Random) -> list[Row]:
    """Make the rows of one edit: one or both directions, each beside its unchanged twin.

    Args:
        sentence: The sentence S.
        edit: The edit that makes S'.
        rng: Where chance comes from.

    Returns:
        For a contradiction, rows such as (S, short S') and its twin (S, short S), or (S', short S) and (S', short S').
        For other labels, the two labelled directions.
    """
    doc, group = sentence.doc, sentence.article.group
    original = sentence.text
    edited = apply(original, edit)
    # A denial wraps the whole clause, and most cuts inside would be read with it: leave these whole.
    whole = edit.kind in {"denial", "update", "other_event", "negation_added", "negation_removed"}
    cut = () if whole and edit.kind == "denial" else twin_edits(doc, edit, rng)
    if whole:
        cut = tuple(c for c in cut if c.kind in {"paraphrase", "cut_relative", "cut_appositive", "cut_bracket"})
    short, short_edited = apply(original, *cut), apply(original, edit, *cut)
    forward, back = edit.forward, edit.back
    rows = []
    if forward == back == CONTRADICTION:
        if rng.random() < 0.5:
            rows.append(Row(original, short_edited, CONTRADICTION, edit.kind, group))
            rows.append(Row(original, short, ENTAILMENT, f"twin_{edit.kind}", group))
        else:
            rows.append(Row(edited, short, CONTRADICTION, edit.kind, group))
            rows.append(Row(edited, short_edited, ENTAILMENT, f"twin_{edit.kind}", group))
        if cut and rng.random() < 0.3:
            # The shorter text as premise: what it leaves out does not save the contradiction.
            rows[0] = Row(rows[0].hypothesis, rows[0].premise, CONTRADICTION, edit.kind, group)
    else:
        if forward:
            rows.append(Row(original, short_edited, forward, edit.kind, group))
        if back:
            rows.append(Row(edited, short, back, edit.kind, group))
        if rng.random() < 0.35:
            rows.append(Row(original, short, ENTAILMENT, f"twin_{edit.kind}", group))
    # A twin that repeats its premise teaches little: two thirds of these go.
    return [row for row in rows if row.premise != row.hypothesis or (row.label == ENTAILMENT and rng.random() < 0.35)]


def twin_rows(sentence: Sentence, rng: random.Random) -> Iterator[Row]:
    """Make rows without an edit: detail added to a shorter text, and paraphrases."""
    doc, group = sentence.doc, sentence.article.group
    for cut in cuts(doc):
        size = sum(len(doc.text[r.start : r.end].split()) for r in cut.replacements)
        if cut.back == NEUTRAL and size >= 4:
            yield Row(apply(doc.text, cut), doc.text, NEUTRAL, "added_detail", group)
    for change in paraphrases(doc):
        texts = [doc.text, apply(doc.text, change)]
        rng.shuffle(texts)
        yield Row(*texts, ENTAILMENT, "paraphrase", group)


def sentence_rows(sentence: Sentence, pool: Pool, seed: int) -> list[Row]:
    """Make every row that one sentence gives by edits, cuts, counts that grow and speaker frames."""
    rng = _rng(seed, sentence.text)
    rows = [row for edit in all_edits(sentence, pool, rng) for row in edit_rows(sentence, edit, rng)]
    group = sentence.article.group
    for earlier, later in update_edits(sentence.doc, rng):
        texts = [apply(sentence.text, earlier), apply(sentence.text, later)]
        rows += [Row(texts[0], texts[1], NEUTRAL, "update", group), Row(texts[1], texts[0], NEUTRAL, "update", group)]
    for part, _ in part_of_total(sentence.doc, rng):
        texts = [sentence.text, part]
        rng.shuffle(texts)
        rows.append(Row(*texts, NEUTRAL, "part", group))
    rows += twin_rows(sentence, rng)
    for frame in frames(sentence):
        rows += [Row(**asdict(pair), group=group) for pair in frame_pairs(frame, rng.randrange(4))]
    rows += [Row(**asdict(pair), group=group) for pair in clause_pairs(sentence)]
    return rows


def neighbour_rows(
    found: Sequence[Sentence], vectors: np.ndarray | None, limits: dict[str, float], seed: int
) -> list[Row]:
    """Make the rows of real pairs: same article, and look-alikes about different events."""
    rng, rows = random.Random(seed), []
    for pair in same_article_pairs(found, vectors, limits["same_article"], int(limits["same_article_per_article"])):
        texts = [pair.first.text, pair.second.text]
        rng.shuffle(texts)
        rows.append(Row(*texts, NOT_CONTRADICTION, "same_article", pair.first.article.group))
    uses: Counter[int] = Counter()
    least = (limits["hard_neutral"], limits["hard_neutral_sister"])
    for pair in look_alikes(found, vectors, least, limits["hard_neutral_most"], limits["hard_neutral_article"]):
        if max(uses[id(pair.first)], uses[id(pair.second)]) >= 3:
            continue
        uses.update([id(pair.first), id(pair.second)])
        texts = [pair.first.text, pair.second.text]
        rng.shuffle(texts)
        rows.append(Row(*texts, NEUTRAL, "hard_neutral", pair.first.article.group))
    return rows


def template_rows(count: int, seed: int) -> list[Row]:
    """Make the rows whose sentences are written rather than found."""
    rng = random.Random(f"{seed} templates")
    made = role_templates(sorted(INVENTED), sorted(CITIES), count, rng)
    kinds = {CONTRADICTION: "role", ENTAILMENT: "twin_role"}
    return [Row(premise, hypothesis, label, kinds[label], "template") for premise, hypothesis, label in made]


def cap(rows: Sequence[Row], caps: dict[str, int], seed: int) -> list[Row]:
    """Keep at most so many rows of a kind, drawn by chance but for real pairs, whose order is their likeness.

    A twin counts with its edit's kind and stays beside it. Repeated pairs are dropped.
    """
    by_kind: dict[str, list[list[Row]]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if (row.premise, row.hypothesis) in seen or not 5 <= len(row.hypothesis.split()) <= 60:
            continue
        seen.add((row.premise, row.hypothesis))
        name = row.kind.removeprefix("twin_")
        bundles = by_kind[name]
        if row.kind.startswith("twin_") and bundles and not bundles[-1][-1].kind.startswith("twin_"):
            bundles[-1].append(row)
        else:
            bundles.append([row])
    kept: list[Row] = []
    for name in sorted(by_kind):
        bundles = by_kind[name]
        if name not in {"hard_neutral"}:
            random.Random(f"{seed} {name}").shuffle(bundles)
        count = 0
        for bundle in bundles:
            if count >= caps.get(name, 0):
                break
            kept += bundle
            count += len(bundle)
    return kept


def main() -> None:
    """Read the articles, make the rows, write them shuffled and print how many there are of each kind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder that holds articles/ and claims/")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--config", type=Path, default=HERE / "nli" / "news_pairs.toml")
    parser.add_argument("--encoder", type=Path, help="sentence-transformers folder for same-article likeness")
    parser.add_argument("--cache", type=Path, help="folder that keeps parses and vectors between runs")
    parser.add_argument("--seed", type=int, default=13)
    args = parser.parse_args()
    config = tomllib.loads(args.config.read_text(encoding="utf-8"))
    cache = args.cache / "news_parses.spacy" if args.cache else None
    found = reading.parse_sentences(reading.read_articles(args.data), spacy.load(reading.PARSER), cache)
    print(f"{len(found)} sentences", file=sys.stderr)
    pool = gather_pool(sentence.doc for sentence in found)
    rows = neighbour_rows(found, _vectors(found, args), config["likeness"], args.seed)
    for sentence in found:
        rows += sentence_rows(sentence, pool, args.seed)
    rows += template_rows(config["templates"]["role"], args.seed)
    kept = cap(rows, config["caps"], args.seed)
    random.Random(args.seed).shuffle(kept)
    # No time stamp in the header: the same rows give the same bytes.
    with args.output.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as out:
        for row in kept:
            out.write((json.dumps(asdict(row), ensure_ascii=False) + "\n").encode())
    made = Counter(row.kind for row in rows)
    for (kind, label), count in sorted(Counter((row.kind, row.label) for row in kept).items()):
        print(f"{kind}\t{label}\t{count}\tof {made[kind]} of the kind made")
    print(f"total\t{len(kept)}\t{dict(Counter(row.label for row in kept))}")


def _vectors(found: Sequence[Sentence], args: argparse.Namespace) -> np.ndarray | None:
    """Encode the sentences, or read their vectors from the cache; None without an encoder."""
    stored = args.cache / "news_vectors.npz" if args.cache else None
    if stored is not None and stored.exists():
        with np.load(stored) as kept:
            known = dict(zip(kept["texts"].tolist(), kept["vectors"], strict=True))
        if all(sentence.text in known for sentence in found):
            return np.stack([known[sentence.text] for sentence in found])
    if args.encoder is None:
        return None
    from sentence_transformers import SentenceTransformer

    encoder = SentenceTransformer(str(args.encoder), device="cpu")
    vectors = encoder.encode([s.text for s in found], batch_size=64, normalize_embeddings=True).astype("float16")
    if stored is not None:
        np.savez(stored, texts=np.array([s.text for s in found]), vectors=vectors)
    return vectors


if __name__ == "__main__":
    main()
