"""Find where sources agree and where they contradict each other, claim by claim, with the exact words.

>>> import consistency
>>> result = consistency.compare("The council approved the plan.", "The council rejected the plan.")  # doctest: +SKIP
>>> result.relation  # doctest: +SKIP
'contradiction'
"""
from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# Name -> module. Imported on first use: `import consistency` loads no torch, spaCy or pandas.
_EXPORTS = {
    "Article": "article",
    "CheckResult": "gate.result",
    "Claim": "claim",
    "ConsistencyError": "errors",
    "Finding": "finding",
    "Options": "options",
    "Report": "results",
    "Store": "store",
    "Storyline": "finding",
    "Verification": "verification.result",
    "check": "gate.run",
    "claims": "api",
    "compare": "api",
    "compare_many": "api",
    "pairs": "api",
    "report": "api",
    "report_claims": "api",
    "verify": "verification.api",
    "verify_many": "verification.api",
}
__all__ = [
    "Article",
    "CheckResult",
    "Claim",
    "ConsistencyError",
    "Finding",
    "Options",
    "Report",
    "Store",
    "Storyline",
    "Verification",
    "__version__",
    "check",
    "claims",
    "compare",
    "compare_many",
    "pairs",
    "report",
    "report_claims",
    "verify",
    "verify_many",
]

if TYPE_CHECKING:
    from consistency.api import claims, compare, compare_many, pairs, report, report_claims
    from consistency.article import Article
    from consistency.claim import Claim
    from consistency.errors import ConsistencyError
    from consistency.finding import Finding, Storyline
    from consistency.gate.result import CheckResult
    from consistency.gate.run import check
    from consistency.options import Options
    from consistency.results import Report
    from consistency.store import Store
    from consistency.verification.api import verify, verify_many
    from consistency.verification.result import Verification


def __getattr__(name: str) -> Any:
    if name not in _EXPORTS:
        raise AttributeError(f"module 'consistency' has no attribute {name!r}")
    value = getattr(import_module(f"consistency.{_EXPORTS[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
