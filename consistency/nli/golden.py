"""Golden pairs: what every NLI model must get right before its judgement is used.

They catch swapped labels, lost special tokens and broken weights, not weak models.
"""
from __future__ import annotations

GOLDEN: tuple[tuple[str, str, str], ...] = (
    ("A man is playing the guitar on a stage.", "A man is playing an instrument.", "entailment"),
    ("The committee approved the budget on Tuesday.", "The committee approved the budget.", "entailment"),
    ("The bridge was closed after the storm.", "The bridge was never closed.", "contradiction"),
    ("Nobody was hurt in the accident.", "Several people were hurt in the accident.", "contradiction"),
    ("The minister arrived in Geneva.", "The minister likes classical music.", "neutral"),
    ("A woman is reading a newspaper in a café.", "The woman is waiting for her sister.", "neutral"),
)
# A sound but weak model may miss one.
NEEDED = 5
