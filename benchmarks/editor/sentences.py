"""Which sentences are edited, and small questions about parsed words that all kinds of edits ask."""

from __future__ import annotations

from spacy.tokens import Span, Token

from editor.words import word_set

# Who said something, and that it was said, is left alone.
SPEECH = word_set("speech")
MIN_WORDS, MAX_WORDS = 6, 45


def usable(sentence: Span) -> bool:
    """Whether a sentence is a whole plain statement: nothing else is edited."""
    words = [token for token in sentence if not token.is_space]
    if not MIN_WORDS <= sum(token.is_alpha for token in words) <= MAX_WORDS or "\n" in sentence.text.strip():
        return False
    if not words[0].text[:1].isupper() and words[0].text not in {'"', "“", "‘", "'"}:
        return False
    text = sentence.text
    if "?" in text or text.rstrip("\"”'’ ")[-1:] not in {".", "!"}:
        return False
    if text.count('"') % 2 or text.count("“") != text.count("”") or text.count("(") != text.count(")"):
        return False
    root = sentence.root
    return root.pos_ in ("VERB", "AUX") and any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in root.children)


def open_condition(token: Token) -> bool:
    """Whether a word stands in a condition, a question or a wish: changing it changes no stated fact."""
    for word in (token, *token.ancestors):
        if any(
            child.lower_ in ("if", "whether", "unless", "until", "once", "when", "should") and child.dep_ in
            ("mark", "advmod") and child.i < word.i
            for child in word.children
        ):  # fmt: skip
            return True
        if word.dep_ in ("advcl", "relcl", "acl") and word.tag_ == "VB":
            return True
    return False


def negated(verb: Token) -> bool:
    """Whether a verb or one of its arguments is negated."""
    words = frozenset(
        ["not", "n't", "no", "never", "nobody", "nothing", "none", "neither", "nor", "hardly", "scarcely",
        "barely", "few", "little", "without"]
    )
    arguments = ("dobj", "attr", "nsubj", "nsubjpass", "acomp", "pobj", "aux")
    inside = [word for child in verb.children if child.dep_ in arguments for word in child.children]
    return any(token.lower_ in words for token in (verb, *verb.children, *inside))


def subject(verb: Token) -> Token | None:
    """The verb's own subject."""
    return next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)


def states(verb: Token) -> bool:
    """Whether a verb makes a statement of its own: the sentence's, one that is reported, or one joined by "and"."""
    if verb.dep_ == "ROOT":
        return True
    if verb.dep_ == "conj":
        return subject(verb) is not None and states(verb.head)
    if verb.dep_ == "ccomp":
        return verb.head.lemma_ in SPEECH and states(verb.head)
    # "..., Smith said": the parser hangs what is said on the cue or the other way round.
    return False


def reports(token: Token) -> bool:
    """Whether a name belongs to who speaks or is spoken to: beside a verb of saying, or after "according to"."""
    head = token.head
    if token.dep_ in ("nsubj", "nsubjpass", "dobj", "dative") and head.lemma_ in SPEECH:
        return True
    if token.dep_ == "pobj":
        return (head.lower_ == "to" and head.head.lower_ == "according") or head.head.lemma_ in SPEECH
    return False


def in_parentheses(token: Token) -> bool:
    """Whether a word stands between parentheses."""
    depth = 0
    for other in token.sent:
        if other.i == token.i:
            return depth > 0
        depth += (other.text == "(") - (other.text == ")")
    return False


def after_article(token: Token) -> str | None:
    """"a" or "an" when it stands right before a word."""
    before = token.nbor(-1).lower_ if token.i > token.sent.start else ""
    return before if before in ("a", "an") else None


def fits_article(article: str | None, word: str) -> bool:
    """Whether "a" or "an" can stay before another word."""
    if article is None:
        return True
    vowel = word[:1].lower() in "aeiou" and not word.lower().startswith(("uni", "eu", "one", "use"))
    return vowel == (article == "an")


def like(model: str, word: str) -> str:
    """A word in the case of the one that it replaces."""
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
