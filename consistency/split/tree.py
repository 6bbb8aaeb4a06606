"""A sentence's dependency tree as plain lists that can be mended where the parser slips."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Span, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


class Tree:
    """One sentence. Indices count the tokens of the paragraph (`doc[i]`), so they need no translation.

    Attributes:
        tokens: the sentence's tokens without white space, in order.
        head: parent of each token by index; the root is its own parent.
        dep: relation of each token to its parent.
        root: index of the root.
    """

    def __init__(self, sentence: Span):
        self.doc = sentence.doc
        self.tokens: list[Token] = [token for token in sentence if not token.is_space]
        self.order = [token.i for token in self.tokens]
        self.head = {token.i: token.head.i for token in self.tokens}
        self.dep = {token.i: token.dep_ for token in self.tokens}
        self.tag = {token.i: token.tag_ for token in self.tokens}
        self.lemma = {token.i: token.lemma_.lower() for token in self.tokens}
        self.low = {token.i: token.lower_ for token in self.tokens}
        for i, head in self.head.items():  # white space as a parent: hang its children on the root
            if head not in self.head:
                self.head[i] = sentence.root.i if sentence.root.i in self.head else i
        self._settle()

    def _settle(self) -> None:
        self.kids: dict[int, list[int]] = {i: [] for i in self.order}
        roots = [i for i in self.order if self.head[i] == i]
        self.root = roots[0] if roots else (self.order[0] if self.order else -1)
        for i in roots[1:]:
            self.head[i] = self.root
        for i in self.order:
            if self.head[i] != i:
                self.kids[self.head[i]].append(i)

    def move(self, changes: dict[int, tuple[int, str]]) -> bool:
        """Gives tokens a new parent and relation; a token made its own parent becomes the root.

        Args:
            changes: for each token its new parent and relation.

        Returns:
            Whether it was done: changes that would hang a token under itself leave the tree as it was.
        """
        before = {i: (self.head[i], self.dep[i]) for i in changes}
        for i, (head, dep) in changes.items():
            self.head[i], self.dep[i] = head, dep
        done = all(self._reaches_root(i) for i in changes)
        if not done:
            for i, (head, dep) in before.items():
                self.head[i], self.dep[i] = head, dep
        self._settle()
        return done

    def _reaches_root(self, i: int) -> bool:
        for _ in self.order:
            if self.head[i] == i:
                return True
            i = self.head[i]
        return self.head[i] == i

    def subtree(self, top: int, without: Iterable[int] = ()) -> set[int]:
        """Indices under `top`, itself included, without what hangs under the tokens of `without`."""
        barred, found, todo = set(without), set(), [top]
        while todo:
            i = todo.pop()
            if i in found:
                continue
            found.add(i)
            todo.extend(kid for kid in self.kids[i] if kid not in barred)
        return found

    def kid(self, top: int, *deps: str) -> int | None:
        """The first child with one of these relations."""
        return next((i for i in self.kids[top] if self.dep[i] in deps), None)

    def all(self, top: int, *deps: str) -> list[int]:
        """All children with one of these relations."""
        return [i for i in self.kids[top] if self.dep[i] in deps]

    def subject(self, top: int) -> int | None:
        """The clause's own subject."""
        return next((i for i in self.kids[top] if self.dep[i] in SUBJECTS), None)

    def is_verb(self, i: int) -> bool:
        return self.doc[i].pos_ in {"VERB", "AUX"}

    def is_finite(self, i: int) -> bool:
        """A verb with tense of its own or through its auxiliaries."""
        return self.tag[i] in FINITE or any(self.tag[kid] in FINITE for kid in self.all(i, "aux", "auxpass"))

    def above(self, i: int) -> Iterable[int]:
        """Ancestors, nearest first."""
        while self.head[i] != i:
            i = self.head[i]
            yield i

    def __contains__(self, i: object) -> bool:
        return i in self.head
