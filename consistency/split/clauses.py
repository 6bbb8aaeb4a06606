"""One sentence into clauses that each assert one thing, with the subject carried over where they share one.

The splitter walks the tree from its root. At each clause it decides which of its parts can stand alone without changing
what is said, takes those out (or copies them, where the rest needs them too) and visits each as a clause of its own:

- what is said, for a cue ("police said ..."): only the content is a claim, the cue becomes its attribution;
- coordinated clauses and verb phrases, not under a condition, a negation that governs both, "or", "nor";
- adverbial clauses that assert: "while ...", "although ..." are cut out; "after ...", "because ..." are copied;
- relative clauses and appositions set off by commas; participles set off by commas.

Everything else stays with its clause.
"""

from __future__ import annotations

from dataclasses import dataclass

from consistency.split import cues
from consistency.split.carrying import carried, clause_ahead, participle
from consistency.split.conditions import (
    is_bound,
    is_clause_alone,
    is_condition,
    is_past,
    lacks_main_verb,
    opens_condition,
)
from consistency.split.frames import Frame
from consistency.split.phrases import Part, noun_parts
from consistency.split.sentences import CLOSING, OPENING
from consistency.split.tree import FINITE, Tree

MARKS = {'"', *OPENING, *CLOSING}


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that stands alone.

    Attributes:
        head: index of its main verb (of the noun, for an apposition).
        words: indices of its words in their new order; strings are words that the wording adds.
        frames: who says it, nearest first.
        subject: indices of its subject's words.
    """

    head: int
    words: tuple[int | str, ...]
    frames: tuple[Frame, ...] = ()
    subject: tuple[int, ...] = ()


def split_clauses(tree: Tree, frames: dict[int, Frame], quotes: list[tuple[int, int]]) -> list[Clause]:
    """All clauses of a sentence that assert something, in the order of their heads in the text.

    Args:
        tree: the sentence.
        frames: its reported speech, from `find_frames`.
        quotes: the paragraph's quotations.
    """
    found: list[Clause] = []
    if tree.root >= 0:
        _Splitter(tree, frames, quotes, found).visit(Part(tree.root), ())
    return sorted(found, key=lambda clause: clause.head)


class _Splitter:
    def __init__(self, tree: Tree, frames: dict[int, Frame], quotes: list[tuple[int, int]], found: list[Clause]):
        self.tree, self.frames, self.quotes, self.found = tree, frames, quotes, found
        self.seen: set[int] = set()

    def visit(self, part: Part, voices: tuple[Frame, ...]) -> None:
        """Emits the clause under `part.head` and visits what is taken out of it."""
        if part.head in self.seen:
            return
        self.seen.add(part.head)
        tree, head = self.tree, part.head
        frame = self.frames.get(head)
        if frame is not None:
            beside = self._coordinated(head, part) + self._adverbial(head, part)
            # A denial or a wish is shown whole: its content alone would say the opposite, or what is not yet.
            if frame.stance == "denies" or tree.lemma[frame.verb] in cues.WISHING:
                words = tree.subtree(head, [p.head for p in beside if not p.copied])
                words -= set(tree.all(head, "cc"))
                self._emit(part, self._without_lone_commas(words), (frame, *voices))
                self.seen |= set(frame.heads)
            for said in frame.heads:
                self.visit(Part(said), (frame, *voices))
            for told in noun_parts(tree, self.quotes, {i for source in frame.sources for i in source}):
                self.visit(told, voices)  # "X, who led the inquiry, said ..."
            for other in beside:
                self.visit(other, self._voices_beside(frame, other, voices))
            return
        parts = self._coordinated(head, part) + self._adverbial(head, part)
        parts = [p for p in parts if not lacks_main_verb(tree, p.head)]  # "..., but his aides did": both stay
        barred = [p.head for p in parts if not p.copied]
        words = tree.subtree(head, barred)
        if head in tree.all(tree.head[head], "relcl", "appos") or part.carried or part.swaps:
            words = {i for i in words if not (i < head and tree.low[i] in {"and", "but"} and tree.head[i] != head)}
        nouns = noun_parts(tree, self.quotes, words - self._unasserted(words))
        words = tree.subtree(head, [*barred, *(p.head for p in nouns if not p.copied)])
        if {p.head for p in parts} >= set(tree.all(head, "conj")):
            gone = tree.subtree(head) - words
            words -= {i for i in tree.all(head, "cc") if i < head or i + 1 in gone or i + 1 not in tree}
        ordered = self._without_lone_commas(words)
        self._emit(part, ordered, voices)
        for frame_verb in [i for i in ordered if i in self.frames and i != head]:
            if self.frames[frame_verb].stance == "denies":
                continue
            self.visit(Part(frame_verb), voices)
        for other in parts + nouns:
            self.visit(other, voices[1:] if self._is_aside(head, other) else voices)

    def _unasserted(self, words: set[int]) -> set[int]:
        """Words of a condition, and of a question: what is told beside them stays with them."""
        tree = self.tree
        if any(token.text == "?" for token in tree.tokens[-3:]):
            return words
        return {j for i in words if is_condition(tree, i) for j in tree.subtree(i)}

    def _is_aside(self, head: int, other: Part) -> bool:
        """ "X said P, while the army put it at Q": what trails in contrast and has its own subject is not X's words."""
        tree = self.tree
        trails = tree.dep[other.head] == "advcl" and other.head > head and not other.copied
        if not trails or tree.subject(other.head) is None:
            return False
        return not any(start < head < end and start < other.head < end for start, end in self.quotes)

    # ---- emitting ---------------------------------------------------------------------------------------------------

    def _emit(self, part: Part, ordered: list[int], voices: tuple[Frame, ...]) -> None:
        tree = self.tree
        leading = {
            i
            for i in tree.all(part.head, "mark", "advmod")
            if i < part.head and part.head != tree.root and tree.low[i] in cues.CONTRASTS | cues.ASSERTED | {"that"}
        }
        if leading & set(tree.all(part.head, "mark")):  # "hours after", "just as"
            leading |= {i for i in ordered if i < min(leading)}
        if voices and ordered and tree.low[ordered[0]] == "that" and tree.tag[ordered[0]] == "IN":
            leading.add(ordered[0])

        if part.head not in tree.kids.get(tree.root, ()) and part.head != tree.root:
            leading |= {i for i in tree.all(part.head, "cc") if i == (ordered or [0])[0]}
        words: list[int | str] = []
        for i in ordered:
            if i in part.swaps:
                words.extend(part.swaps[i])
            elif i - 1 in part.swaps and part.swaps[i - 1] and tree.low[i] == "'s" and tree.tag[i] == "VBZ":
                words.append("has" if tree.lemma[i] == "have" or tree.tag[part.head] == "VBN" else "is")
            elif i not in leading:
                words.append(i)
        subject = tree.subject(part.head)
        subject_words = (
            tuple(sorted(tree.subtree(subject)))
            if subject is not None
            else tuple(w for w in part.carried if isinstance(w, int))
        )
        if (
            words
            and isinstance(words[0], int)
            and tree.low[words[0]] in cues.LINKING
            and tree.low.get(words[0] + 1) == ","
        ):
            words = words[2:]
        everything = self._without_outer_marks((*part.carried, *words, *part.tail))
        self.found.append(Clause(part.head, everything, voices, subject_words))

    def _without_outer_marks(self, words: tuple[int | str, ...]) -> tuple[int | str, ...]:
        """Without the marks of a quotation that holds all the words."""
        spoken = [i for i in words if isinstance(i, int) and self.tree.doc[i].text[:1].isalnum()]
        if not all(any(start < i < end for start, end in self.quotes) for i in spoken):
            return words
        outer = {i for pair in self.quotes for i in pair}
        return tuple(word for word in words if word not in outer)

    def _without_lone_commas(self, words: set[int]) -> list[int]:
        """In order, with both marks of each quotation, without commas that set off what was taken out of the middle."""
        tree = self.tree
        between = {i for i in tree.order if tree.low[i] == "," and i - 1 in words and i + 1 in words}
        ordered = sorted(self._with_marks(words | between))
        kept: list[int] = []
        for position, i in enumerate(ordered):
            if self.tree.low[i] in {",", "—", "–", "--"} and position:
                after = next((j for j in ordered[position + 1 :] if self.tree.doc[j].text not in {",", *MARKS}), None)
                if after is not None and self._is_cut(i, after) and not self._keeps_comma(i, after):
                    continue
                before = ordered[position - 1]
                if self._is_cut(before, i) and (after is None or not self._opens_sentence(i, after)):
                    continue
            kept.append(i)
        return kept

    def _is_cut(self, start: int, end: int) -> bool:
        """Whether words, not only marks, were taken out between two tokens."""
        return any(j in self.tree and self.tree.doc[j].text not in MARKS for j in range(start + 1, end))

    def _with_marks(self, words: set[int]) -> set[int]:
        for pair in self.quotes:
            marks = {i for i in pair if i in self.tree}
            words = words | marks if any(pair[0] < i < pair[1] for i in words) else words - marks
        return words

    def _keeps_comma(self, comma: int, after: int) -> bool:
        """ "After all, he said, you lose": one comma stays, unless it would part a subject from its verb."""
        if not any(i in self.frames for i in range(comma + 1, after)):
            return False
        verb = (
            next((i for i in self.tree.above(comma - 1) if self.tree.is_verb(i)), None)
            if comma - 1 in self.tree
            else None
        )
        subject = self.tree.subject(verb) if verb is not None else None
        return subject is None or comma - 1 not in self.tree.subtree(subject)

    def _opens_sentence(self, comma: int, after: int) -> bool:
        """ "As for the watch, although it was shown, the firm ...": the comma between a phrase and the subject."""
        verb = next((i for i in self.tree.above(after) if self.tree.is_finite(i)), None)
        subject = self.tree.subject(verb) if verb is not None else None
        if subject is None or not comma < after <= subject:
            return False
        return after == min(self.tree.subtree(subject))

    # ---- what can stand alone ---------------------------------------------------------------------------------------

    def _voices_beside(self, frame: Frame, other: Part, voices: tuple[Frame, ...]) -> tuple[Frame, ...]:
        """A clause coordinated with the cue belongs to the same voice if it only goes on with what was said."""
        tree = self.tree
        linkers = {tree.low[i] for i in tree.all(frame.verb, "cc") if frame.verb < i < other.head}
        goes_on = (
            tree.dep[other.head] == "conj"
            and "but" not in linkers  # "said P, but this week she ...": the outlet sets it against P
            and not any(frame.verb < i < other.head for i in tree.all(frame.verb, "conj"))
            and other.head not in self.frames
            and tree.subject(other.head) is not None
            and all(said < other.head and said > frame.verb for said in frame.heads)
        )
        return (frame, *voices) if goes_on else voices

    def _is_conditional(self, head: int) -> bool:
        """A condition governs the clause: cutting it would drop the condition."""
        return any(is_condition(self.tree, kid) for kid in self.tree.kids[head])

    def _coordinated(self, head: int, part: Part) -> list[Part]:
        tree = self.tree
        conjuncts = tree.all(head, "conj")
        linkers = {tree.low[i] for i in tree.all(head, "cc", "preconj")}
        parts = []
        if not linkers & {"or", "nor", "either", "neither", "rather", "than", "not"} and not self._is_conditional(head):
            for other in conjuncts:
                if is_bound(tree, head, other):
                    continue
                words, ahead = carried(tree, self.quotes, head, other, part), clause_ahead(tree, head, other)
                if words is not None and ahead:
                    parts.append(Part(other, (*ahead, ",", *words), swaps=dict.fromkeys(ahead, ())))
                elif words is not None and ahead is not None:
                    parts.append(Part(other, words))
        for other in tree.kids[head]:  # "The first is dead; the second is hurt": the parser makes one a ccomp
            frame = self.frames.get(head)
            joined = tree.dep[other] in {"ccomp", "parataxis"} and (frame is None or other not in frame.heads)
            joined = joined and not any(a < other < b and not a < head < b for a, b in self.quotes)
            joined = joined and not opens_condition(tree, other)  # "In the event they fail, ..."
            if joined and tree.is_finite(other) and tree.subject(other) is not None and tree.subject(head) is not None:
                between = (
                    range(max(tree.subtree(other)) + 1, head) if other < head else range(head, min(tree.subtree(other)))
                )
                marks = {";", "—"} if tree.lemma[head] in cues.SPEECH else {";", ",", "—", "("}
                if (other < head and any(tree.low[i] in marks for i in between if i in tree)) or (
                    tree.dep[other] == "parataxis" and any(tree.low[i] in {";", "—"} for i in between if i in tree)
                ):
                    parts.append(Part(other))
        return parts

    def _adverbial(self, head: int, part: Part) -> list[Part]:
        tree, parts = self.tree, []
        for kid in tree.all(head, "advcl"):
            mark = next((tree.low[i] for i in tree.all(kid, "mark", "advmod") if i < kid), "")
            finite = tree.is_finite(kid) and tree.subject(kid) is not None
            if mark == "while" and self._is_meanwhile(head, kid):
                continue
            if (kid in self.frames and not mark and not finite) or (finite and mark in cues.CONTRASTS):
                parts.append(Part(kid))
            elif finite and mark in cues.ASSERTED and self._asserts(head, kid, mark):
                parts.append(Part(kid, copied=True))
            elif not mark and not finite and head not in self.frames:
                parts.extend(participle(tree, self.quotes, head, kid, part))
        return parts

    def _is_meanwhile(self, head: int, kid: int) -> bool:
        """ "will stay shut while repairs go on": a time that is still to come, or that a denial needs."""
        tree = self.tree
        first = min(tree.subtree(kid))
        if first < head or tree.low.get(first - 1) == ",":
            return False
        return tree.kid(head, "neg") is not None or any(tree.tag[i] == "MD" for i in tree.all(head, "aux"))

    def _asserts(self, head: int, kid: int, mark: str) -> bool:
        """A clause of time or cause that is told as a fact."""
        tree = self.tree
        if tree.kid(head, "neg") is not None and mark in {"because", "since", "as"}:
            return False
        if any(tree.tag[i] == "MD" for i in tree.all(kid, "aux")) or self._is_conditional(head):
            return False
        if mark in {"after", "when"}:  # "can proceed after the office reopens": what is to come is a condition
            if any(tree.tag[i] == "MD" for i in tree.all(head, "aux")):
                return False
            return is_past(tree, kid)
        return mark != "as" or (min(tree.subtree(kid)) - 1 in tree and tree.low[min(tree.subtree(kid)) - 1] == ",")


def is_statement(tree: Tree, clause: Clause) -> bool:
    """Whether a clause has a verb with tense: without one it is a fragment."""
    subject = tree.subject(clause.head)
    if subject is not None and subject in clause.words and tree.dep[subject] in {"nsubj", "nsubjpass"}:
        below = [j for i in tree.all(subject, "prep") for j in tree.all(i, "pobj")]
        if any(tree.tag[i] in {"WP", "WDT"} for i in (subject, *below)):
            return False  # "A climber who saw him fall": a relative clause whose noun has no verb
    first = next((i for i in clause.words if isinstance(i, str) or tree.doc[i].is_alpha), None)
    if isinstance(first, int) and tree.tag[first] in FINITE and not clause.subject:
        return False  # "Would be on the table": the parser lost the subject
    if lacks_main_verb(tree, clause.head):
        return False  # "I really don't", "They had not", "They did so"
    if is_clause_alone(tree, clause.head):
        return False
    if any(isinstance(word, str) for word in clause.words) or tree.is_finite(clause.head):
        return True
    carried = {i for i in clause.words if isinstance(i, int)} - tree.subtree(clause.head)
    if any(tree.tag[i] in FINITE for i in carried):
        return True
    return any(tree.is_finite(i) and tree.dep[i] in {"conj", "dep", "parataxis", "cop"} for i in tree.kids[clause.head])
