"""Bad input: one clear line each with what, where and how to mend it; the rest goes on."""

from __future__ import annotations

import codecs
import gzip
import json
import os
import re

import pandas as pd
import pytest

from consistency.article import Article
from consistency.errors import InputError
from consistency.load import decode as decode_module
from consistency.load import documents, load, record

GOOD = "The envoy briefed the president on Monday."
GERMAN = (
    "Der Minister sagte am Montag, dass die Verhandlungen mit den Taliban Fortschritte gemacht hätten, aber keine "
    "Einigung erzielt worden sei. Die Regierung in Kabul erklärte, sie werde sich weiter um einen Waffenstillstand "
    "bemühen und die Gespräche fortsetzen."
)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
LINES = f'{json.dumps({"text": GOOD})}\n{{"text": \n[1]\n{json.dumps({"text": GOOD + " More."})}\n{{"title": "x"}}\n'

# file name, content, kind, words of the reason
FILES = [
    ("empty.txt", b"", "empty", "empty"),
    ("blank.txt", b" \n\t\n", "empty", "empty"),
    ("mark.csv", codecs.BOM_UTF8 + b"\r\n", "empty", "empty"),
    ("mark.json", " ".encode("utf-16"), "empty", "empty"),
    ("front.txt", b"---\nsource: AP\n---\n", "empty", "no text"),
    ("dateline.txt", b"date 2019-01-28\n", "empty", "no text"),
    ("word.txt", b"Envoy", "too_short", "two words"),
    ("numbers.txt", b"12 13 14", "too_short", "two words"),
    ("nul.txt", b"The envoy\x00 left.", "binary", "UTF-8"),
    ("utf16.txt", "The envoy left.".encode("utf-16-le"), "binary", "UTF-16"),
    ("image.txt", PNG, "binary", "image"),
    ("paper.txt", b"%PDF-1.4 text", "binary", "PDF.*save its text as .txt"),
    ("cut.txt", codecs.BOM_UTF16_LE + b"a", "encoding", "utf-16.*UTF-8"),
    ("photo.jpg", PNG, "unsupported", "not a format.*save"),
    ("paper.docx", b"PK\x03\x04", "unsupported", "not a format"),
    ("README", b"No ending at all here.", "unsupported", "not a format"),
    ("bad.json", b'{"text": "a",\n "b" 1}', "json", "line 2, column 6"),
    ("deep.json", b"[" * 100_000, "json", "JSON"),
    ("number.json", b"17", "json", "expected an object"),
    ("none.json", b"[]", "empty", "empty"),
    ("notext.json", b'{"body": "The envoy left."}', "columns", "columns are: body.*columns="),
    ("list.json", b'{"text": ["The envoy left."]}', "text", "list.*one string"),
    ("lines.jsonl", b"not json\n", "json", "each line"),
    ("header.csv", b"text,date\n", "empty", "no usable rows"),
    ("notext.csv", b"body,date\nThe envoy left.,2019-01-28\n", "columns", "no column 'text'.*body, date.*columns="),
    ("quote.csv", b'"text,date\nThe envoy left.,2019-01-28\n', "csv", "header"),
    ("bad.parquet", b"PAR1 or not", "parquet", "not a readable Parquet"),
    ("bad.txt.gz", b"\x1f\x8b\x08 not gzip", "unreadable", "damaged"),
    ("cut.txt.gz", gzip.compress(GOOD.encode() * 50)[:-20], "unreadable", "cut off"),
    ("page.html", b"<html><body><script>x()</script></body></html>", "no_text", "no article text"),
    ("german.txt", GERMAN.encode(), "language", "'de'.*languages=None"),
]


@pytest.mark.parametrize(("name", "content", "kind", "why"), FILES, ids=[row[0] for row in FILES])
def test_a_bad_file_is_named_and_the_rest_goes_on(tmp_path, name, content, kind, why):
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zz.txt").write_text(GOOD)
    heard = []
    loaded = load(tmp_path, on_skip=heard.append)
    assert [article.text for article in loaded.articles] == [GOOD]
    (skipped,) = loaded.skipped
    assert heard == [skipped]
    assert (skipped.kind, skipped.stage) == (kind, "load")
    assert str(tmp_path / name) in skipped.what
    assert "\n" not in skipped.why
    assert re.search(why, skipped.why)


@pytest.mark.parametrize(("name", "content", "kind", "why"), FILES, ids=[row[0] for row in FILES])
def test_a_bad_file_alone_is_an_error(tmp_path, name, content, kind, why):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=why):
        load(tmp_path)


@pytest.mark.parametrize(
    ("inputs", "why"),
    [
        ([], "no articles were given"),
        ("no/such/file.txt", "no/such/file.txt: no such file or folder"),
        ("no/*.txt", "no file matches"),
        ("a/**b/*.txt", "no file matches|not a usable pattern"),
        ("one\x00two", "no such file"),
        (["no.txt", "nothing", ""], "none of the"),
        (pd.DataFrame({"body": [GOOD]}), "no column 'text'; the columns are: body"),
        (pd.DataFrame({"text": []}), "no rows"),
        ("", "item 1: an empty string"),
        ([17], "item 1: a int"),
        ([{"body": GOOD}], "list item 1.*columns are: body"),
        ([{"text": None}], "no text"),
    ],
    ids=str,
)
def test_nothing_readable(inputs, why, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=why):
        load(inputs)


def test_empty_folder(tmp_path):
    (tmp_path / ".hidden.txt").write_text(GOOD)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "a.txt").write_text(GOOD)
    with pytest.raises(InputError, match="no files to read; it should hold txt"):
        load(tmp_path)


def test_missing_path_beside_a_good_one_is_skipped(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    loaded = load([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert len(loaded.articles) == 1
    assert [(item.kind, item.what) for item in loaded.skipped] == [("missing", str(tmp_path / "b.txt"))]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "a.txt").chmod(0)
    with pytest.raises(InputError, match="permissions"):
        load(tmp_path)


def test_bad_json_lines_are_named_by_number(tmp_path):
    (tmp_path / "a.jsonl").write_text(LINES)
    loaded = load(tmp_path)
    assert [article.id for article in loaded.articles] == ["a#1", "a#4"]
    assert [(item.what.removeprefix(str(tmp_path)), item.kind) for item in loaded.skipped] == [
        ("/a.jsonl line 2", "json"),
        ("/a.jsonl line 3", "json"),
        ("/a.jsonl line 5", "columns"),
    ]


@pytest.mark.parametrize(
    ("rows", "ids", "skipped"),
    [
        (["a,One two three.", "b,Cells, too many.", "c,Four five six."], ["a", "c"], ["row 2: line 3: 3 cells"]),
        (["a", "c,Four five six."], ["c"], ["row 1: line 2: 1 cells"]),
        (['a,"One two', "three.", 'or four"', "c,Four five six."], ["a", "c"], []),
        (['a,"One "two" three."', "c,Four five six."], ["c"], ["row 1: line 2: broken quoting"]),
        (['a,"Never closed.', "b,One two three.", "c,Four five six."], ["b", "c"], ["row 1: line 2: broken quoting"]),
        (['a,"One', 'two",x', "c,Four five six."], ["c"], ["row 1: lines 2 to 3: 3 cells"]),
        (['a,"One "two"', 'and more",x', "c,Four five six."], ["c"], ["row 1: lines 2 to 3: broken quoting"]),
        (["", "a,One two three.", "", ""], ["a"], []),
        (["a,One two three.", 'b,"Never closed.'], ["a"], ["row 2: line 3: broken quoting"]),
        (["a," + "One two three. " * 20_000], ["a"], []),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_bad_rows_are_named_and_the_rest_goes_on(tmp_path, rows, ids, skipped, ending):
    (tmp_path / "t.csv").write_bytes(ending.join(["id,text", *rows]).encode())
    loaded = load(tmp_path)
    assert [article.id for article in loaded.articles] == ids
    found = [f"{item.what.split()[-2]} {item.what.split()[-1]}: {item.why}" for item in loaded.skipped]
    assert len(found) == len(skipped)
    assert all(line.startswith(start) for line, start in zip(found, skipped, strict=True)), found


def test_empty_lines_before_the_header(tmp_path):
    (tmp_path / "t.csv").write_text(f"\n\nid;text\na;{GOOD}\n")
    assert load(tmp_path).articles[0].id == "a"


def test_optional_column_that_is_not_there_is_a_warning(tmp_path):
    (tmp_path / "t.csv").write_text(f"text\n{GOOD}\n")
    loaded = load(tmp_path, columns={"date": "published"})
    assert loaded.articles[0].date is None
    assert "no column 'published' for date" in loaded.warnings[0]


@pytest.mark.parametrize(
    ("data", "text", "warning"),
    [
        ("He said “no” to the café.".encode("cp1252"), "He said “no” to the café.", "read as cp1252"),
        ("“Naïve”, the café said.".encode() + b"\xff", "“Naïve”, the café said.\ufffd", "1 damaged characters"),
    ],
)
def test_other_encodings_are_read_with_a_warning(tmp_path, data, text, warning):
    (tmp_path / "a.txt").write_bytes(data)
    loaded = load(tmp_path)
    assert loaded.articles[0].text == text
    assert warning in loaded.warnings[0]
    assert "a.txt" in loaded.warnings[0]


def test_half_characters_are_replaced(tmp_path):
    (tmp_path / "a.json").write_text(r'{"text": "The envoy \ud83d left.", "title": "\udc00 x"}')
    loaded = load(tmp_path)
    assert loaded.articles[0].text == "The envoy \ufffd left."
    loaded.articles[0].title.encode()
    assert "damaged characters" in loaded.warnings[0]


def test_very_long_articles(tmp_path):
    (tmp_path / "a.txt").write_text("The envoy left. " * 700_000)
    loaded = load(tmp_path)
    assert len(loaded.articles) == 1
    assert "very long for one article" in loaded.warnings[0]
    with pytest.raises(InputError, match=r"11,200,000 characters, more than the limit of 1,000.*max_chars"):
        load(tmp_path, max_chars=1000)


def test_very_long_page(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "MAX_PAGE_CHARS", 100)
    (tmp_path / "a.html").write_text("<html><p>" + "The envoy left. " * 50)
    with pytest.raises(InputError, match=r"save the article's text as \.txt"):
        load(tmp_path)


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.jsonl.gz"])
def test_no_file_fills_the_memory(tmp_path, monkeypatch, name):
    monkeypatch.setattr(record, "MAX_FILE_BYTES", 100_000)
    monkeypatch.setattr(decode_module, "CHUNK", 1000)
    data = b" " * 10_000_000
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    with pytest.raises(InputError, match="split it"):
        load(tmp_path)


def test_several_gzip_members(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"The envoy ") + gzip.compress(b"has left."))
    assert load(tmp_path).articles[0].text == "The envoy has left."


def test_links_in_a_circle(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(GOOD)
    (tmp_path / "a" / "back").symlink_to(tmp_path)
    (tmp_path / "dead.txt").symlink_to(tmp_path / "nowhere.txt")
    for inputs in (tmp_path, tmp_path / "**" / "*.txt"):
        assert [article.text for article in load(inputs).articles] == [GOOD]
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    assert {item.kind for item in load(tmp_path).skipped} == {"link", "unreadable"}
    with pytest.raises(InputError, match="cannot be read"):
        load(tmp_path / "self.txt")


def test_pipes_in_a_folder_are_not_waited_for(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    os.mkfifo(tmp_path / "pipe.txt")
    assert [item.kind for item in load(tmp_path).skipped] == ["unsupported"]


@pytest.mark.parametrize(
    ("text", "languages", "taken"),
    [
        (GERMAN, ("en",), False),
        (GERMAN, None, True),
        (GERMAN, ("en", "de"), True),
        (GERMAN[:100], ("en",), True),  # too short to tell
        (f"{GOOD * 12} “{GERMAN[:90]}”", ("en",), True),
        ("部长周一表示谈判取得进展，但没有达成协议。" * 12, ("en",), False),
        ("部长 周一", None, True),
    ],
)
def test_languages(text, languages, taken):
    loaded = load([{"text": text}, {"text": GOOD}, Article(id="x", text=text)], languages=languages)
    assert len(loaded.articles) == (3 if taken else 1)
    assert {item.kind for item in loaded.skipped} == (set() if taken else {"language"})
