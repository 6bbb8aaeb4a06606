"""Is a text consistent with these sources? One direction: each claim of the text is looked for in the sources."""
from consistency.verification.result import Checked, Evidence, Unsupported, Verification

__all__ = ["Checked", "Evidence", "Unsupported", "Verification"]
