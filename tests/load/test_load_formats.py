"""Every format is read, with the fields it states and the text as it was."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistency.article import Article
from consistency.errors import InputError, MissingExtraError
from consistency.load import load

BODY = "The envoy briefed the president on Monday.\n\nNothing was agreed, the palace said.\n"
FRONT = "---\nsource: Reuters\ndate: 2019-01-28\ntitle: Talks end\nurl: https://example.org/a\nid: a1\n---\n"
ROW = {"id": "a1", "source": "Reuters", "date": "2019-01-28", "title": "Talks end", "url": "https://example.org/a"}
FULL = {**ROW, "text": BODY}
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Talks end - Reuters</title>
<meta property="og:site_name" content="Reuters"><meta property="og:title" content="Talks end">
<meta property="article:published_time" content="2019-01-28T10:30:00+02:00">
<link rel="canonical" href="https://example.org/a"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Talks end</h1>
<p>{"The envoy briefed the president on the talks in Qatar on Monday. " * 4}</p>
<p>{"Nothing was agreed upon in the latest round, the palace said. " * 4}</p></article></body></html>"""


def one(inputs, **options) -> Article:
    loaded = load(inputs, **options)
    assert len(loaded.articles) == 1, loaded
    return loaded.articles[0]


def fields(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in FULL}


def csv_of(rows, **options) -> str:
    return pd.DataFrame(rows).to_csv(index=False, **options)


FILES = {
    "a.txt": FRONT + BODY,
    "a.md": FRONT + BODY,
    "a.json": json.dumps(FULL),
    "list.json": json.dumps([FULL]),
    "wrapped.json": json.dumps({"articles": [FULL]}),
    "a.jsonl": json.dumps(FULL) + "\n",
    "a.ndjson": "\n" + json.dumps(FULL),
    "a.csv": csv_of([FULL]),
    "semicolons.csv": csv_of([FULL], sep=";"),
    "a.tsv": csv_of([FULL], sep="\t"),
}


@pytest.mark.parametrize("compressed", [False, True])
@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_same_article(tmp_path, name, compressed):
    data = FILES[name].encode()
    path = tmp_path / (name + ".gz" * compressed)
    path.write_bytes(gzip.compress(data) if compressed else data)
    article = one([path])
    assert fields(article) == FULL
    assert article.path == str(path)
    assert article.fallbacks == {}
    assert load([path]).warnings == ()


def test_parquet(tmp_path):
    pd.DataFrame([{**FULL, "date": pd.Timestamp("2019-01-28")}]).to_parquet(tmp_path / "a.parquet")
    assert fields(one(tmp_path / "a.parquet")) == FULL


def test_parquet_without_pyarrow_names_the_extra(tmp_path, monkeypatch):
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"fact-consistency\[parquet\]"):
        load(tmp_path)


def test_html_main_text_and_what_the_page_declares(tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    article = one(tmp_path)
    assert (article.source, article.title, article.date) == ("Reuters", "Talks end", "2019-01-28T10:30:00+02:00")
    assert article.url == "https://example.org/a"
    assert "Home" not in article.text
    assert article.text[article.start :].startswith("The envoy briefed")  # the heading is not a sentence of the body


@pytest.mark.parametrize("declaration", ["<?xml version='1.0' encoding='utf-8'?>\n", "\n<?xml version='1.0'?>"])
def test_html_with_an_xml_declaration(tmp_path, declaration):
    (tmp_path / "a.html").write_text(declaration + PAGE, encoding="utf-8")
    assert "Nothing was agreed" in one(tmp_path).text


def test_html_date_is_never_guessed_from_its_words(tmp_path):
    page = re.sub(r'<meta property="article:published_time".*?>', "", PAGE).replace("Qatar", "Qatar on March 3, 2017")
    page = page.replace("</body>", "<footer>Copyright 2017</footer></body>")
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert one(tmp_path).date is None


def test_html_in_its_declared_charset(tmp_path):
    page = PAGE.replace('charset="utf-8"', 'charset="iso-8859-1"').replace("The envoy", "The “old” envoy")
    (tmp_path / "a.html").write_bytes(page.encode("cp1252"))
    loaded = load(tmp_path)
    assert "The “old” envoy" in loaded.articles[0].text
    assert loaded.warnings == ()


@pytest.mark.parametrize(
    ("content", "expected_id"),
    [
        (BODY, "stdin"),
        (FRONT + BODY, "a1"),
        (json.dumps(FULL, indent=1), "a1"),
        (json.dumps({"text": BODY}), "stdin"),
        (json.dumps([{"text": BODY}]), "stdin#1"),
        (json.dumps({"text": BODY}) + "\n" + json.dumps({"text": BODY + "More."}), "stdin#1"),
        (PAGE, "stdin"),
    ],
    ids=["text", "front matter", "json", "json without id", "json list", "jsonl", "html"],
)
def test_stdin_tells_its_format(monkeypatch, content, expected_id):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    article = load(["-", "-"]).articles[0]
    assert article.id == expected_id
    assert article.path is None
    assert article.text.lstrip().startswith(("The envoy", "Talks end"))


def test_python_objects():
    frame = pd.DataFrame([FULL, {**FULL, "id": None, "date": pd.NaT, "text": "Another text is here."}])
    articles = load(frame).articles
    assert fields(articles[0]) == FULL
    assert (articles[1].id, articles[1].date, articles[1].fallbacks) == ("frame#2", None, {"date": "unknown"})

    given_article = Article(id="mine", text="A text of mine.", source="AP")
    mixed = load([given_article, {"text": "Some words here."}, "Four words are enough.", frame]).articles
    assert mixed[0] is given_article
    assert [article.id for article in mixed] == ["mine", "item#2", "text#3", "a1", "frame4#2"]


def test_columns_by_other_names(tmp_path):
    columns = {"text": "body", "date": "published", "source": "outlet"}
    row = {"body": BODY, "published": "January 28, 2019", "outlet": "AP"}
    (tmp_path / "a.csv").write_text(csv_of([row]))
    (tmp_path / "b.json").write_text(json.dumps(row))
    pd.DataFrame([row]).to_parquet(tmp_path / "c.parquet")
    (tmp_path / "d.md").write_text("---\noutlet: AP\npublished: 2019-01-28\n---\n" + BODY)
    for article in load([tmp_path, row, pd.DataFrame([row])], columns=columns).articles:
        assert (article.text, article.source, article.date) == (BODY, "AP", "2019-01-28")


def test_columns_match_without_regard_to_case(tmp_path):
    (tmp_path / "a.csv").write_text(csv_of([{" Text": BODY, "SOURCE": "AP"}]))
    assert one(tmp_path).source == "AP"


def test_unknown_field_in_columns():
    with pytest.raises(InputError, match=r"unknown field 'body'.*text"):
        load(["Four words are enough."], columns={"body": "text"})


@pytest.mark.parametrize(
    ("text", "start", "date"),
    [
        (" date 2019-01-28 U.S. special envoy has spoken.", 17, "2019-01-28"),
        ("date 2019-01-28\n\nThe envoy has spoken.", 17, "2019-01-28"),
        ("Date: 2019-01-28T10:30:00Z The envoy has spoken.", 27, "2019-01-28T10:30:00+00:00"),
        ("date 2019-13-28 The envoy has spoken.", 0, None),
        ("The date 2019-01-28 was set.", 0, None),
        ("update 2019-01-28 is out now.", 0, None),
    ],
)
@pytest.mark.parametrize("wrap", ["file", "dict"])
def test_opening_date_line_stays_in_the_text_before_the_body(tmp_path, text, start, date, wrap):
    (tmp_path / "a.txt").write_text(text)
    article = one(tmp_path if wrap == "file" else {"text": text})
    assert (article.text, article.start, article.date) == (text, start, date)


@pytest.mark.parametrize(
    ("name", "content", "title", "body"),
    [
        ("a.md", "# Talks end\n\nThe envoy left.", "Talks end", "The envoy left."),
        ("a.md", "---\nsource: AP\n---\n\n# Talks end #\nThe envoy left.", "Talks end", "The envoy left."),
        ("a.md", "---\ntitle: Other\n---\n# Talks end\nThe envoy left.", "Other", "# Talks end\nThe envoy left."),
        ("a.md", "date 2019-01-28\n# Talks end\nThe envoy left.", None, "# Talks end\nThe envoy left."),
        ("a.md", "#hashtag is not a heading.", None, "#hashtag is not a heading."),
        ("a.txt", "# Talks end\nThe envoy left.", None, "# Talks end\nThe envoy left."),
        ("a.txt", "---\ntitle: Talks  end\n---\nTalks end\r\n\r\nThe envoy left.", "Talks end", "The envoy left."),
    ],
)
def test_titles(tmp_path, name, content, title, body):
    (tmp_path / name).write_bytes(content.encode())
    article = one(tmp_path)
    assert article.title == title
    assert article.text[article.start :] == body


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("title: No\nid: 0123", {"title": "No", "id": "0123"}),
        ("title: 'Quoted: yes'", {"title": "Quoted: yes"}),
        ("title: Talks: a first step\nsource: AP", {"title": "Talks: a first step", "source": "AP"}),
        ("date: 2019-01-28 10:30:00", {"date": "2019-01-28T10:30:00"}),
        ("Date: January 28, 2019", {"date": "2019-01-28"}),
        ("tags: [a, b]\nsource: AP", {"source": "AP"}),
        ("source: {a: b}", {"source": None}),
    ],
)
def test_front_matter_is_read_as_written(tmp_path, front, expected):
    (tmp_path / "a.txt").write_text(f"---\n{front}\n---\n{BODY}")
    article = one(tmp_path)
    assert {name: getattr(article, name) for name in expected} == expected
    assert article.text == BODY


@pytest.mark.parametrize(
    "text",
    [
        "---\nJust a rule, and words.\n---\nMore words.",
        "---\nsource: AP\nNo end of it.",
        "-----\na: b\n-----\nWords here.",
    ],
)
def test_text_between_rules_is_no_front_matter(tmp_path, text):
    (tmp_path / "a.txt").write_text(text)
    assert one(tmp_path).text == text


def test_front_matter_builds_no_objects(tmp_path):
    marker = tmp_path / "marker"
    front = f"!!python/object/apply:os.mkdir ['{marker}']"
    (tmp_path / "a.txt").write_text(f"---\nsource: {front}\n---\n{BODY}")
    load(tmp_path / "a.txt")
    assert not marker.exists()


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_line_ends_are_kept_and_marks_are_not(tmp_path, ending, encoding):
    text = BODY.replace("\n", ending) + "\u2028“Done.” 🙂"
    (tmp_path / "a.txt").write_bytes((FRONT.replace("\n", ending) + text).encode(encoding))
    article = one(tmp_path)
    assert article.text == text
    assert article.source == "Reuters"


WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=WORDS, after=WORDS, front=st.booleans())
def test_any_text_is_read_back_equal(tmp_path, before, after, front):
    text = f"{before} two words {after}"
    if not front and text.startswith(("\ufeff", "---", "{\\rtf", "%PDF", "GIF8", "PK", "Rar!")):
        return  # a mark of another format, tested on its own
    path = tmp_path / "a.txt"
    path.write_bytes(((FRONT if front else "") + text).encode())
    article = one(path, languages=None)
    assert article.text == text
    assert 0 <= article.start < len(text)
    spot = text.index("two words")
    assert article.text[spot : spot + 9] == "two words"
    if article.start:
        assert text.lstrip().casefold().startswith(("date", "talks end", "# talks end"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(WORDS, min_size=1, max_size=4, unique=True))
def test_any_text_survives_every_table(tmp_path, texts):
    texts = [f"two words {text}" for text in texts]
    frame = pd.DataFrame({"text": texts, "source": "AP"})
    frame.to_json(tmp_path / "a.jsonl", orient="records", lines=True)
    frame.to_json(tmp_path / "b.json", orient="records")
    frame.to_csv(tmp_path / "c.csv", index=False, quoting=csv.QUOTE_ALL)
    frame.to_parquet(tmp_path / "d.parquet")
    for name in ("a.jsonl", "b.json", "c.csv", "d.parquet"):
        loaded = load(tmp_path / name, languages=None)
        assert [article.text for article in loaded.articles] == texts, (name, loaded)


def test_import_is_light():
    code = (
        "import sys, consistency.load; heavy = ('pandas', 'trafilatura', 'torch', 'spacy', 'pyarrow', 'yaml', 'numpy');"
        "print([name for name in heavy if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
