"""Assertions about claims, for tests of any kind: what fails shows scores, reasons and the deciding words."""
from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from consistency.errors import InputError
from consistency.gate.items import Item
from consistency.gate.outcome import ItemResult, result_of
from consistency.pair import Statement

if TYPE_CHECKING:
    from consistency.finding import Finding
    from consistency.pipeline import Models

_ABOUT = tuple(f"{side}_{name}" for side in ("a", "b") for name in ("source", "date", "speaker"))


def today() -> str:
    """The day by which excuses run out, as an ISO date (UTC)."""
    return datetime.now(UTC).date().isoformat()


class ClaimChecker:
    """Judges statements and articles with one set of models, loaded when first needed.

    Args:
        models: loaded models; None for those of the install and its configuration.

    Example:
        >>> checker = ClaimChecker()  # doctest: +SKIP
        >>> checker.assert_contradicts("The plan was approved.", "The plan was not approved.")  # doctest: +SKIP
    """

    def __init__(self, models: Models | None = None):
        self._models = models

    @property
    def models(self) -> Models:
        """The models."""
        if self._models is None:
            from pathlib import Path

            from consistency.options import read_options
            from consistency.pipeline import Models

            self._models = Models(read_options(Path.cwd(), {}))
        return self._models

    def judge(self, a: str, b: str, *expected: str, min_confidence: float | None = None, **about: str) -> ItemResult:
        """Two statements against each other, as an item of a claim set is judged.

        Args:
            a: one statement.
            b: the other.
            expected: relations that pass.
            min_confidence: least confidence of the relation.
            about: `a_source, a_date, a_speaker` and the same for b.

        Raises:
            InputError: an empty text, a date that cannot be read, or an unknown keyword.
        """
        from consistency.gate.judging import judge_items
        from consistency.load.dates import iso_date

        if unknown := sorted(set(about) - set(_ABOUT)):
            raise InputError(f"unknown {unknown[0]!r}", where="judge", how=f"known are {', '.join(_ABOUT)}")
        sides = []
        for name, text in (("a", a), ("b", b)):
            if not text.strip():
                raise InputError("the text is empty", where=name)
            date = about.get(f"{name}_date")
            if date is not None and iso_date(date) is None:
                raise InputError(f"{date!r} is no date that can be read in one way only", where=f"{name}_date")
            source, speaker = about.get(f"{name}_source"), about.get(f"{name}_speaker")
            sides.append(Statement(text, source, date and iso_date(date), speaker))
        item = Item(
            "pair", "given", "", 1, "pair", expected or ("none",), a=sides[0], b=sides[1], min_confidence=min_confidence
        )
        return result_of(item, judge_items([item], self.models)[item.key], today())

    def assert_agrees(self, a: str, b: str, *, min_confidence: float | None = None, **about: str) -> None:
        """Fails unless two statements agree; arguments as for `judge`."""
        __tracebackhide__ = True
        self._assert(self.judge(a, b, "agreement", min_confidence=min_confidence, **about))

    def assert_contradicts(self, a: str, b: str, *, min_confidence: float | None = None, **about: str) -> None:
        """Fails unless two statements contradict each other; arguments as for `judge`."""
        __tracebackhide__ = True
        self._assert(self.judge(a, b, "contradiction", min_confidence=min_confidence, **about))

    def assert_no_contradictions(self, articles: Any) -> None:
        """Fails when articles contradict each other, and lists where.

        Args:
            articles: as for `consistency.report`: paths, a DataFrame, or articles, dicts or texts.
        """
        __tracebackhide__ = True
        from consistency.api import report

        found = report(articles, models=self.models).of("contradiction")
        if found:
            count = "one contradiction" if len(found) == 1 else f"{len(found)} contradictions"
            raise AssertionError("\n".join([f"{count} between the articles", *map(_told, found)]))

    @staticmethod
    def _assert(result: ItemResult) -> None:
        __tracebackhide__ = True
        if not result.met:
            raise AssertionError(result.explain())


def _told(finding: Finding) -> str:
    """A finding with its deciding words and NLI scores."""
    lines = [finding.explain()]
    for side, spans in (("a", "a_spans"), ("b", "b_spans")):
        words = dict.fromkeys(span.text for reason in finding.reasons for span in getattr(reason, spans))
        if words:
            lines.append(f"  deciding in {side}: " + ", ".join(f"“{word}”" for word in words))
    for name, scores in (("a to b", finding.scores.a_to_b), ("b to a", finding.scores.b_to_a)):
        if scores is not None:
            lines.append(f"  NLI {name}: entailment {scores.entailment:.3f}, neutral {scores.neutral:.3f}, "
                         f"contradiction {scores.contradiction:.3f}")  # fmt: skip
    return "\n".join(lines)
