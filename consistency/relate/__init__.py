"""From scored pairs to findings: alignment, value rules, a judged relation, and the reasons for it."""
from consistency.relate.findings import Judged, judge_pairs, merge

__all__ = ["Judged", "judge_pairs", "merge"]
