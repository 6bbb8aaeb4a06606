"""The model card: written from the configuration and from measured figures, so that none is typed by hand."""
from __future__ import annotations

import json
from pathlib import Path

LICENCES = {
    "lingnli": "none stated", "wanli_subset_from_disco": "MIT, CC BY-SA", "disco.original_seed_pairs": "MIT, CC BY-SA",
    "disco.counterfactual_filtered": "MIT, CC BY-SA", "mnli_3k_lingnli_test": "none stated",
    "mnli_taxinli_2k": "C-UDA", "cad_snli": "Apache-2.0", "fever_nli": "none stated",
    "fever_nli_neutral_constructed": "none stated", "infotabs": "Apache-2.0", "conjnli_adv": "MIT",
    "cannot.negated_pairs": "CC BY-SA", "semantoneg": "CC BY-SA", "help.and_or_only": "CC BY-SA",
    "med": "none stated",
}  # fmt: skip
CURRICULUM = "MIT"


def card(config: dict, settings: dict, figures: dict, curve: list[dict]) -> str:
    """The text of the card.

    Args:
        config: the training configuration.
        settings: what stands in `consistency.json`.
        figures: this model's part of `benchmarks/results/nli.json`.
        curve: rows of the run's log that hold dev figures.
    """
    mix = {name: (config["stable"].get(name, 0), config["decay"].get(name, 0))
           for name in dict.fromkeys([*config["stable"], *config["decay"]])}  # fmt: skip
    rows = "\n".join(
        f"| {name.split('/')[-1]} | {a or '-'} | {b or '-'} | {_licence(name)} |" for name, (a, b) in mix.items()
    )
    sets = "\n".join(
        f"| {name} | {row['pairs']} | {row['accuracy']} | {row['macro_f1']} | "
        f"{row.get('contradiction_precision', '-')} | {row.get('contradiction_recall', '-')} |"
        for name, row in figures["sets"].items()
    )
    sided = "\n".join(
        f"| {name} | {row['accuracy']} | {row['hypothesis_only_accuracy']} | {row['premise_only_accuracy']} | "
        f"{row['majority']} |"
        for name, row in figures["sets"].items()
        if "majority" in row
    )
    learned = "\n".join(
        f"| {row['pairs']} | {row['stage']} | " + ", ".join(f"{k} {v}" for k, v in row["dev"].items()) + " |"
        for row in curve
    )
    risk = ", ".join(f"{share} {error} %" for share, error in figures["calibration"]["error_at_coverage"].items())
    return f"""# {settings["name"]}

A three-label NLI model (entailment, neutral, contradiction, by name) that judges pairs of news claims. Fine-tuned from
all-mpnet-base-v2 (sentence-transformers, Apache-2.0; 109M parameters) by `scripts/train_nli.py` with
`scripts/nli/base.toml`. Trained on one processor core for {settings["training_seconds"] / 3600:.1f} hours over
{settings["trained_pairs"]:,} pairs, each seen once; its learning curve had not flattened.

Format: int8 by row with a float scale, everything else in half precision, dequantised at load. Seed {settings["seed"]}.
Temperature {settings["temperature"]}. Premise first, hypothesis second; at most {settings["max_tokens"]} tokens.

## Recipe
Embeddings and the lowest {config["frozen_layers"]} layers frozen, batch {config["batch_size"]},
learning rate {config["schedule"]["learning_rate"]} (constant, then linear to zero), bfloat16 with float32 masters,
dropout {config["dropout"]}, {config["max_tokens"]} tokens. Two-way labels (`not_entailment`, `not_contradiction`)
enter through the loss: the logarithm of the sum of the allowed classes. Pairs that share a long text with any dev set
were left out, in any tokenisation. The constant part was ended before its data was read through.

`news_pairs` are made by `scripts/build_news_pairs.py` from the training split of news articles: similar sentences of
one article (not contradictory), similar sentences about different events, minimal edits with their unchanged twins,
claims against their own sentences, speaker frames kept and dropped. Antonyms come from WordNet.

## Data and its licences
They are told apart from the licence of the code. "None stated" means that the repository names no licence.

| data | constant part, at most | decay | licence stated |
|---|---|---|---|
{rows}

## Figures
`benchmarks/nli.py`, first {max(row["pairs"] for row in figures["sets"].values())} pairs of each dev set in a fixed
pseudo-random order, {figures["backend"]}, {figures["pairs_per_second"]} pairs a second on one core of a busy machine.
Accuracy and macro-F1 over the labels that a set has, in percent.

| set | pairs | accuracy | macro-F1 | contradiction precision | contradiction recall |
|---|---|---|---|---|---|
{sets}

What one side alone tells (at most 300 pairs each): artefacts of the sets, and how far the model leans on them.

| set | both sides | hypothesis only | premise only | largest class |
|---|---|---|---|---|
{sided}

Calibration on {figures["calibration"]["pairs"]} pairs that neither training nor the temperature saw: expected
calibration error {figures["calibration"]["ece"]} %. Error among the most confident share of answers: {risk}.

Learning curve (accuracy on samples of 240):

| pairs seen | stage | dev |
|---|---|---|
{learned}

## Known weaknesses
Neutral pairs about one scene are too often called contradictory (SNLI: contradiction precision and recall above).
Figures, comparisons and counting over long lists; long premises; adversarial sets (ANLI) are near chance. English only.
An NLI model judges wording, not truth. It knows neither dates of publication nor who speaks: the stages around it do.
"""


def _licence(name: str) -> str:
    stem = name.split("/")[-1]
    if stem == "news_pairs":
        return "made from news articles by this project's scripts"
    return LICENCES.get(stem, CURRICULUM if stem.startswith("curriculum") else "none stated")


def write_card(config: dict, work: Path, output: Path, results: Path) -> None:
    """Writes `README.md` into the bundled folder.

    Args:
        config: the training configuration.
        work: the run's folder, for its log.
        output: the bundled folder.
        results: `benchmarks/results/nli.json`.
    """
    settings = json.loads((output / "consistency.json").read_text())
    figures = json.loads(results.read_text())["models"][settings["name"]]
    curve = [row for line in (work / "log.jsonl").read_text().splitlines() if "dev" in (row := json.loads(line))]
    (output / "README.md").write_text(card(config, settings, figures, curve), encoding="utf-8")
