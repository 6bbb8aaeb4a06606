"""Storylines: claims about one question, the answers given, who gives each, and when."""
from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from consistency.claim import Claim
from consistency.finding import Finding, Position, Storyline
from consistency.relate.findings import COPIED, Classes, claim_classes, claims_of

# Confidence from which a finding ties its claims into one storyline.
TIE = 0.5


def storylines(
    findings: Sequence[Finding], order: Mapping[str, int], copies: Mapping[str, int]
) -> tuple[tuple[Storyline, ...], list[Finding]]:
    """Groups judged pairs into storylines.

    Two claims are in one storyline when a finding ties them, or when they were taken from one sentence: its parts
    speak of one event. Positions are classes of claims that follow from each other; a class that is only more
    specific than another shares its position unless they are opposed.

    Args:
        findings: one a pair, unmerged.
        order: position of each claim id in the canonical order.
        copies: group of near-copies of each article id.

    Returns:
        Storylines, largest first, and the findings with their storyline set.
    """
    tied = [f for f in findings if f.confidence >= TIE]
    shown = [f for f in tied if f.detail != COPIED]
    claims = claims_of(tied)
    lines = Classes()
    for finding in tied:
        lines.join(finding.a.id, finding.b.id)
    first_of_sentence: dict[tuple, str] = {}
    for claim in sorted(claims.values(), key=lambda c: order[c.id]):
        key = (claim.article_id, claim.field, claim.sentence.start)
        lines.join(first_of_sentence.setdefault(key, claim.id), claim.id)
    classes = _positions(tied)
    members: dict[str, list[Claim]] = {}
    for claim in sorted(claims.values(), key=lambda c: order[c.id]):
        members.setdefault(lines.find(claim.id), []).append(claim)
    inside: dict[str, list[Finding]] = {}
    for finding in shown:
        inside.setdefault(lines.find(finding.a.id), []).append(finding)
    made = {key: _storyline(group, inside[key], classes, copies) for key, group in members.items() if key in inside}
    named = []
    for finding in findings:
        line = made.get(lines.find(finding.a.id)) if finding.confidence >= TIE else None
        named.append(replace(finding, storyline=line.id) if line else finding)
    return tuple(sorted(made.values(), key=lambda s: (-len(s.findings), s.id))), named


def _positions(findings: Sequence[Finding]) -> Classes:
    """Classes of equivalent claims, with more specific ones joined to what follows from them."""
    classes = claim_classes(findings)
    for finding in sorted(findings, key=lambda f: (-f.confidence, f.a.id, f.b.id)):
        if finding.relation == "agreement":
            classes.join(finding.a.id, finding.b.id)
    return classes


def _storyline(
    group: list[Claim], findings: list[Finding], classes: Classes, copies: Mapping[str, int]
) -> Storyline:
    by_class: dict[str, list[Claim]] = {}
    for claim in group:
        by_class.setdefault(classes.find(claim.id), []).append(claim)
    positions = sorted(
        (_position(claims, findings, copies) for claims in by_class.values()),
        key=lambda p: (-p.independent_sources, -len(p.claims), p.first or "9999", p.text),
    )
    key = "\x1e".join(sorted({pair_id for finding in findings for pair_id in finding.pair_ids}))
    return Storyline(
        id=hashlib.sha256(key.encode()).hexdigest()[:12],
        question=positions[0].text,
        positions=tuple(positions),
        findings=tuple(dict.fromkeys(finding.id for finding in findings)),
    )


def _position(claims: list[Claim], findings: list[Finding], copies: Mapping[str, int]) -> Position:
    named = {claim.id for claim in claims}
    # The most central claim is the one that most findings touch; the shorter one of two.
    touched = {key: sum(key in (f.a.id, f.b.id) for f in findings) for key in named}
    central = min(claims, key=lambda c: (-touched[c.id], len(c.text), c.text))
    dates = sorted(claim.date for claim in claims if claim.date)
    # An article of unknown outlet is an outlet of its own, and copies of one text are one source.
    independent = {copies[claim.article_id] for claim in claims}
    outlets = {(claim.source or claim.article_id).casefold() for claim in claims}
    return Position(
        claims=tuple(claim.id for claim in claims),
        speakers=tuple(dict.fromkeys(c.speaker for c in claims if c.speaker)),
        sources=tuple(dict.fromkeys(c.source for c in claims if c.source)),
        independent_sources=min(len(independent), len(outlets)),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        text=central.text,
    )
