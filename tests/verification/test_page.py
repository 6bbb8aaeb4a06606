"""The page and the tables of a verification."""
from __future__ import annotations

import csv
import json
import re

import pytest
from lxml import html

from consistency.article import Article
from consistency.verification.api import verify
from consistency.verification.page import pieces

SOURCES = [
    {"id": "wire", "source": "Wire <b>", "date": "2024-03-05", "url": "javascript:alert(1)",
     "text": "The plan costs 12 million dollars. Seven people were hurt in the <script>fire</script>."},
]  # fmt: skip
TEXT = (
    "The plan costs 12 million dollars.\n\nThe plan does not cost 12 million dollars, and nine people were hurt in the "
    "fire. A dragon was seen over <img src=x onerror=alert(1)> Geneva. Is that so?"
)


@pytest.fixture
def result(models):
    return verify(Article("draft", TEXT, title="A <i>draft</i>"), SOURCES, models=models)


def test_the_pieces_join_to_the_text(result):
    found = pieces(TEXT, result.claims)
    assert "".join(piece.text for piece in found) == TEXT
    assert {piece.number for piece in found if piece.first} == set(range(1, len(result.claims) + 1))


def test_every_claim_has_a_link_to_its_evidence_and_back(result):
    tree = html.fromstring(result.to_html())
    for number in range(1, len(result.claims) + 1):
        assert tree.xpath(f"//div[@class='draft']//a[@href='#c-{number}']")
        assert len(tree.xpath(f"//article[@id='c-{number}']")) == 1
        assert len(tree.xpath(f"//a[@id='t-{number}']")) == 1
    assert "".join(tree.xpath("//div[@class='draft']//text()[not(parent::sup)]")) == TEXT


def test_nothing_of_a_source_or_text_can_run(result):
    page = result.to_html()
    assert "<script" not in page
    assert "<img" not in page
    assert "javascript:" not in page
    policy = html.fromstring(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy
    assert "A &lt;i&gt;draft" in page


def test_unsupported_words_are_marked_in_the_text(result):
    tree = html.fromstring(result.to_html())
    marked = " ".join(tree.xpath("//div[@class='draft']//mark//text()"))
    assert "dragon" in marked
    assert "nine" in marked


def test_one_id_is_one_place(result):
    ids = re.findall(r'\bid="([^"]+)"', result.to_html())
    assert len(ids) == len(set(ids))


def test_files_are_written_together(result, tmp_path):
    written = result.save(tmp_path / "out" / "page.html")
    assert [path.name for path in written] == ["page.html", "claims.csv", "verify.json"]
    rows = list(csv.DictReader((tmp_path / "out" / "claims.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["verdict"] for row in rows] == [item.verdict for item in result.claims]
    assert list(rows[0]) == list(result.to_frame().columns)
    stored = json.loads((tmp_path / "out" / "verify.json").read_text(encoding="utf-8"))
    assert stored["schema"] == 1
    assert stored["verdict"] == result.verdict
    assert len(stored["claims"]) == len(result.claims)
    assert result.save(tmp_path)[0] == tmp_path / "verify.html"
