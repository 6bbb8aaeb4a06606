"""What is flagged on text that nobody changed."""

from __future__ import annotations

from collections.abc import Sequence

from measuring.judging import Run

RELATIONS = ("contradiction", "update", "uncertain")


def alarms(runs: Sequence[Run]) -> dict:
    """Findings of each relation per 1,000 source sentences.

    Conflicts between two named speakers are theirs, not the text's: they are counted apart, as `between_speakers`.
    """
    sentences = sum(made.sentences for made in runs)
    counted = {relation: 0 for relation in RELATIONS}
    speakers = 0
    for made in runs:
        for finding in made.report.items:
            if finding.relation not in counted:
                continue
            if finding.between == "speakers":
                speakers += 1
            else:
                counted[finding.relation] += 1

    def rate(n: int) -> float:
        return round(1000 * n / max(1, sentences), 2)

    return {
        "articles": sum(len(made.report.article_list) for made in runs),
        "sentences": sentences,
        "judged_pairs": sum(len(made.evidence) for made in runs),
        "findings": counted | {"between_speakers": speakers},
        "per_1000_sentences": {name: rate(n) for name, n in (counted | {"between_speakers": speakers}).items()},
    }
