"""Compile antonym pairs from WordNet's dictionary files (Debian's `wordnet-base`).

Usage: python scripts/build_antonyms.py --data DATA --output scripts/nli/antonyms.tsv
       python scripts/build_antonyms.py --data DATA --output consistency/relate/antonyms.tsv --least 2 --every

The first are what the training generators swap: verbs and adjectives whose both words occur often in the training
articles. That list was read by hand; pairs that are no opposites in news prose (`ask`/`answer`, `left`/`right`) stand
in `antonyms_rejected.txt`. The second names the deciding words of a conflict: all parts of speech, nothing rejected.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from nli.generators.sentences import read_articles

_WORD = re.compile(r"[a-z]+")


def read_antonyms(wordnet: Path, part: str, letter: str) -> set[tuple[str, str]]:
    """Read the lexical antonym pairs of one part of speech.

    Args:
        wordnet: Folder with the dictionary files.
        part: File ending, `verb` or `adj`.
        letter: The part's letter in pointers, `v` or `a`.

    Returns:
        Pairs of lower-case single words, each once, sorted within the pair.
    """
    words: dict[str, list[str]] = {}
    links: list[tuple[str, int, str, int]] = []
    for line in (wordnet / f"data.{part}").read_text(encoding="latin-1").splitlines():
        if line.startswith("  "):
            continue
        fields = line.split("|")[0].split()
        offset, count = fields[0], int(fields[3], 16)
        words[offset] = [re.sub(r"\(.*\)", "", fields[4 + 2 * i]).lower() for i in range(count)]
        cursor = 4 + 2 * count
        for number in range(int(fields[cursor])):
            symbol, target, pos, ends = fields[cursor + 1 + 4 * number : cursor + 5 + 4 * number]
            if symbol == "!" and pos in {letter, "s"} and ends != "0000":
                links.append((offset, int(ends[:2], 16), target, int(ends[2:], 16)))
    pairs = set()
    for offset, source, target, goal in links:
        left, right = words[offset][source - 1], words[target][goal - 1]
        if left.isalpha() and right.isalpha() and left != right:
            pairs.add((min(left, right), max(left, right)))
    return pairs


def main() -> None:
    """Compile the list and write it as `part<TAB>word<TAB>antonym`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--rejected", type=Path, default=Path(__file__).parent / "nli" / "antonyms_rejected.txt")
    parser.add_argument("--least", type=int, default=5, help="occurrences both words need")
    parser.add_argument("--every", action="store_true", help="all parts of speech, and nothing rejected")
    args = parser.parse_args()
    counts: Counter[str] = Counter()
    for article in read_articles(args.data):
        counts.update(_WORD.findall(article.text.lower()))
    rejected: set[tuple[str, str, str]] = set()
    if args.rejected.exists() and not args.every:
        rejected = {tuple(line.split()) for line in args.rejected.read_text().splitlines() if line.strip()}
    lines = []
    for part, letter in (("verb", "v"), ("adj", "a"), ("noun", "n"), ("adv", "r"))[: 4 if args.every else 2]:
        for left, right in sorted(read_antonyms(args.wordnet, part, letter)):
            if min(_frequency(counts, left, part), _frequency(counts, right, part)) < args.least:
                continue
            if (part, left, right) not in rejected:
                lines.append(f"{part}\t{left}\t{right}\n")
    args.output.write_text("".join(lines), encoding="utf-8")


def _frequency(counts: Counter[str], word: str, part: str) -> int:
    """Count a word with its regular verb forms, which is near enough for a threshold."""
    if part != "verb":
        return counts[word]
    stem = word.rstrip("e")
    return sum(counts[form] for form in {word, word + "s", stem + "ed", stem + "ing"})


if __name__ == "__main__":
    main()
