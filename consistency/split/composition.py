"""One article's claims put together: clauses, voices, antecedents, figures and dates."""

from __future__ import annotations

from dataclasses import replace

from consistency.article import Article, Skipped
from consistency.claim import Attribution, Claim, DateMention, Span, Speaker, Stance
from consistency.split import denial
from consistency.split.antecedent import Antecedent
from consistency.split.attitudes import find_attitudes
from consistency.split.attribution import find_frames, introduced_speaker, partly_quoted
from consistency.split.clauses import Clause, is_statement, split_clauses
from consistency.split.frames import Frame
from consistency.split.headline import runs_in
from consistency.split.mends import mend
from consistency.split.names import HUMAN
from consistency.split.paragraph import Paragraph
from consistency.split.pronouns import PRONOUNS
from consistency.split.references import References
from consistency.split.resolution import Resolver
from consistency.split.skip import POSTED, is_command, is_post, is_question, is_too_long, reason
from consistency.split.stance import stance
from consistency.split.tree import FINITE, Tree
from consistency.split.voices import HandedOn, Sentence, Voice
from consistency.split.wording import spans_of, tidy, write
from consistency.values import find_dates, find_quantities

LONGEST_WHOLE = 60  # tokens of a sentence that is kept whole where taking it apart leaves only fragments


class Composer:
    """Reads an article's paragraphs in order and collects its claims.

    Args:
        article: the article.
        references: its names.
        attitudes: list attributions whose content is no clause as well.
    """

    def __init__(self, article: Article, references: References, *, attitudes: bool = False):
        self.attitudes = attitudes
        self.article, self.references = article, references
        self.claims: list[Claim] = []
        self.skipped: list[Skipped] = []
        self.attributions: list[Attribution] = []
        self.sentences = 0
        self._resolver = Resolver(references, article.text)
        self._handed_on = HandedOn()
        self._listed: dict[Voice, int] = {}

    def read(self, paragraph: Paragraph) -> None:
        """Adds the claims of one paragraph."""
        self._at = paragraph
        doc, quotes = paragraph.doc, paragraph.quotes
        self._quantities = [self._at.shifted(q) for q in find_quantities(doc)]
        self._dates = [self._at.shifted(d) for d in find_dates(doc, self.article.date)]
        if paragraph.cut and paragraph.cut.strip():
            self.skipped.append(
                Skipped(f"{self.article.id}: {paragraph.cut.strip()[:200]}", "it opens the text", "headline", "split")
            )
        sentences = []
        for span in doc.sents:
            tree = Tree(span)
            if not tree.tokens:
                continue
            self.sentences += 1
            sentence = Sentence(span, tree, {}, {})
            if not is_too_long(tree):
                mend(tree)
                if not self._at.is_quoted(tree):  # "I think" in a quotation is part of what is said
                    sentence.frames = find_frames(tree, quotes)
            sentences.append(sentence)
        for sentence in sentences:
            self._name_speakers(sentence)
        self._handed_on.pass_on(paragraph, sentences)
        self._note_attributions(sentences)
        latest = self.references.focus
        posted = is_post(paragraph.source, paragraph.offset, paragraph.offset + len(doc.text))
        for sentence in sentences:
            order = sentence.tree.order
            why = reason(self._at.slice(order).text, sentence.tree, title=paragraph.field == "title")
            if paragraph.cut is not None and sentence is sentences[0] and runs_in(sentence.tree):
                why = "headline", "a headline runs into it"
            if why is None and posted:
                why = "fragment", POSTED
            if why is None and -1 in sentence.voices:
                why = "fragment", "it only announces a quotation"
            if why is None:
                self._compose(sentence)
            else:
                self._skip(order, *why)
        self.references.focus = latest

    # ---- speakers ---------------------------------------------------------------------------------------------------

    def _name_speakers(self, sentence: Sentence) -> None:
        tree, sentence.focus = sentence.tree, self.references.focus
        named: list[Antecedent] = []
        for verb, frame in sentence.frames.items():
            voice = self._voice(tree, frame)
            sentence.voices[verb] = voice
            if voice.antecedent is not None and not any(verb in f.content for f in sentence.frames.values()):
                named.append(voice.antecedent)
        if not sentence.frames and (partial := partly_quoted(tree, self._at.quotes)):
            verb, source = partial
            sentence.partly = self._voice(tree, Frame(verb, (verb,), (source,), (), frozenset(tree.order)))
        introduced = introduced_speaker(tree) if not sentence.frames else None
        if introduced:
            verb, source = introduced
            frame = Frame(verb, (verb,), (source,), (), frozenset())
            sentence.voices[-1] = voice = self._voice(tree, frame)
            named += [voice.antecedent] if voice.antecedent else []
        if self._at.field == "text" and (sentence.frames or not self._at.is_quoted(sentence.tree)):
            self.references.show(tree, self._at.offset, sentence.frames, named)

    def _voice(self, tree: Tree, frame: Frame) -> Voice:
        speakers, antecedent = [], None
        for words in frame.sources:
            speaker, found = self._speaker(tree, words, frame)
            speakers.append(speaker)
            antecedent = antecedent or found
        cue = self._at.slice([frame.cue[0], frame.cue[-1]])
        cue_text = " ".join(self._at.slice([i]).text for i in frame.cue)
        return Voice(
            tuple(speakers),
            antecedent if len(speakers) == 1 else None,
            cue_text,
            cue,
            self._at.spans(frame.content),
            frame.content,
            tuple(self._speaker(tree, words, frame)[0].name for words in frame.relays),
        )

    def _speaker(self, tree: Tree, words: tuple[int, ...], frame: Frame) -> tuple[Speaker, Antecedent | None]:
        """A speaker's full name, and who that is when the article tells."""
        kept = list(words)
        for position, i in enumerate(words):  # the name ends at the first comma
            if position and (tree.low[i] in {",", "(", "—", "–", "--"} or tree.tag[i] in FINITE | {"WP", "WDT"}):
                kept = list(words[:position])
                break
        while len(kept) > 1 and tree.low[kept[-1]] in {".", ","}:
            kept.pop()
        inside = set(kept)
        top = next((i for i in kept if tree.head[i] not in inside or tree.head[i] == i), kept[0])
        span = self._at.slice(kept)
        found: Antecedent | None
        named_after = [i for i in tree.all(top, "appos") if i in words and self._at.doc[i].ent_type_ == "PERSON"]
        known = self._at.doc[top].ent_type_ == "PERSON" and self.references.is_known(self._at.doc[top])
        if named_after and not known:  # "a spokesman for the ministry, John Smith,"
            top = named_after[0]
            span = self._at.slice([i for i in words if i <= top])
        firms = [i for i in tree.all(top, "appos") if i in words and self._at.doc[i].ent_type_ == "ORG"]
        if firms and tree.tag[top] == "NN" and tree.lemma[top] not in HUMAN:  # "the operator, Averil Straits Lines,"
            top = firms[0]
            kept = [i for i in words if i <= top and i in tree.subtree(top) and any(c.isalnum() for c in tree.low[i])]
            span = self._at.slice(kept)
        if tree.low[top] in PRONOUNS and len(kept) == 1:
            found = self.references.pronoun_of_speaker(tree, top, self._at.offset, frame)
        else:
            found = self.references.antecedent(tree, top, self._at.offset)
        named = found.name if found is not None and (found.kind == "person" or tree.low[top] in PRONOUNS) else span.text
        name = " ".join(named.replace("’", "'").split())
        if tree.tag[kept[0]] in {"DT", "PRP$"}:  # "The company" at the head of a sentence
            name = name[:1].lower() + name[1:] if name == " ".join(span.text.replace("’", "'").split()) else name
        told = list(words)
        while len(told) > 1 and not any(c.isalnum() for c in tree.low[told[-1]]):
            told.pop()
        return Speaker(name.lower() if name.lower() in PRONOUNS else name, self._at.slice(told)), found

    def _note_attributions(self, sentences: list[Sentence]) -> None:
        """Lists what was said in the paragraph; a quotation that goes on lengthens what its speaker said."""
        for sentence in sentences:
            for verb, frame in sorted(sentence.frames.items()):
                if frame.content:
                    self._list(sentence.voices[verb], sentence.voices[verb].content_spans, frame.stance)
            if self.attitudes:
                for frame in find_attitudes(sentence.tree, sentence.frames.values(), self._at.quotes):
                    voice = self._voice(sentence.tree, frame)
                    self._list(voice, voice.content_spans, frame.stance)
        for sentence in sentences:
            if sentence.inherited is not None:
                self._list(sentence.inherited, self._at.spans(sentence.tree.order), "asserts")

    def _list(self, voice: Voice, spans: tuple[Span, ...], kind: Stance) -> None:
        at = self._listed.get(voice)
        if at is None:
            self._listed[voice] = len(self.attributions)
            self.attributions.append(Attribution(voice.speakers, voice.cue, voice.cue_span, spans, kind))
        else:
            known = self.attributions[at]
            places = [(span.start, span.end) for span in (*known.content_spans, *spans)]
            self.attributions[at] = replace(known, content_spans=spans_of(places, self._at.source))

    # ---- claims -----------------------------------------------------------------------------------------------------

    def _compose(self, sentence: Sentence) -> None:
        tree, made = sentence.tree, 0
        self.references.focus = sentence.focus
        whole = self._at.slice(tree.order)
        clauses = split_clauses(tree, sentence.frames, self._at.quotes)
        lost = len(tree.order) <= LONGEST_WHOLE and not any(is_statement(tree, clause) for clause in clauses)
        begun = any(start < tree.order[0] < end for start, end in self._at.quotes)  # its end alone is no sentence
        if lost and not begun and (sentence.frames or len(clauses) > 1):  # taken apart it would say nothing
            clauses = [Clause(tree.root, tuple(tree.order))]
        for clause in clauses:
            indices = sorted({i for i in clause.words if isinstance(i, int)})
            if is_question(tree, indices):
                self._skip(indices, "question", "a question asserts nothing")
            elif not clause.subject and is_command(tree, clause.head):
                self._skip(indices, "command", "a command or request asserts nothing")
            elif self._at.field == "text" and not is_statement(tree, clause):
                self._skip(indices, "fragment", "no verb with tense")
            else:
                claim = self._claim(sentence, clause, whole)
                if claim is None:
                    self._skip(indices, "short", "too few words to say anything alone")
                    continue
                made += 1
                self.claims.append(claim)

    def _claim(self, sentence: Sentence, clause: Clause, whole: Span) -> Claim | None:
        tree = sentence.tree
        voices = [sentence.voices[frame.verb] for frame in clause.frames]
        if sentence.inherited is not None and not voices:
            content = self._at.spans(tree.order)
            voices = [replace(sentence.inherited, content_spans=content, content=frozenset(tree.order))]
            if sentence.inherited.content:  # the cue stands elsewhere, with other words of the quotation
                voices = [replace(voices[0], cue="", cue_span=None)]
        elif not voices and self._at.is_quoted(tree):  # someone said it, though nothing tells who
            voices = [Voice((), None, "", None, self._at.spans(tree.order), frozenset(tree.order))]
        if sentence.announced is not None:
            content = self._at.spans(tree.order)
            voices.append(replace(sentence.announced, content_spans=content, content=frozenset(tree.order)))
        denied = self._denied(tree, clause)
        speaker = voices[0].antecedent if voices else None
        words, unresolved = self._resolver.words(self._at, tree, clause.words, clause, speaker)
        words = tidy(words)
        spoken = [word for word in words if any(c.isalnum() for c in word.text)]
        if len(spoken) < 2 or (len(spoken) == 2 and spoken[0].text.lower() in PRONOUNS):  # "you know"
            return None
        wording = write(words, self._at.source, stop=self._at.field == "text")
        proposition = wording.text
        if denied is not None:
            other, _ = self._resolver.words(self._at, tree, denied, clause, speaker)
            proposition = write(tidy(other), self._at.source).text
        kind = stance(tree, clause, is_denial=denied is not None)
        own = {i for i in clause.words if isinstance(i, int)}
        return Claim(
            id=f"{self.article.id}:{len(self.claims)}",
            article_id=self.article.id,
            source=self.article.source,
            date=self.article.date,
            field=self._at.field,
            text=wording.text,
            proposition=proposition,
            spans=wording.spans,
            sentence=whole,
            runs=wording.runs,
            attribution=self._attribution(voices, kind, wording.spans),
            dates=tuple(
                d for d in self._dates if _inside(d.span, wording.spans) or self._governs(d, tree, clause, own)
            ),
            quantities=tuple(q for q in self._quantities if _inside(q.span, wording.spans)),
            unresolved=tuple(unresolved),
        )

    def _denied(self, tree: Tree, clause: Clause) -> denial.Words | None:
        if clause.frames and clause.frames[0].stance == "denies" and clause.head == clause.frames[0].verb:
            head = clause.frames[0].heads[0]
            if tree.doc[head].pos_ in {"NOUN", "PROPN"}:
                return denial.dismissed(tree, clause)
            return denial.denied_by_cue(tree, clause.frames[0], head)
        return denial.denied(tree, clause) or denial.dismissed(tree, clause)

    def _attribution(self, voices: list[Voice], kind: Stance, spans: tuple[Span, ...]) -> Attribution | None:
        if not voices:
            return Attribution((), "", None, spans, kind) if kind != "asserts" else None
        nearest = voices[0]
        names = tuple(dict.fromkeys(name for voice in voices for name in voice.names))
        return Attribution(
            speakers=nearest.speakers,
            cue=nearest.cue,
            cue_span=nearest.cue_span,
            content_spans=nearest.content_spans,
            stance=kind,
            chain=names if len(names) > 1 else (),
        )

    # ---- offsets ----------------------------------------------------------------------------------------------------

    def _governs(self, date: DateMention, tree: Tree, clause: Clause, own: set[int]) -> bool:
        """A date ahead of the first of several clauses ("On Monday, X resigned and Y left") holds for all of them."""
        start = date.span.start - self._at.offset
        at = next(
            (i for i in tree.order if self._at.doc[i].idx <= start < self._at.doc[i].idx + len(self._at.doc[i])), None
        )
        if at is None or at in own or at > clause.head:
            return False
        verb = next((i for i in tree.above(at) if tree.is_verb(i)), None)
        if verb is None or at > verb or any(frame.verb == verb for frame in clause.frames):
            return False
        top = next(i for i in (at, *tree.above(at)) if tree.head[i] == verb)
        if tree.dep[top] not in {"prep", "npadvmod", "advmod"}:
            return False
        climb = clause.head
        while tree.dep[climb] in {"conj", "advcl"} and tree.head[climb] != climb:
            climb = tree.head[climb]
            if climb == verb:
                return True
        return False

    def _skip(self, indices: list[int], kind: str, why: str) -> None:
        text = self._at.slice(indices).text if indices else ""
        self.skipped.append(Skipped(f"{self.article.id}: {text[:200]}", why, kind, "split"))


def _inside(span: Span, spans: tuple[Span, ...]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in spans)
