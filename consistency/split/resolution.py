"""A clause's words with antecedents in the place of pronouns, surnames and roles, where one antecedent is plain."""

from __future__ import annotations

import re
from dataclasses import replace

from consistency.split.antecedent import Antecedent
from consistency.split.clauses import Clause
from consistency.split.names import TITLES
from consistency.split.paragraph import Paragraph
from consistency.split.pronouns import FIRST, POINTING, PRONOUNS, gender_told, is_empty_it
from consistency.split.references import References
from consistency.split.tree import Tree
from consistency.split.verbs import THIRD_PERSON, present
from consistency.split.wording import Word

SHORT = {"'s", "'d", "'ll"}
PREPOSITIONS = frozenset({"of", "for", "in", "at", "on", "from", "to", "with", "by", "about", "near", "outside"})
OWN_SELF = {"m": "himself", "f": "herself"}
# What "I", "me" and "my" become once the speaker is named in the claim.
AGAIN = {"m": {"i": "he", "me": "him", "my": "his"}, "f": {"i": "she", "me": "her", "my": "her"}}


def _is_named(found: Antecedent, words: list[Word]) -> bool:
    """Whether the surname stands in the claim already, perhaps not taken for a name by the parser."""
    surname = re.split(r"[\s-]", found.name)[-1]
    return found.kind == "person" and len(surname) > 2 and any(word.text == surname for word in words)


def _is_long(found: Antecedent) -> bool:
    """ "a commander in the army" takes no "'s"."""
    return found.kind != "thing" and bool(PREPOSITIONS & set(found.name.split()))


def _is_present(tree: Tree, verb: int) -> bool:
    """Whether a verb is in the present tense; the tagger takes some without a helper for infinitives."""
    if tree.tag[verb] != "VB" or tree.dep[verb] not in {"conj", "ROOT", "ccomp"}:
        return tree.tag[verb] == "VBP"
    helpers = [i for above in (verb, tree.head[verb]) for i in tree.all(above, "aux")]
    return not any(tree.tag[i] in {"MD", "TO"} or tree.low[i] in {"do", "did"} for i in helpers)


def _full_form(tree: Tree, item: int) -> str:
    """ "'s" written out: "has" before a participle that has an object of its own, else "is"; "'d" and "'ll" too."""
    verb = tree.head[item]
    if tree.low[item] != "'s":
        return "will" if tree.low[item] == "'ll" else "had" if tree.tag[verb] in {"VBN", "VBD"} else "would"
    perfect = tree.dep[item] == "aux" or tree.kid(verb, "dobj", "xcomp") is not None
    return "has" if tree.tag[verb] == "VBN" and perfect else "is"


def _subject_of(tree: Tree, verb: int) -> int | None:
    """The subject that a verb or an auxiliary agrees with: its own, or that of the verb that it is joined to."""
    above = tree.head[verb] if tree.dep[verb] in {"aux", "auxpass"} else verb
    while (subject := tree.subject(above)) is None and tree.dep[above] == "conj" and tree.head[above] != above:
        above = tree.head[above]
    return subject


class Resolver:
    """Puts antecedents into claims.

    Args:
        references: the article's names.
        source: the article's text, in which antecedents stand.
    """

    def __init__(self, references: References, source: str):
        self.references, self.source = references, source

    def words(
        self, at: Paragraph, tree: Tree, items: tuple[int | str, ...], clause: Clause, speaker: Antecedent | None
    ) -> tuple[list[Word], list[str]]:
        """The clause's words with antecedents in the place of plain pronouns, surnames and roles."""
        words: list[Word] = []
        unresolved: list[str] = []
        shown: set[str] = set()
        frame = clause.frames[0] if clause.frames else None
        opening = next((i for i in tree.order if at.doc[i].text[:1].isalnum()), -1)
        renamed: set[int] = set()  # each "I" that has become a name
        replaced: set[int] = set()  # pronouns that have become names
        is_own = any(isinstance(i, int) and tree.low[i] == "myself" for i in items)
        misread = speaker is not None and self._would_be_speaker(at, tree, items, speaker)
        unquoted: set[int] = set()  # quotations that are no longer verbatim
        for item in items:
            if isinstance(item, str):
                words.append(Word(item))
                continue
            token, low = at.doc[item], tree.low[item]
            quoted = any(start < item < end for start, end in at.quotes)
            found: Antecedent | None = None
            if at.field == "text":
                if low in PRONOUNS and tree.tag[item] in {"PRP", "PRP$"}:
                    found = self.references.pronoun(tree, item, at.offset, speaker, frame, quoted)
                    if low in FIRST and (misread or (is_own and found is not None and not found.gender)):
                        found = None  # nothing tells whether "myself" is himself or herself
                    if found is not None and tree.tag[item] == "PRP$" and _is_long(found):
                        found = None
                elif not quoted and token.ent_type_ == "PERSON":
                    found = self._longer_name(at, tree, item)
            if found is not None and low in PRONOUNS:
                if low not in FIRST and (
                    found.name in shown or _is_named(found, words)
                ):  # its antecedent is named in the claim already
                    words.append(self._inside(at.word(item), words))
                    continue
                unquoted |= {i for pair in at.quotes if pair[0] < item < pair[1] for i in pair}
                if found.name in shown:
                    opens = not any(word.text[:1].isalnum() for word in words)
                    words.extend(self._again(at.word(item), found, low, alone=len(shown) == 1, opens=opens))
                    renamed |= {item} if low == "i" else set()
                    continue
            if found is not None and words and words[-1].text.lower() in TITLES:
                words.pop()
            if found is not None and (low in PRONOUNS or found.name not in shown):
                here = (at.offset + token.idx, at.offset + token.idx + len(token))
                opens = not any(word.text[:1].isalnum() for word in words)
                owns = tree.tag[item] == "PRP$" and tree.tag[tree.head[item]] != "VBG"  # "showed her waving"
                named = self._antecedent_words(here, found, possessive=owns)
                if not opens and found.name[:1].islower():
                    named[0] = replace(named[0], text=named[0].text[:1].lower() + named[0].text[1:])
                words.extend(named)
                shown.add(found.name)
                replaced |= {item} if low in PRONOUNS else set()
                renamed |= {item} if low == "i" else set()
            elif low == "myself" and speaker is not None and speaker.name in shown and speaker.gender:
                words.append(replace(at.word(item), text=OWN_SELF[speaker.gender], start=-1, end=-1))
            elif item - 1 in replaced and low in SHORT and tree.tag[item] != "POS":  # "he's" would be "Hill's"
                words.append(replace(at.word(item), text=_full_form(tree, item), start=-1, end=-1))
            elif (_is_present(tree, item) or low in THIRD_PERSON) and _subject_of(tree, item) in renamed:
                verb = THIRD_PERSON.get(low) or present(tree.lemma[item], plural=False)
                words.append(replace(at.word(item), text=verb, start=-1, end=-1))
            else:
                word = at.word(item)
                if (
                    word.text.istitle()
                    and any(w.text[:1].isalnum() for w in words)
                    and (item == opening and tree.tag[item][:3] != "NNP" and low != "i")
                ):
                    word = replace(word, text=word.text.lower())  # it opened the sentence
                words.append(word)
                if self._is_open(tree, item, clause) and low not in unresolved:
                    unresolved.append(low)
                person = self.references.person(token, at.offset) if token.ent_type_ == "PERSON" else None
                if person is not None:
                    shown.add(person.name)
                elif speaker is not None and speaker.kind != "person" and speaker.end == words[-1].end:
                    shown.add(speaker.name)
        marks = {at.offset + at.doc[i].idx for i in unquoted if 0 <= i < len(at.doc)}
        return [word for word in words if word.start not in marks], unresolved

    def _would_be_speaker(self, at: Paragraph, tree: Tree, items: tuple[int | str, ...], speaker: Antecedent) -> bool:
        """ "I think he will win": named in place of "I", the speaker would be "he"."""
        return any(
            (gender := gender_told(tree.low[i]))
            and tree.low[i] not in {"himself", "herself"}
            and any(start < i < end for start, end in at.quotes)
            and self.references.fits(speaker, gender)
            for i in items
            if isinstance(i, int)
        )

    def _inside(self, word: Word, before: list[Word]) -> Word:
        """A pronoun that opened the sentence, behind other words."""
        opens = not any(other.text[:1].isalnum() for other in before)
        return word if opens or word.text == "I" else replace(word, text=word.text.lower())

    def _again(self, word: Word, found: Antecedent, low: str, *, alone: bool, opens: bool) -> list[Word]:
        """ "I", "me" or "my" of someone whom the claim has named: a pronoun where nobody else is named, else the
        surname."""
        if alone and found.gender:
            return [replace(word, text=AGAIN[found.gender][low], start=-1, end=-1)]
        surname = self._antecedent_words((word.start, word.end), found, possessive=low == "my")
        last = len(surname) - 1 - (low == "my")
        if found.kind != "person" or not (found.name[:1].isupper() and surname[last].text[:1].isupper()):
            last = 0  # "the student", "Hill's mother" are named whole again
        surname = surname[last:]
        surname[0] = replace(surname[0], own=(word.start, word.end))
        if not opens and found.name[:1].islower():
            surname[0] = replace(surname[0], text=surname[0].text[:1].lower() + surname[0].text[1:])
        return surname

    def _is_open(self, tree: Tree, i: int, clause: Clause) -> bool:
        """A word that points to something outside the claim."""
        low = tree.low[i]
        if low in POINTING:
            return tree.tag[i] == "DT" and not tree.kids[i] and tree.dep[i] in {"nsubj", "nsubjpass", "dobj", "pobj"}
        if low not in PRONOUNS or tree.tag[i] not in {"PRP", "PRP$"} or is_empty_it(tree, i):
            return False
        named = any(tree.tag[j][:2] == "NN" and j < i for j in clause.subject)
        return not (named and (tree.tag[i] == "PRP$" or low.endswith(("self", "selves"))))

    def _longer_name(self, at: Paragraph, tree: Tree, i: int) -> Antecedent | None:
        """The full name for a surname that stands alone."""
        near = [j for j in (i - 1, i + 1) if j in tree and tree.doc[j].ent_type_ == "PERSON" and tree.tag[j] != "POS"]
        if near and not all(tree.low[j] in TITLES for j in near):
            return None
        if (
            i - 1 in tree
            and tree.low[i - 1] not in TITLES
            and tree.tag[i - 1] in {"NNP", "NN"}
            and tree.head[i - 1] == i
        ):
            return None
        if tree.dep[i] in {"compound", "nmod"} and tree.doc[tree.head[i]].ent_type_ != "PERSON":
            return None  # "the Stone family": the surname is enough
        found = self.references.person(tree.doc[i], at.offset)
        return found if found is not None and found.name != tree.doc[i].text and " " in found.name else None

    def _antecedent_words(self, own: tuple[int, int], found: Antecedent, *, possessive: bool) -> list[Word]:
        made: list[Word] = []
        start = found.start
        for position, part in enumerate(self.source[found.start : found.end].split()):
            start = self.source.index(part, start)
            made.append(Word(part, start, start + len(part), True, own if not position else None))
            start += len(part)
        if possessive:
            made.append(Word("'s"))
        return made
