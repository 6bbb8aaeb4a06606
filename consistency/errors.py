"""Errors that say what is wrong, where, and how to mend it."""
from __future__ import annotations


class ConsistencyError(Exception):
    """Wrong use, set-up or input: one line with what, where and how to mend it. The command line exits with 2.

    Args:
        what: what is wrong.
        where: the file, option, column or item, when there is one.
        how: what the user can do about it.
    """

    def __init__(self, what: str, *, where: str | None = None, how: str | None = None):
        self.what, self.where, self.how = what, where, how
        super().__init__(": ".join(part for part in (where, what) if part) + (f" ({how})" if how else ""))


class InputError(ConsistencyError):
    """An article, table or folder that cannot be read or used."""


class ModelError(ConsistencyError):
    """A parser, encoder or NLI model that is missing or not fit for its place."""


class MissingExtraError(ConsistencyError):
    """A feature whose optional packages are not installed.

    Args:
        feature: what was asked for.
        extra: the extra of this distribution that installs it.
    """

    def __init__(self, feature: str, extra: str):
        how = f"pip install 'fact-consistency[{extra}]'"
        super().__init__(f"{feature} needs packages that are not installed", how=how)
