"""Fits the two logistic models of `consistency verify` and writes `consistency/verification/weights.json`.

    python scripts/fit_verify.py --data ../shared/data/verify [--nli FOLDER] [--limit 80]

Run it again whenever the NLI model changes. One model tells supported claims from others, the other tells claims that
the sources contradict from claims that they do not hold. The sets label whole texts: in an inconsistent text the claim
that the model itself finds least supported is taken for the wrong one, and the model is fitted again until that
settles (multiple-instance learning with the minimum, as the text's score is the minimum over its claims).

It reads one half of the documents only; `benchmarks/verify.py` measures on the other half. Printed figures are
cross-validated: folds are made by document over all sets, so that no document is on both sides.
"""
from __future__ import annotations

import argparse
import gzip
import json
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.metrics import balanced_accuracy_score, roc_auc_score

from consistency.article import Article
from consistency.nli import load_scorer
from consistency.options import Options
from consistency.pipeline import Models
from consistency.split import split
from consistency.verification.stage import Item, weigh

TARGET = Path(__file__).parent.parent / "consistency" / "verification" / "weights.json"
SETS = ("cliff", "qags_xsum", "summedits_half", "summeval_val", "wice_dev", "xsumfaith_val")
FOLDS, ROUNDS = 5, 8
# Strength of regularisation, on standardised signals, beside a loss that is a mean.
STRENGTH = 0.02
# Which way a signal may speak: for a supported claim, and for a contradicted one against one that is not found. Of the
# latter the sets tell by which set it is, too: only what has a meaning there may speak.
FOR = {
    "entailed": 1, "entailed_by_window": 1, "closeness": 1, "cosine": 1, "contradicted": -1,
    "contradicted_by_window": -1, "contradicted_by_closest": -1, "words_missing": -1, "words_elsewhere": -1,
    "figures_missing": -1, "figures_elsewhere": -1, "names_missing": -1, "figure_differs": -1, "date_differs": -1,
    "name_differs": -1, "negation_differs": -1, "antonym_differs": -1, "values_alone_differ": -1,
    "length": 0, "rest_entailed": 0,
}  # fmt: skip
AGAINST = {
    "contradicted": 1, "contradicted_by_window": 1, "contradicted_by_closest": 1, "figure_differs": 1,
    "date_differs": 1, "name_differs": 1, "negation_differs": 1, "antonym_differs": 1, "values_alone_differ": 1,
    "words_missing": -1, "words_elsewhere": -1, "names_missing": -1, "rest_entailed": -1,
}  # fmt: skip
# Edits of SummEdits after which the source says otherwise, and the one after which it says nothing.
OTHERWISE = {"antonym_swap", "negation_insertion_removal", "entity_modification"}
INSERTED = "hallucinated_fact_insertion"
# WiCE's claims are written from the web and looked for in a page: what the page does not support it does not hold.
UNHELD = "wice_dev"


@dataclass(frozen=True)
class Text:
    """One labelled text: its set, label, kinds of edit, fold, and one row of signals for each claim."""

    set: str
    consistent: bool
    kinds: tuple[str, ...]
    fold: int
    rows: np.ndarray


def key(row: dict) -> int:
    """A fixed pseudo-random order, so that a prefix is a sample."""
    return zlib.crc32(f"{row['document'][:200]}|{row['text']}".encode())


def fitted(row: dict) -> bool:
    """Whether a row is of the half of the documents that is fitted on."""
    return zlib.crc32(row["document"][:200].encode()) % 2 == 0


def read(data: Path, limit: int) -> list[dict]:
    """The first rows of each set in a fixed order, half of them consistent as far as there are enough.

    From SummEdits also the rows with one kind of edit alone, evenly over the kinds.
    """
    found = []
    for name in SETS:
        with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [{"set": name, "edit_types": [], **json.loads(line)} for line in lines]
        rows = sorted(filter(fitted, rows), key=key)
        taken = {id(row) for label in (True, False) for row in
                 [r for r in rows if r["consistent"] is label][: limit // 2]}
        for kind in sorted({*OTHERWISE, INSERTED}):
            taken |= {id(row) for row in [r for r in rows if r["edit_types"] == [kind]][: limit // 3]}
        found += [row for row in rows if id(row) in taken]
    return found


def texts(rows: list[dict], models: Models) -> tuple[list[Text], list[str]]:
    """Signals of every claim of every row.

    Returns:
        The texts that hold claims, and the names of the signals.
    """
    made = split([Article(id=str(at), text=row["text"]) for at, row in enumerate(rows)], models.get_parser())
    documents = {row["document"]: Article(id=f"d{at}", text=row["document"]) for at, row in enumerate(rows)}
    items = [
        Item(
            Article(id=str(at), text=row["text"]),
            tuple(claim for claim in made.claims if claim.article_id == str(at)),
            (documents[row["document"]],),
        )
        for at, row in enumerate(rows)
    ]
    weighed = iter(weigh(items, models, lambda stage, done, total: None))
    out, names = [], []
    for row, item in zip(rows, items, strict=True):
        signals = [next(weighed).signals for _ in item.claims]
        if not signals:
            continue
        names = sorted(signals[0])
        fold = zlib.crc32(row["document"][:200].encode()) // 2 % FOLDS
        values = np.array([[one[name] for name in names] for one in signals])
        out.append(Text(row["set"], row["consistent"], tuple(row["edit_types"]), fold, values))
    return out, names


class Logistic:
    """A regularised logistic model on standardised signals, with balanced classes, whose slopes keep given signs.

    Args:
        names: of the signals.
        signs: 1 or -1 for signals that may only speak for one side, which a small sample would otherwise turn round; 0
            for those that may speak for either. Signals without a sign are left out.
    """

    def __init__(self, names: list[str], signs: dict[str, int]):
        self.names = names
        allowed = {1: (0, None), -1: (None, 0), 0: (None, None), None: (0, 0)}
        self.bounds = [allowed[signs.get(name)] for name in names]

    def fit(self, rows: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> Logistic:
        """Fits; both classes weigh the same."""
        mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
        standard, sides = (rows - mean) / spread, 2 * labels - 1
        share = weights.copy()
        for label in (0, 1):
            share[labels == label] *= 0.5 / weights[labels == label].sum()

        def loss(terms: np.ndarray) -> tuple[float, np.ndarray]:
            margins = sides * (standard @ terms[:-1] + terms[-1])
            pull = -share * sides * expit(-margins)
            value = (share * np.logaddexp(0, -margins)).sum() + STRENGTH * (terms[:-1] ** 2).sum() / 2
            return value, np.append(standard.T @ pull + STRENGTH * terms[:-1], pull.sum())

        start = np.zeros(rows.shape[1] + 1)
        found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[*self.bounds, (None, None)]).x
        self.slopes = found[:-1] / spread
        self.bias = float(found[-1] - (self.slopes * mean).sum())
        return self

    def logits(self, rows: np.ndarray) -> np.ndarray:
        """Log-odds of rows."""
        return rows @ self.slopes + self.bias

    def terms(self) -> dict[str, float]:
        """Coefficients by signal, for raw values."""
        slopes = {n: round(float(slope), 4) for n, slope in zip(self.names, self.slopes, strict=True) if slope}
        return {"bias": round(self.bias, 4), **slopes}


def fit_supported(some: list[Text], names: list[str]) -> Logistic:
    """Supported claims against others, from labels of whole texts; every set weighs the same."""
    share = {name: 1 / sum(text.set == name for text in some) for name in {text.set for text in some}}
    model: Logistic | None = None
    for _ in range(ROUNDS):
        rows, labels, weights = [], [], []
        for text in some:
            chosen = text.rows
            if not text.consistent and model is not None:
                chosen = text.rows[[int(model.logits(text.rows).argmin())]]
            rows.append(chosen)
            labels += [int(text.consistent)] * len(chosen)
            weights += [share[text.set] / len(chosen)] * len(chosen)
        model = Logistic(names, FOR).fit(np.concatenate(rows), np.array(labels), np.array(weights))
    assert model is not None
    return model


def expected(text: Text) -> int | None:
    """1 where the source says otherwise, 0 where it says nothing, None where the set does not tell."""
    if text.consistent:
        return None
    if text.set == UNHELD or set(text.kinds) == {INSERTED}:
        return 0
    return 1 if text.kinds and set(text.kinds) <= OTHERWISE else None


def fit_contradicted(some: list[Text], supported: Logistic) -> Logistic:
    """Contradicted claims against those that are not found, on the least supported claim of each text."""
    told = [(text, label) for text in some if (label := expected(text)) is not None]
    rows = np.array([text.rows[int(supported.logits(text.rows).argmin())] for text, _ in told])
    return Logistic(supported.names, AGAINST).fit(rows, np.array([label for _, label in told]), np.ones(len(told)))


def cross_validated(some: list[Text], names: list[str]) -> dict:
    """ROC-AUC and balanced accuracy at 0.5 of each set, and of contradicted against not found, in percent."""
    score, against = np.zeros(len(some)), np.zeros(len(some))
    for fold in range(FOLDS):
        rest = [text for text in some if text.fold != fold]
        supported = fit_supported(rest, names)
        contradicted = fit_contradicted(rest, supported)
        for at, text in enumerate(some):
            if text.fold == fold:
                logits = supported.logits(text.rows)
                score[at] = logits.min()
                against[at] = contradicted.logits(text.rows[[int(logits.argmin())]])[0]
    out = {}
    for name in SETS:
        mine = np.array([text.set == name for text in some])
        gold = np.array([text.consistent for text in some])[mine]
        if len(set(gold)) == 2:
            out[name] = {
                "texts": int(mine.sum()),
                "roc_auc": round(100 * roc_auc_score(gold, score[mine]), 1),
                "balanced_accuracy": round(100 * balanced_accuracy_score(gold, score[mine] > 0), 1),
            }
    told = [(at, label) for at, text in enumerate(some) if (label := expected(text)) is not None]
    gold, guess = np.array([label for _, label in told]), against[[at for at, _ in told]]
    out["contradicted_or_not_found"] = {
        "texts": len(told),
        "roc_auc": round(100 * roc_auc_score(gold, guess), 1),
        "balanced_accuracy": round(100 * balanced_accuracy_score(gold, guess > 0), 1),
    }
    out["mean_roc_auc"] = round(float(np.mean([out[name]["roc_auc"] for name in SETS if name in out])), 1)
    return out


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with summedits_half.jsonl.gz and the others")
    parser.add_argument("--nli", help="NLI model, the bundled one by default")
    parser.add_argument("--limit", type=int, default=80, help="texts of each set")
    parser.add_argument("--output", type=Path, default=TARGET)
    given = parser.parse_args()
    begun = time.monotonic()
    models = Models(Options(nli=given.nli), scorer=load_scorer(given.nli))
    some, names = texts(read(given.data, given.limit), models)
    print(f"{len(some)} texts, {sum(len(text.rows) for text in some)} claims, {time.monotonic() - begun:.0f} s")
    figures = cross_validated(some, names)
    for name, values in figures.items():
        print(f"  {name}: {values}")
    supported = fit_supported(some, names)
    fitted = {
        "nli": {"name": models.get_scorer().name, "sha256": models.get_scorer().sha256},
        "texts": len(some),
        "cross_validated": figures,
        "supported": supported.terms(),
        "contradicted": fit_contradicted(some, supported).terms(),
    }
    given.output.write_text(json.dumps(fitted, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
