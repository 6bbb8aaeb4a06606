"""Word lists written as one string each, and one regular expression out of many words."""

from __future__ import annotations

import re
from collections.abc import Iterable


def words(text: str) -> frozenset[str]:
    """The words of a string."""
    return frozenset(text.split())


def either(forms: Iterable[str]) -> str:
    """A pattern for any of several forms, the longest first; a space in a form stands for white space or a hyphen."""
    return "|".join(re.escape(form).replace(r"\ ", r"[\s-]") for form in sorted(forms, key=len, reverse=True))
