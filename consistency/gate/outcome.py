"""What judging an item gave, and whether that is what was expected."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consistency.gate.items import Item

Status = Literal["passed", "failed", "xfailed", "xpassed"]
# Of several findings between two statements the first of these is what the statements are to each other: what a
# reader must not miss comes first, and no agreement hides a conflict.
STRONGEST = ("contradiction", "update", "uncertain", "agreement", "none")


@dataclass(frozen=True, slots=True)
class Why:
    """A reason of the deciding finding: its kind, one plain sentence, and the deciding words on both sides."""

    kind: str
    note: str
    a_words: tuple[str, ...] = ()
    b_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """Numbers behind a judgement, rounded to three decimals; what drifts before a relation changes.

    Attributes:
        confidence: of the relation that was found, 0 for none.
        conflict: highest confidence of any conflict (contradiction, update, uncertain), shown or not.
        agreement: highest confidence of any agreement, shown or not.
        p_contradiction: highest NLI probability of contradiction, of any pair of claims, either direction.
        p_entailment: highest NLI probability of entailment.
    """

    confidence: float = 0.0
    conflict: float = 0.0
    agreement: float = 0.0
    p_contradiction: float = 0.0
    p_entailment: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an item was judged to be.

    Attributes:
        got: the relation or verdict found; for articles one for each expectation.
        met: for each of them, whether it is as expected.
        scores: numbers behind it.
        why: reasons, strongest first.
        notes: what a reader should know of how it was judged.
    """

    got: tuple[str, ...]
    met: tuple[bool, ...]
    scores: Scores = Scores()
    why: tuple[Why, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemResult:
    """An item with its outcome.

    Attributes:
        item: what was judged.
        outcome: what came of it.
        status: `passed`, `failed`, `xfailed` (failed, and excused) or `xpassed` (passed, though excused).
    """

    item: Item
    outcome: Outcome
    status: Status

    @property
    def met(self) -> bool:
        """Whether all is as expected, excused or not."""
        return all(self.outcome.met)

    @property
    def got(self) -> str:
        """What was found, in one string."""
        return ", ".join(self.outcome.got)

    def explain(self) -> str:
        """The item, what was expected, what was found and why, several lines."""
        item, outcome = self.item, self.outcome
        lines = [f"{item.where}: {item.key}: {self.status}"]
        for expected, got, met in zip(item.expectations, outcome.got, outcome.met, strict=True):
            lines.append(f"  {'met' if met else 'NOT MET'}: expected {expected}; found {got}")
        if item.min_confidence is not None:
            lines.append(f"  at least {item.min_confidence:.3f} confident")
        for name, side in (("a", item.a), ("b", item.b)):
            if side is not None:
                about = ", ".join(part for part in (side.speaker, side.source, side.date) if part)
                lines.append(f"  {name}: {side.text}" + (f" [{about}]" if about else ""))
        if item.text:
            lines.append(f"  text: {item.text}")
        for why in outcome.why:
            words = " / ".join(", ".join(f"“{w}”" for w in side) for side in (why.a_words, why.b_words) if side)
            lines.append(f"  {why.kind}: {why.note}" + (f" [{words}]" if words else ""))
        if item.kind == "pair":
            s = outcome.scores
            lines.append(
                f"  confidence {s.confidence:.3f}; conflict {s.conflict:.3f}, agreement {s.agreement:.3f}; "
                f"NLI contradiction {s.p_contradiction:.3f}, entailment {s.p_entailment:.3f}"
            )
        lines.extend(f"  note: {note}" for note in (*outcome.notes, *([item.note] if item.note else [])))
        if item.xfail is not None:
            until = f" until {item.xfail.until}" if item.xfail.until else ""
            lines.append(f"  excused{until}: {item.xfail.reason}")
        return "\n".join(lines)


def result_of(item: Item, outcome: Outcome, today: str) -> ItemResult:
    """Puts an outcome beside its item.

    Args:
        item: the item.
        outcome: what came of it.
        today: ISO date; an excuse may have run out.
    """
    excused = item.xfail is not None and item.xfail.excuses(today)
    met = all(outcome.met)
    status: Status = ("xpassed" if met else "xfailed") if excused else ("passed" if met else "failed")
    return ItemResult(item, outcome, status)
