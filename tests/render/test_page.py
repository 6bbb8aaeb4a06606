"""The page: nothing of a source runs or loads, everything is there, small, and a document without a script."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

import pytest
from lxml import html

from consistency.article import Article
from consistency.render import words
from tests.render.factory import ARTICLES, FINDINGS, HOSTILE, LONG, RTL, make_report, many


@pytest.fixture(scope="module")
def text():
    return make_report().to_html(embed_articles=True)


@pytest.fixture(scope="module")
def tree(text):
    return html.document_fromstring(text)


def content(node):
    return " ".join(node.text_content().split())


def test_nothing_of_a_source_is_markup(tree):
    assert len(tree.xpath("//script")) == 1
    assert len(tree.xpath("//style")) == 1
    assert not tree.xpath("//img | //iframe | //object | //embed | //link | //base")
    assert not [
        (node.tag, name)
        for node in tree.iter()
        if isinstance(node.tag, str)
        for name in node.attrib
        if name.startswith("on")
    ]
    assert not tree.xpath("//@style")
    assert not [url for url in tree.xpath("//@href | //@src | //@action") if "javascript" in url.lower()]


def test_hostile_texts_are_shown_as_they_are(tree):
    shown = content(tree)
    assert " ".join(HOSTILE.split()) in shown
    assert RTL in shown
    assert "😀👩‍👩‍👧" in shown
    assert "</title><script>" in shown


def test_only_article_addresses_leave_the_page_and_tell_nobody(tree):
    out = tree.xpath("//a[not(starts-with(@href, '#'))]")
    assert {link.get("href") for link in out} == {a.url for a in ARTICLES if a.url and a.url.startswith("https://")}
    assert all("noreferrer" in link.get("rel") for link in out)
    assert not tree.xpath("//@src")
    assert "url(" not in tree.xpath("string(//style)")
    assert "@import" not in tree.xpath("string(//style)")


def test_the_policy_allows_exactly_the_own_script_and_style(tree):
    policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none'")
    for tag in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(tree.xpath(f"string(//{tag})").encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy


def test_each_finding_is_a_card_in_its_section(tree):
    report = make_report()
    for relation in words.SHOWN:
        ids = tree.xpath(f"//section[@id='{relation}']/article/@id")
        assert ids == [f"f-{finding.id}" for finding in report.of(relation)]
    assert len(tree.xpath("//article[@class='f']")) == len(make_report())


def test_a_card_shows_both_sides_with_their_words(tree):
    (card,) = tree.xpath(f"//article[@id='f-{FINDINGS[0].id}']")
    assert content(card.find("h3")).endswith("that a cease-fire was agreed.")
    assert [content(mark) for mark in card.xpath(".//blockquote/mark[@class='d']")] == [
        "have agreed on a cease-fire",
        "not true",
    ]
    assert [content(quote) for quote in card.xpath(".//blockquote")] == [
        content_of(FINDINGS[0].a),
        content_of(FINDINGS[0].b),
    ]
    shown = content(card)
    for part in (
        "almost certain, 0.97",
        "between two speakers",
        "denial",
        "Meridian Dispatch, 28 Jan 2019",
        "Zabihullah Mujahid said, in a denial",
        "Context and scores; also at 1 other place",
        "U.S. and Taliban agree on cease-fire",
        "Before:",
        "After:",
        "opposed 0.90",
    ):
        assert part in shown
    assert card.xpath(".//a/@href").count("#s-s1") == 1


def content_of(claim):
    return " ".join(claim.sentence.text.split())


def test_reviewed_findings_say_so(tree):
    (card,) = tree.xpath(f"//article[@id='f-{FINDINGS[1].id}']")
    assert "Reviewed: confirmed “Courier has 214 too”" in content(card)
    assert (card.get("data-v"), card.get("data-n")) == ("confirmed", "Courier has 214 too")


def test_links_inside_the_page_lead_somewhere(tree):
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")} <= set(ids)
    assert set(tree.xpath("//@aria-labelledby")) <= set(ids)


def test_overview_and_end_tell_what_was_read_and_with_what(tree):
    for section, parts in {
        "overview": ["412 candidate pairs", "280 screened out", "Tidewater Herald", "two NLI inputs were longer"],
        "about": [
            "cd" * 32,
            "all-MiniLM-L6-v2",
            "neighbours",
            "notes/photo.jpg: not a text file",
            "1 sentence: question",
        ],
        "who": ["≠ 2", "= 2"],
        "storylines": ["1 independent source", "14 Mar 2023", "Findings: C2, C6, U1"],
        "articles": ["Ferry death toll rises to 12", "khalilzad.txt", "taken from elsewhere: title: file name"],
    }.items():
        shown = content(tree.get_element_by_id(section))
        for part in parts:
            assert part in shown


def test_it_has_landmarks_headings_in_order_and_names_for_controls(tree):
    assert [len(tree.xpath(f"//{tag}")) for tag in ("header", "nav", "main", "footer", "h1")] == [1] * 5
    levels = [int(node.tag[1]) for node in tree.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for control in tree.xpath("//form[@id='tools']//input | //form[@id='tools']//select"):
        assert control.get("aria-label") or control.getparent().tag == "label"
    assert tree.get("lang") == "en"


def test_tools_stay_out_of_sight_without_a_script(tree):
    assert tree.get_element_by_id("tools").get("hidden") is not None


def test_full_texts_only_when_asked(text):
    assert LONG in text
    assert LONG not in make_report().to_html()


def test_at_most_4_kb_a_finding_and_100_kb_of_page():
    empty, full = (len(many(count).to_html().encode()) for count in (0, 200))
    assert empty < 100_000
    assert (full - empty) / 200 < 4096


def test_an_empty_report_is_a_page_too():
    text = make_report((), articles=(), claims=(), storylines=(), pairs=(), funnel={}, skipped=(), meta={}).to_html()
    assert text.count("None found. That does not mean that there are none.") == 4
    assert "Nothing was skipped." in text


def test_same_report_same_page():
    assert make_report().to_html() == make_report().to_html()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", " https://x", "data:text/html,x", "//x.org", "ftp://x"]
)
def test_only_web_addresses_become_links(url):
    page = html.document_fromstring(make_report(articles=[Article("x", "Text.", url=url, title="T")]).to_html())
    assert not page.xpath("//a[not(starts-with(@href, '#'))]")


def test_contrast_meets_wcag_aa(text):
    def luminance(colour):
        if len(colour) == 4:
            colour = "#" + "".join(char * 2 for char in colour[1:])
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        return sum(
            w * (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)
            for w, c in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
        )

    schemes = re.findall(r":root\{(--paper[^}]*)\}", text.replace("\n", ""))[:2]
    assert len(schemes) == 2
    for scheme in schemes:
        colours = dict(re.findall(r"--(\w+):(#[0-9a-f]{3,6})\b", scheme))
        pairs = [
            (ink, ground)
            for ink in ("ink", "soft", "link", "red", "green", "amber", "blue")
            for ground in ("paper", "card")
        ]
        pairs += [("ink", "mark"), ("ink", "strong")]
        for ink, ground in pairs:
            one, two = sorted((luminance(colours[ink]), luminance(colours[ground])))
            assert (two + 0.05) / (one + 0.05) >= 4.5, (ink, ground)


def test_the_notebook_table_is_compact_and_inert():
    text = make_report()._repr_html_()
    tree = html.fragment_fromstring(text)
    assert not tree.xpath("//script | //img | //link")
    assert len(tree.xpath(".//tbody/tr")) == len(make_report())
    assert "not true" in [mark.text_content() for mark in tree.xpath(".//mark")]
    assert "almost certain, 0.97between two speakers, denial" in content(tree.xpath(".//tbody/tr")[0])
    assert "and 30 more" in many(50)._repr_html_()
