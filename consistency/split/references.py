"""Who is meant: surnames, roles and pronouns resolved within one article where one antecedent is plain.

Precision first. A word is resolved only if the article gives one candidate that fits; everything else stays as it
is and is listed as unresolved. Sentences must be shown in reading order, since a pronoun looks back.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from consistency.split.antecedent import Antecedent, Focus
from consistency.split.frames import Frame
from consistency.split.names import HUMAN, TITLES, entity_of, gender_of, gender_of_noun, name_words, roles
from consistency.split.pronouns import (
    FIRST,
    HE,
    PLURAL,
    SHE,
    THING,
    gender_told,
    is_empty_it,
    is_possessive,
    rival_nouns,
    same_pronoun_above,
)
from consistency.split.tree import Tree

# What no name has: "#EndTheWar".
MIXED = re.compile(r"[#@_\d]|(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLa)(?<!\bLe)(?<!\bDi)(?<=[a-z])[A-Z]")


class References:
    """The names of one article, and what its pronouns may mean at the sentence last shown.

    Args:
        paragraphs: each parsed paragraph with its offset in the source.
    """

    def __init__(self, paragraphs: Iterable[tuple[Doc, int]]):
        self.by_surname: dict[str, dict[str, Antecedent]] = defaultdict(dict)
        self._seen: Counter[str] = Counter()
        self.by_role: dict[str, dict[str, Antecedent]] = defaultdict(dict)
        self._called: dict[str, str] = {}  # genders that pronouns told
        self.focus = Focus()
        for doc, offset in paragraphs:
            for entity in doc.ents:
                if entity.label_ == "PERSON":
                    self._learn(entity, offset)
        self._join_names()

    def _join_names(self) -> None:
        """ "Panthers Reggie Bush" is "Reggie Bush": a word before a known full name belongs to what stands before."""
        for known in self.by_surname.values():
            for name in sorted(known, key=len, reverse=True):
                shorter = [o for o in known if name.endswith(f" {o}") and self._seen[o] > self._seen[name]]
                if shorter:
                    longer, short = known.pop(name), known[max(shorter, key=len)]
                    if longer.gender and not short.gender:
                        known[short.name] = replace(short, gender=longer.gender)
        for holders in self.by_role.values():
            for name in list(holders):
                known_as = next(
                    (o for k in self.by_surname.values() for o in k.values() if name.endswith(f" {o.name}")), None
                )
                if known_as is not None and known_as.name != name:
                    del holders[name]
                    holders[known_as.name] = known_as

    def _learn(self, entity: TokenSpan, offset: int) -> None:
        words = name_words(entity)
        if len(words) < 2 or not all(word.text[:1].isupper() for word in (words[0], words[-1])):
            return
        name = " ".join(word.text for word in words)
        self._seen[name] += 1
        known = self.by_surname[words[-1].text].get(name)
        gender = gender_of(words[0], entity)
        if known is None or (gender and not known.gender):
            start = offset + words[0].idx if known is None else known.start
            end = offset + words[-1].idx + len(words[-1]) if known is None else known.end
            known = Antecedent(name, start, end, gender)
            self.by_surname[words[-1].text][name] = known
        for role in roles(entity):
            self.by_role[role][name] = known

    # ---- naming -----------------------------------------------------------------------------------------------------

    def person(self, token: Token, offset: int) -> Antecedent | None:
        """The person that a token belongs to the name of."""
        entity = entity_of(token)
        if entity is None:
            known = self.by_surname.get(token.text, {}) if token.tag_ == "NNP" and token.dep_ != "compound" else {}
            alone = token.i == 0 or token.nbor(-1).tag_ not in {"NNP", "NN"} or token.nbor(-1).lower_ in TITLES
            return next(iter(known.values())) if len(known) == 1 and alone else None
        words = name_words(entity)
        if not words or token.i not in {word.i for word in words}:
            return None
        here = Antecedent(
            " ".join(word.text for word in words),
            offset + words[0].idx,
            offset + words[-1].idx + len(words[-1]),
            gender_of(words[0], entity),
        )
        known = self.by_surname.get(words[-1].text, {})
        if len(words) > 1:
            return known.get(here.name, here)
        if len(known) == 1:
            return next(iter(known.values()))
        return here if not known and not MIXED.search(here.name) else None

    def is_known(self, token: Token) -> bool:
        """Whether a name has a second word here, or elsewhere in the article."""
        entity = entity_of(token)
        return bool(self.by_surname.get(token.text)) or (entity is not None and len(name_words(entity)) > 1)

    def role(self, tree: Tree, noun: int) -> Antecedent | None:
        """The one person in the article who is "the envoy"."""
        known = self.by_role.get(tree.lemma[noun], {})
        if len(known) != 1 or tree.tag[noun] != "NN":
            return None
        below = tree.kids[noun]
        if any(tree.dep[i] not in {"det", "compound", "amod", "nmod", "punct", "case", "poss"} for i in below):
            return None
        if not any(tree.low[i] == "the" for i in below) or any(tree.dep[i] == "poss" for i in below):
            return None
        return next(iter(known.values()))

    def antecedent(self, tree: Tree, top: int, offset: int) -> Antecedent | None:
        """Who or what a noun phrase names: a person, a role, or the thing itself."""
        token = tree.doc[top]
        person = self.person(token, offset)
        if person is not None or token.ent_type_ == "PERSON":
            return person
        found = self.role(tree, top)
        if found is not None:
            return found
        if tree.tag[top][:2] != "NN":
            return None
        clauses = [
            i for i in tree.kids[top] if tree.dep[i] in {"relcl", "acl", "appos", "punct", "conj", "cc"} and i > top
        ]
        words = sorted(tree.subtree(top, clauses))
        if clauses:
            words = [i for i in words if i < min(min(tree.subtree(i)) for i in clauses)]
        if not words:  # a clause that the parser hangs on the noun begins before it
            return None
        if words != list(range(words[0], words[-1] + 1)) or words[-1] < top or len(words) > 10:
            return None
        if any(tree.tag[i] == "PRP$" and tree.low[i] not in {"our", "my"} for i in words):
            return None  # "his wife" stands for nobody outside her sentence
        start, end = tree.doc[words[0]].idx, tree.doc[words[-1]].idx + len(tree.doc[words[-1]])
        firm = tree.tag[top] == "NNPS" and token.ent_type_ != "NORP" and tree.kid(top, "det") is None
        several = tree.tag[top] in {"NNS", "NNPS"} and not firm
        kind = "group" if several else "person" if tree.lemma[top] in HUMAN else "thing"
        name = tree.doc.text[start:end]
        if tree.tag[words[0]] in {"DT", "PRP$"}:  # "The company" at the head of a sentence
            name = name[:1].lower() + name[1:]
        gender = gender_of_noun(tree.lemma[top]) if kind == "person" else ""
        return Antecedent(name, offset + start, offset + end, gender, kind)

    # ---- pronouns ---------------------------------------------------------------------------------------------------

    def pronoun(
        self, tree: Tree, i: int, offset: int, speaker: Antecedent | None, frame: Frame | None, quoted: bool
    ) -> Antecedent | None:
        """What a pronoun means, None if that is not plain.

        Args:
            tree: its sentence.
            i: its index.
            offset: where the paragraph stands in the source.
            speaker: who says the clause that it stands in.
            frame: the words that attribute the clause to that speaker, when they stand in this sentence.
            quoted: it stands between quotation marks.
        """
        word = tree.low[i]
        content = frame.content if frame is not None else frozenset()
        if word in FIRST:
            return speaker if quoted and speaker is not None and speaker.kind == "person" else None
        if word in {"himself", "herself"}:
            return None  # its antecedent stands in the same clause
        if word in HE | SHE:
            if quoted:
                return None
            return self._noted(self._he_or_she(tree, i, offset, speaker, frame, gender_told(word)), word)
        if quoted:
            return None
        near = self._subject_above(tree, i, offset) if word in PLURAL | THING else None
        if near is not None or speaker is None:
            return near
        if (word in PLURAL and speaker.kind == "group") or (word in THING and speaker.kind == "thing"):
            rivals = [
                j
                for j in tree.order
                if j in content and j < i and tree.tag[j][:2] == "NN" and (tree.tag[j][-1] == "S") == (word in PLURAL)
            ]
            follows = frame is not None and bool(frame.sources) and frame.sources[0][0] > i
            return None if rivals or follows or is_empty_it(tree, i) else speaker
        return None

    def _subject_above(self, tree: Tree, i: int, offset: int) -> Antecedent | None:
        """ "The ship sank after it hit a reef": the subject of the clause above, if no other noun comes between."""
        verb = tree.head[i]
        if tree.dep[i] not in {"nsubj", "nsubjpass"} or tree.dep[verb] != "advcl" or is_empty_it(tree, i):
            return None
        subject = tree.subject(tree.head[verb])
        if subject is None or subject > i or tree.tag[subject][:2] != "NN":
            return None
        plural = tree.low[i] in PLURAL
        tags = {"NNS", "NNPS"} if plural else {"NN", "NNP"}
        rivals = [
            j
            for j in tree.order
            if j < i and j != subject and tree.tag[j] in tags and tree.dep[j] not in {"compound", "nmod", "amod"}
        ]
        found = self.antecedent(tree, subject, offset)
        if rivals or found is None or found.kind != ("group" if plural else "thing"):
            return None
        return found

    def pronoun_of_speaker(self, tree: Tree, i: int, offset: int, frame: Frame) -> Antecedent | None:
        """Whom "he" in "he said" means: whoever spoke last, if there is one who fits; no one named in what is said."""
        word = tree.low[i]
        if word not in HE | SHE:
            return self.pronoun(tree, i, offset, None, None, False)
        gender = gender_told(word)
        before = [j for j in tree.order if j < i and j not in frame.content]
        here = [p for p in self._persons(tree, before, offset) if self.fits(p, gender)]
        if self._has_rival(tree, before, gender, here):
            return None
        if here:
            return self._noted(here[0], word) if len(here) == 1 else None
        if self.focus.speaker is not None and self.fits(self.focus.speaker, gender):
            return self._noted(self.focus.speaker, word)
        candidates = [p for p in self.focus.persons if self.fits(p, gender)]
        subject = self.focus.subject
        if len(candidates) == 1:
            return self._noted(self._plain(candidates[0], gender), word)
        return subject if subject in candidates and not self.focus.others & {"", gender} else None

    def _he_or_she(
        self, tree: Tree, i: int, offset: int, speaker: Antecedent | None, frame: Frame | None, gender: str
    ) -> Antecedent | None:
        before = [j for j in tree.order if j < i]
        here = [p for p in self._persons(tree, before, offset) if self.fits(p, gender)]
        told = {j for words in frame.sources for j in words} if frame is not None else set()
        told_before = frame is None or not frame.sources or frame.sources[0][0] < i
        if speaker is not None and self.fits(speaker, gender) and told_before:
            content = frame.content if frame is not None else frozenset()
            aimed_at = tree.dep[i] in {"dobj", "dative", "pobj"} and not is_possessive(tree, i)
            # "said they owe him an apology", "said P, though he trusts his skills": him and his are hardly the speaker
            if content and is_possessive(tree, i) and self._is_someone_else(tree, i, offset, content):
                return None  # "The mayor said the youth dropped his bag"
            near = [j for j in before if aimed_at or i not in content or j in content]
            if not is_possessive(tree, i) and self._has_rival(tree, set(near) - told, gender, [speaker]):
                return None  # "The mayor said the driver fled when he came"
            # "A lawyer for Mark Hill said he was ill": the lawyer, or Hill
            rivals = self._persons(tree, {*near, *told}, offset)
            return None if any(self.fits(p, gender) and p.name != speaker.name for p in rivals) else speaker
        if speaker is not None:  # "He was at home, the officer said": whoever speaks is not "he"
            here = [p for p in here if p.name != speaker.name]
        if speaker is None and self._is_someone_else(tree, i, offset):
            return None
        if is_possessive(tree, i) and (owner := same_pronoun_above(tree, i)) is not None:
            return self._he_or_she(tree, owner, offset, speaker, frame, gender)  # "he shared it with his friends"
        if self._has_rival(tree, set(before) - told, gender, here):
            return None  # "Police say a man told the driver to stop but he kept going"
        if here:
            if len(here) > 1 or (tree.dep[i] in {"dobj", "dative", "pobj"} and not is_possessive(tree, i)):
                return None
            return here[0]
        persons = [p for p in self.focus.persons if speaker is None or p.name != speaker.name]
        candidates = [p for p in persons if self.fits(p, gender)]
        if len(candidates) == 1:
            return self._plain(candidates[0], gender)
        subject = self.focus.subject
        if subject in candidates and subject is not None and tree.dep[i] in {"nsubj", "nsubjpass"}:
            certain = [p for p in candidates if self._gender(p) == gender]
            return self._plain(subject, gender) if not certain or certain == [subject] else None
        return None

    def _gender(self, person: Antecedent) -> str:
        return person.gender or self._called.get(person.name, "")

    def fits(self, person: Antecedent, gender: str) -> bool:
        """Whether "he" ("m") or "she" ("f") may be said of someone, as far as the article tells."""
        return person.kind == "person" and self._gender(person) in {"", gender}

    def _noted(self, found: Antecedent | None, pronoun: str) -> Antecedent | None:
        """Keeps which gender a pronoun told of a name: who was "she" once is no "he" later."""
        if found is not None and not found.gender and found.name[:1].isupper():
            self._called.setdefault(found.name, gender_told(pronoun))
        return found

    def _has_rival(self, tree: Tree, words: Iterable[int], gender: str, besides: list[Antecedent]) -> bool:
        """Whether someone without a name may be meant just as well."""
        known = {person.name for person in besides}
        rivals = [(i, self.role(tree, i)) for i in rival_nouns(tree, words, gender)]
        return any(holder is None or holder.name not in known for _, holder in rivals)

    def _plain(self, person: Antecedent, gender: str) -> Antecedent | None:
        """The one candidate of the sentence before, unless someone without a name stands beside."""
        certain = person == self.focus.subject and self._gender(person) == gender
        return person if certain or not self.focus.others & {"", gender} else None

    def _is_someone_else(self, tree: Tree, i: int, offset: int, within: frozenset[int] = frozenset()) -> bool:
        """ "The striker ended his career": the nearest subject above is meant, though nothing tells who that is.

        Args:
            tree: the sentence.
            i: the pronoun.
            offset: where the paragraph stands in the source.
            within: the words among which the subject must stand, when only some count.
        """
        for verb in tree.above(i):
            subject = tree.subject(verb)
            if subject is not None and subject < i:
                if within and subject not in within:
                    return False
                token = tree.doc[subject]
                # The name of a body, said of him or her, is a surname that the recogniser does not know.
                surname = token.ent_type_ == "ORG" and tree.kid(subject, "det", "compound") is None
                named = tree.tag[subject] == "NNP" and (token.ent_type_ in {"", "PERSON", "NORP"} or surname)
                unknown = named or (tree.lemma[subject] in HUMAN and tree.tag[subject] != "NNS")
                if within and not unknown:
                    continue
                return unknown and self.person(token, offset) is None and self.role(tree, subject) is None
        return False

    def _persons(self, tree: Tree, words: Iterable[int], offset: int) -> list[Antecedent]:
        found: dict[str, Antecedent] = {}
        for j in words:
            if tree.doc[j].ent_type_ == "PERSON" or tree.doc[j].text in self.by_surname:
                person = self.person(tree.doc[j], offset)
                if person is not None:
                    found.setdefault(person.name, person)
        return list(found.values())

    def show(self, tree: Tree, offset: int, frames: dict[int, Frame], speakers: list[Antecedent]) -> None:
        """Takes note of a sentence after its own pronouns were resolved, for those of the next one."""
        persons = self._persons(tree, tree.order, offset)
        for speaker in speakers:
            if speaker.kind == "person" and speaker.name not in {p.name for p in persons}:
                persons.append(speaker)
        told_first = [f for f in frames.values() if f.sources and f.heads and f.heads[0] < f.sources[0][0]]
        verb = told_first[0].heads[0] if told_first else tree.root
        main = self._subject(tree, verb, offset, speakers)
        if main is None and speakers and speakers[0].kind == "person":
            main = speakers[0]
        if main is not None and main.kind == "person" and main.name not in {p.name for p in persons}:
            persons.append(main)
        said = {j for frame in frames.values() for j in frame.content}
        for j in tree.order:  # what they tell of a name's gender holds from here on
            if gender_told(tree.low[j]) and j not in said:
                self.pronoun(tree, j, offset, None, None, False)
        others = self._unnamed(tree, frames, main, verb)
        if persons or main is not None:
            self.focus = Focus(
                tuple(persons),
                main if main is not None and main.kind == "person" else None,
                speakers[0] if speakers and speakers[0].kind == "person" else None,
                others,
            )
        elif not any(tree.low[j] in HE | SHE for j in tree.order):
            self.focus = Focus()
        else:
            self.focus = replace(self.focus, others=self.focus.others | others)

    def _unnamed(self, tree: Tree, frames: dict[int, Frame], main: Antecedent | None, verb: int) -> frozenset[str]:
        """The genders of the persons in a sentence that are neither named nor its subject nor its speakers."""
        told = {i for frame in frames.values() for words in frame.sources for i in words}
        told |= {subject} if main is not None and (subject := tree.subject(verb)) is not None else set()
        nouns = rival_nouns(tree, [i for i in tree.order if i not in told], "")
        return frozenset(gender_of_noun(tree.lemma[i]) for i in nouns if self.role(tree, i) is None)

    def _subject(self, tree: Tree, verb: int, offset: int, speakers: list[Antecedent]) -> Antecedent | None:
        """Whom the sentence is about: of "She fell, Smith said" the one who fell."""
        subject = tree.subject(verb) if verb >= 0 else None
        if subject is None:
            return None
        if tree.low[subject] in HE | SHE:
            speaker = speakers[0] if speakers and speakers[0].kind == "person" else None
            if speaker is not None and verb == tree.root:
                return speaker
            found = self.pronoun(tree, subject, offset, None, None, False)
            return None if found is not None and speaker is not None and found.name == speaker.name else found
        return self.antecedent(tree, subject, offset)
