"""What is not a claim, and why it is left out."""

from __future__ import annotations

import re

from consistency.split.tree import FINITE, Tree

MAX_WORDS = 250
MAX_TOKENS = 400
MIN_WORDS = 3
POSTED = "a post that the article shows, not a sentence of its own"
BOILERPLATE = re.compile(
    r"""^\W*(?:
        (?:by|reporting\ by|writing\ by|editing\ by|photos?\ by|image|photo|picture|caption|credit|video|listen|watch
            |source)
            \s*:?\s+(?:[A-Z][\w.'-]*[\s,]*(?:and\s)?){1,6}\W*$
      | (?:read|see|click|watch|listen)\s+(?:more|also|here|the\ full|the\ rest|next|below|now)\b.{0,80}$
      | (?:read|see)\ the\ rest\b.*
      | (?:related|advertisement|share\ this|follow\ us|follow\ .{1,40}\ on|sign\ up|subscribe
            |copyright|all\ rights|©)\b.*
      | (?:image|photo|video|media)\ (?:caption|copyright|credit|playback).*
      | (?:the\ )?(?:associated\ press|reuters|ap|afp|bloomberg|cnn|cbs\ news|abc\ news|fox\ news|upi)\b
            .{0,60}\bcontributed\b.*
      | .{0,120}\bcontributed\ to\ this\ (?:report|article|story|piece)\b.*
      | (?:contact|reach|e-?mail)\ .{1,60}\ at\b.*
      | .{0,40}\b(?:this\ (?:story|article|report)|it)\ was\ (?:originally|first)\ published\b.*
      | \(?(?:reuters|ap|afp|upi|cnn)\)?\W*$
    )""",
    re.VERBOSE | re.IGNORECASE,
)
POST = re.compile(r"\bpic\.twitter\.com/|\bt\.co/\w")
# "— Ann Reed (@annreed) April 3, 2014": who posted what stands before it.
SIGNATURE = re.compile(
    r"\s*(?:—|–|―|--?)\s*[^\n()]{1,60}\(@\w{1,30}\)(?:\s+(?=[^\n]*\d)[\w.,: ·]{1,30})?[ \t]*(?=[\r\n]|$)"
)
ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter|\S+@\S+\.\w+)")


def reason(text: str, tree: Tree, *, title: bool = False) -> tuple[str, str] | None:
    """Why a whole sentence is no claim.

    Args:
        text: the sentence.
        tree: its parse.
        title: headline grammar is allowed.

    Returns:
        (kind, one line that says why), None when it may hold claims.
    """
    words = [token for token in tree.tokens if any(c.isalnum() for c in token.text)]
    if BOILERPLATE.match(text):
        return "byline", "byline, credit or standing text, not part of the story"
    if POST.search(text):
        return "fragment", POSTED
    if len(words) < MIN_WORDS:
        return "short", f"fewer than {MIN_WORDS} words"
    if len(words) > MAX_WORDS or is_too_long(tree):
        return "long", f"more than {MAX_WORDS} words without a sentence end: a list or a table"
    if not any(c.isalpha() for c in text) or len(ADDRESS.findall(text)) * 4 > len(words):
        return "junk", "no running text"
    if sum(c.isalpha() or c.isspace() for c in text) < 0.6 * len(text):
        return "junk", "no running text"
    if not title and is_command(tree, tree.root):
        return "command", "a command or request asserts nothing"
    if not title and not any(tree.tag[i] in FINITE for i in tree.order):
        return "fragment", "no verb with tense"
    if title and not any(tree.is_verb(i) for i in tree.order):
        return "fragment", "a title without a verb"
    return None


def is_post(source: str, start: int, end: int) -> bool:
    """Whether a stretch of the source is signed like a post, in the line below it or at its own end."""
    return bool(SIGNATURE.match(source, end) or SIGNATURE.search(source, start, end))


def is_too_long(tree: Tree) -> bool:
    """Whether a stretch has so many words and marks that it is no sentence, and not worth the time to take apart."""
    return len(tree.tokens) > MAX_TOKENS


def is_question(tree: Tree, words: list[int]) -> bool:
    """Whether the mark at the end of a clause's words asks."""
    after = max(words) + 1 if words else -1
    return any(i in tree and tree.low[i] in {"?", "?!"} for i in (*words[-2:], after))


def is_command(tree: Tree, head: int) -> bool:
    """A bare verb without a subject: "Click here"."""
    if tree.tag[head] != "VB" or tree.subject(head) is not None:
        return False
    return not any(tree.dep[i] in {"aux", "auxpass"} for i in tree.kids[head]) or any(
        tree.low[i] in {"do", "don't"} for i in tree.all(head, "aux")
    )
