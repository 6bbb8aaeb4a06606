"""What the page shows, as plain values: the templates only lay it out."""
from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from consistency.article import Article, Skipped
from consistency.claim import Claim
from consistency.finding import Finding, Position, Storyline
from consistency.render import words
from consistency.render.crossings import crossings, sides
from consistency.render.highlight import Segment, shorten
from consistency.render.words import anchor

if TYPE_CHECKING:
    from consistency.results import Report

_SENTENCE, _CONTEXT, _PLACES, _ALSO, _NAMES, _LISTED = 600, 260, 4, 20, 16, 50
_WORD = re.compile(r"\w+")


def context(report: Report, *, embed_articles: bool = False) -> dict[str, Any]:
    """All values of the page's template."""
    found = numbered(report)
    cards: dict[str, list[dict[str, Any]]] = {name: [] for name in words.SHOWN}
    for label, finding in found:
        cards[finding.relation].append(card(report, finding, label))
    labels = {finding.id: (label, finding) for label, finding in found}
    return {
        "report": report,
        "cards": cards,
        "dates": words.days(article.date for article in report.article_list),
        "outlets": _outlets(report),
        "outlets_read": words.outlets_of(article.source for article in report.article_list),
        "stages": _stages(report),
        "skipped": _skipped(report.skipped),
        "meta": {"created": "", "tool": "fact-consistency", "version": "", "seconds": "", **report.meta},
        "models": {
            role: {"name": "", "backend": "", "sha256": "", "verified": True, **model}
            for role, model in report.meta.get("models", {}).items()
        },
        "options": {name: value for name, value in report.meta.get("options", {}).items() if value not in (None, "")},
        "warnings": [str(warning) for warning in report.meta.get("warnings", ())],
        "kinds": [kind for kind in words.KIND if any(kind in words.deciding_kinds(finding) for _, finding in found)],
        "lines": [_storyline(report, line, labels) for line in report.storyline_list],
        "matrices": {"outlet": _matrix(report, "source"), "speaker": _matrix(report, "speaker")},
        "articles": _articles(report, found, embed_articles),
        "embedded": embed_articles,
    }  # fmt: skip


def numbered(report: Report) -> list[tuple[str, Finding]]:
    """The findings as shown, each with the number that readers call it by: C1, C2, A1."""
    count: Counter[str] = Counter()
    made = []
    for finding in report.items:
        count[finding.relation] += 1
        made.append((f"{words.LETTER[finding.relation]}{count[finding.relation]}", finding))
    return made


def article_anchor(report: Report, article_id: str) -> str:
    """The address of an article's entry in the page, "" when it was not read."""
    at = report.article_order.get(article_id)
    return "" if at is None else f"r-{at + 1}"


def card(report: Report, finding: Finding, label: str, limit: int = _SENTENCE) -> dict[str, Any]:
    """One finding as its card shows it.

    Args:
        report: the report.
        finding: a finding of it, as shown.
        label: its number.
        limit: characters of a sentence from which unmarked words are left out.
    """
    others = sides(report, finding)[1:]
    return {
        "id": anchor(finding.id),
        "label": label,
        "finding": finding,
        "headline": words.clip(words.headline(finding), 300),
        "notes": [words.clip(note, 300) for note in words.notes(finding)[:3]],
        "kinds": " ".join(words.deciding_kinds(finding)),
        "confidence": words.confidence(finding.confidence),
        "about": _about(finding),
        "sides": [_side(report, finding, "a", limit), _side(report, finding, "b", limit)],
        "dates": " ".join(sorted({c.date[:10] for c in (finding.a, finding.b) if c.date})),
        "also": _also(finding, others),
        "places": [[_place(claim) for claim in pair] for pair in others[:_PLACES]],
        "more_places": max(0, len(others) - _PLACES),
        "scores": _scores(finding),
        "scored": _scored(finding),
        "storyline": anchor(finding.storyline) if finding.storyline else "",
        "pair_ids": " ".join(finding.pair_ids[:20]) if len(finding.pair_ids) > 1 else "",
        "changed": report.reviewed_as.get(finding.id, ""),
    }


def _also(finding: Finding, others: Iterable[tuple[Claim, Claim]]) -> str:
    """Outlet and speaker of both sides of the other places, for the page's filters: JSON, each pair once."""
    own, *named = (
        [words.outlet(a.source), a.speaker or "", words.outlet(b.source), b.speaker or ""]
        for a, b in ((finding.a, finding.b), *others)
    )
    distinct = [row for at, row in enumerate(named) if row != own and row not in named[:at]]
    return json.dumps(distinct[:_ALSO], ensure_ascii=False, separators=(",", ":")) if distinct else ""


def _about(finding: Finding) -> list[str]:
    made = [words.BETWEEN.get(finding.between, finding.between)]
    if finding.relation == "agreement" and finding.detail in words.DETAIL:
        made.append(words.DETAIL[finding.detail])
    if leaning := words.leaning(finding):
        made.append(f"leans to {leaning}")
    return made + [words.KIND.get(kind, kind) for kind in words.deciding_kinds(finding)]


def _side(report: Report, finding: Finding, side: Literal["a", "b"], limit: int) -> dict[str, Any]:
    claim = finding.a if side == "a" else finding.b
    passage = report.highlighter.side(finding, side)
    article = report.article(claim.article_id)
    return {
        "claim": claim,
        "outlet": words.outlet(claim.source),
        "title": words.clip((article.title or article.id) if article else claim.article_id, 110),
        "article": article_anchor(report, claim.article_id),
        "url": _url(article),
        "voice": words.voice(claim),
        "later": finding.later == side,
        "parts": shorten(passage.sentence, limit),
        "before": _context(passage.before),
        "after": _context(passage.after),
        "elsewhere": [(words.clip(text, 80), deciding) for text, deciding in passage.elsewhere[:5]],
        "read_as": words.clip(claim.text, 300) if _said_otherwise(claim) else "",
    }


def _context(parts: tuple[Segment, ...]) -> tuple[Segment, ...]:
    return shorten(parts, _CONTEXT)


def _said_otherwise(claim: Claim) -> bool:
    """Whether the claim's text is not simply a stretch of its sentence."""
    plain = [" ".join(_WORD.findall(text.casefold())) for text in (claim.text, claim.sentence.text)]
    return plain[0] not in plain[1]


def _url(article: Article | None) -> str:
    """The article's address when it is a plain web address: no other scheme is ever made a link."""
    url = (article.url or "") if article else ""
    return url if url.startswith(("https://", "http://")) else ""


def _place(claim: Claim) -> str:
    return f"{words.outlet(claim.source)}: “{words.clip(claim.text, 110)}”"


def _scores(finding: Finding) -> str:
    made = []
    for way, scores in (("first to second", finding.scores.a_to_b), ("second to first", finding.scores.b_to_a)):
        if scores is not None:
            told = f"follows {scores.entailment:.2f}, neutral {scores.neutral:.2f}, opposed {scores.contradiction:.2f}"
            made.append(f"{way}: {told}")
    return "; ".join(made)


def _scored(finding: Finding) -> list[str]:
    """What the model read, where that is not what stands in the claims: of a denial what is denied."""
    texts = finding.scores.scored
    same = all(text == claim.text for text, claim in zip(texts, (finding.a, finding.b), strict=True))
    return [] if same else [words.clip(text, 160) for text in texts]


def _outlets(report: Report) -> list[dict[str, Any]]:
    by_name: dict[str, list[Article]] = defaultdict(list)
    for article in report.article_list:
        by_name[words.outlet(article.source)].append(article)
    return [
        {"name": name, "count": len(group), "dates": words.days(article.date for article in group) or "undated"}
        for name, group in sorted(by_name.items(), key=lambda item: (-len(item[1]), item[0].casefold()))
    ]


def _stages(report: Report) -> list[dict[str, Any]]:
    """The funnel: each stage with its bar (logarithmic: counts span orders of magnitude) and what fell away there."""
    funnel = report.funnel
    longest = max((funnel.get(name, 0) for name in words.STAGES), default=0)
    away = {"articles": ["skipped_articles"], "claims": ["skipped_sentences"]}
    away["scored"] = ["screened_out", "scored_one_way", "nli_inputs"]
    away["candidate_pairs"] = [name for name in funnel if name not in words.FUNNEL]
    away["findings"] = list(words.SHOWN)
    made = []
    for name in words.STAGES:
        if name in funnel:
            notes = [_counted(funnel, key) for key in away.get(name, ()) if funnel.get(key)]
            width = 100 * math.log1p(funnel[name]) / math.log1p(longest) if longest else 0
            made.append({"name": words.FUNNEL[name], "count": funnel[name], "width": round(width, 1), "notes": notes})
    return made


def _counted(funnel: dict[str, int], key: str) -> str:
    if key in words.SHOWN:
        return words.counted(funnel, key)
    name = key.replace("_", " ")
    if name.startswith("dropped "):
        name = f"dropped by the {name.removeprefix('dropped ')}"
    return f"{funnel[key]:,} {words.FUNNEL.get(key, name)}"


def _skipped(skipped: Iterable[Skipped]) -> list[dict[str, Any]]:
    groups: dict[tuple[str, str], list[Skipped]] = defaultdict(list)
    for item in skipped:
        groups[item.stage, item.kind].append(item)
    # Inputs first: a file that was not read matters more than a question that claims nothing.
    return [
        {
            "inputs": stage == "load",
            "stage": ("input" if stage == "load" else "sentence") + ("s" if len(items) != 1 else ""),
            "kind": kind.replace("_", " "),
            "count": len(items),
            "items": [(words.clip(item.what, 160), words.clip(item.why, 240)) for item in items[:_LISTED]],
        }
        for (stage, kind), items in sorted(groups.items(), key=lambda group: (group[0][0] != "load", group[0][1]))
    ]


def _storyline(report: Report, line: Storyline, labels: dict[str, tuple[str, Finding]]) -> dict[str, Any]:
    dated = {c.date: moment for place in line.positions for c in _claims(report, place) if (moment := _moment(c.date))}
    first, last = min(dated.values(), default=0.0), max(dated.values(), default=0.0)
    ends = {moment: words.day(value) for value, moment in dated.items()}
    return {
        "id": anchor(line.id),
        "question": words.clip(line.question, 120),
        "positions": [_position(report, place, first, last) for place in line.positions],
        "timeline": first < last,
        "first": ends.get(first, ""),
        "last": ends.get(last, ""),
        "findings": [(labels[key][0], anchor(key)) for key in line.findings if key in labels],
    }


def _position(report: Report, place: Position, first: float, last: float) -> dict[str, Any]:
    claims = _claims(report, place)
    # Not the position's own sources: those leave out unknown outlets, which count as independent ones.
    outlets = list(dict.fromkeys(words.outlet(claim.source) for claim in claims))
    spots: dict[float, str] = {}
    for claim in claims:
        if first < last and (moment := _moment(claim.date)):
            at = round(4 + 92 * (moment - first) / (last - first), 1)
            told = f"{words.day(claim.date)}: {words.outlet(claim.source)}"
            spots[at] = spots.get(at, told) if told in spots.get(at, told) else f"{spots[at]}; {told}"
    return {
        "text": words.clip(place.text, 260),
        "speakers": place.speakers[:8],
        "sources": outlets[:_NAMES],
        "more_sources": max(0, len(outlets) - _NAMES),
        "independent": place.independent_sources,
        "dates": words.days((place.first, place.last)) or "undated",
        "spots": [(at, words.clip(told, 200)) for at, told in sorted(spots.items())],
    }


def _claims(report: Report, place: Position) -> list[Claim]:
    return [claim for key in place.claims if (claim := report.claim(key))]


def _moment(value: str | None) -> float | None:
    """A date or date-time in days, for placing it on a line."""
    try:
        parsed = datetime.fromisoformat(value or "")
    except ValueError:
        return None
    if parsed.tzinfo:
        parsed = parsed.astimezone(UTC).replace(tzinfo=None)
    return (parsed - datetime.min).total_seconds() / 86400


def _matrix(report: Report, by: Literal["source", "speaker"]) -> dict[str, Any]:
    names, counted = crossings(report, ("contradiction", "agreement"), by)
    total: Counter[str] = Counter()
    for (_, one, _), count in counted.items():
        total[one] += count
    busy = [name for name in names if total[name]]
    shown = sorted(sorted(busy, key=lambda name: -total[name])[:_NAMES], key=str.casefold)
    cells = [[(two, counted["contradiction", one, two], counted["agreement", one, two]) for two in shown]
             for one in shown]  # fmt: skip
    return {"names": shown, "rows": list(zip(shown, cells, strict=True)), "left_out": len(busy) - len(shown)}


def _line(finding: Finding, article_id: str) -> str:
    """A finding in one line under an article: what it is about, and that article's own claim."""
    head = words.clip(words.headline(finding), 80)
    if finding.relation == "agreement":
        return head
    claim = next((c for c in (finding.a, finding.b) if c.article_id == article_id), finding.a)
    return f"{head}: {words.clip(claim.text, 90)}"


def _articles(report: Report, found: list[tuple[str, Finding]], embed: bool) -> list[dict[str, Any]]:
    inside: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for label, finding in found:
        for key in report.articles_of(finding):
            inside[key].append((label, anchor(finding.id), _line(finding, key)))
    claims = Counter(claim.article_id for claim in report.claim_list)
    return [
        {
            "article": article,
            "anchor": article_anchor(report, article.id),
            "outlet": words.outlet(article.source),
            "title": words.clip(article.title or article.id, 200),
            "url": _url(article),
            "claims": claims[article.id],
            "findings": inside[article.id],
            "fallbacks": ", ".join(f"{name}: {origin}" for name, origin in article.fallbacks.items()),
            "text": article.text if embed else "",
        }
        for article in report.article_list
    ]
