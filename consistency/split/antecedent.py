"""Whom or what a pronoun may mean."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Antecedent:
    """Someone or something named in the article.

    Attributes:
        name: the fullest name.
        start: where it stands in the source.
        end: its end there.
        gender: `m`, `f` or "" when the article does not tell.
        kind: `person`, `group` (plural) or `thing`.
    """

    name: str
    start: int
    end: int
    gender: str = ""
    kind: str = "person"


@dataclass(frozen=True, slots=True)
class Focus:
    """Whom the next sentence's pronouns may mean: the persons of the sentence before it, and its subject.

    `others` has the genders of its single persons without a name: with "a bystander" in it, no one is plain.
    """

    persons: tuple[Antecedent, ...] = ()
    subject: Antecedent | None = None
    speaker: Antecedent | None = None
    others: frozenset[str] = frozenset()
