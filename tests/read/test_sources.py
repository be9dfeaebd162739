"""What can be read becomes articles; what cannot becomes one clear error each, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import Article
from kg.read import read_sources
from kg.read.decode import MAX_BYTES

TEXT = "قال وزير الخارجية إن المحادثات ستبدأ غدا.\r\nوأضاف أن الوفد سيصل مساء.\n"


def one(path: Path | str) -> Article:
    (found,) = read_sources([path])
    assert isinstance(found, Article), found
    return found


def refusal(path: Path | str) -> str:
    (found,) = read_sources([path])
    assert isinstance(found, ReadError), found
    return str(found)


def test_line_ends_are_kept_so_that_offsets_hold(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT.encode())
    assert one(file).text == TEXT


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert one(file).text == TEXT


@pytest.mark.parametrize("encoding", ["cp1256", "utf-16", "iso8859_6"])
def test_other_encodings_are_told_or_detected(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes((TEXT * 8).encode(encoding))
    assert one(file).text == TEXT * 8


def test_a_declared_encoding_is_believed(tmp_path: Path) -> None:
    body = "".join(f"<p>{line} وهذه فقرة طويلة بما يكفي لتكون من متن المقال.</p>" for line in TEXT.splitlines())
    page = f'<html><head><meta charset="windows-1256"></head><body><article>{body}</article></body></html>'
    file = tmp_path / "a.html"
    file.write_bytes(page.encode("cp1256"))
    assert "قال وزير الخارجية" in one(file).text


def test_html_loses_its_boilerplate_and_keeps_its_metadata(tmp_path: Path) -> None:
    paragraphs = "".join(f"<p>{line} وهذه فقرة طويلة بما يكفي لتكون من متن المقال.</p>" for line in TEXT.splitlines())
    file = tmp_path / "a.html"
    file.write_text(
        '<html lang="ar"><head><meta charset="utf-8"><meta property="og:site_name" content="صحيفة المرفأ">'
        '<meta property="article:published_time" content="2024-05-02T10:00:00Z">'
        '<link rel="canonical" href="https://example.org/a/1"></head><body><nav><a href="/">الرئيسية</a></nav>'
        f"<article><h1>محادثات غدا</h1>{paragraphs}</article><footer>حقوق النشر محفوظة</footer></body></html>",
        encoding="utf-8",
    )
    article = one(file)
    assert "الرئيسية" not in article.text
    assert "حقوق النشر" not in article.text
    assert (article.publisher, article.published) == ("صحيفة المرفأ", "2024-05-02")
    assert article.url == "https://example.org/a/1"


def test_a_sidecar_gives_a_text_its_metadata_and_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode())
    (tmp_path / "a.json").write_text(json.dumps({"publisher": "صحيفة المرفأ", "published": "2024-05-02"}))
    article = one(tmp_path)
    assert (article.publisher, article.published) == ("صحيفة المرفأ", "2024-05-02")


def test_the_id_follows_the_canonical_url_then_the_publishers_id_then_the_text(tmp_path: Path) -> None:
    rows = [
        {"text": "نص أول", "url": "https://Example.org/a/"},
        {"text": "نص معدل", "url": "https://example.org/a#top"},
        {"text": "نص ثالث", "id": "7", "publisher": "صحيفة"},
        {"text": "نص رابع", "id": "7", "publisher": "صحيفة"},
        {"text": "نص أول"},
        {"text": "نص ثان"},
    ]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows))
    ids = [a.id for a in read_sources([file]) if isinstance(a, Article)]
    assert ids[0] == ids[1]
    assert ids[2] == ids[3]
    assert len(set(ids)) == 4


def test_the_path_does_not_enter_the_id(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(TEXT.encode())
    first, second = read_sources([tmp_path])
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.id == second.id


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_a_broken_line_is_named_by_its_number_and_the_rest_is_read(tmp_path: Path, suffix: str) -> None:
    lines = ['{"text": "نص أول"}', '{"text": "نص', "", '{"title": "بلا نص"}', '["text"]', '{"text": "نص أخير"}']
    data = "\n".join(lines).encode()
    file = tmp_path / f"a{suffix}"
    file.write_bytes(gzip.compress(data) if suffix.endswith("gz") else data)
    found = list(read_sources([file]))
    assert [f.text for f in found if isinstance(f, Article)] == ["نص أول", "نص أخير"]
    places = [f.place for f in found if isinstance(f, ReadError)]
    assert [place.removeprefix(str(file)).split(":")[1] for place in places] == ["2", "4", "5"]


def test_a_line_longer_than_an_article_may_be_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    with file.open("wb") as out:
        out.write(b'{"text": "' + b"a" * (2 * MAX_BYTES) + b'"}\n')
        out.write('{"text": "نص"}\n'.encode())
    first, second = read_sources([file])
    assert isinstance(first, ReadError)
    assert "split it" in str(first)
    assert isinstance(second, Article)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t", "no text"),
        (b"%PDF-1.7 ...", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        ("قال".encode() + b"\x00" + "إن".encode(), "NUL"),
        (bytes(range(128, 256)) * 40, "encoding cannot be told"),
        (b"\xff\xfe\x00", "byte order mark"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    assert reason in refusal(file)
    assert str(file) in refusal(file)


def test_a_file_larger_than_an_article_may_be_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    with file.open("wb") as out:
        out.truncate(20_000_000)
    assert "20,000,000 bytes" in refusal(file)


def test_a_path_without_a_file_is_an_error(tmp_path: Path) -> None:
    assert "no such file" in refusal(tmp_path / "nothing.txt")
    assert "no such file" in refusal(str(tmp_path / "*.txt"))


def test_a_link_that_leads_nowhere_in_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    (tmp_path / "b").symlink_to(tmp_path / "gone")
    assert "a.txt: cannot be read (No such file" in refusal(tmp_path)


def test_an_unreadable_file_is_an_error_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_bytes(TEXT.encode())
    paths = [tmp_path / "b.txt"]
    assert [type(f) for f in read_sources([tmp_path / "a.txt", *paths])] == [ReadError, Article]


def test_globs_and_folders_are_read_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("c.txt", "a.txt", "b/a.txt", ".hidden.txt", "note.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("نص " + name)
    names = [a.text for a in read_sources([tmp_path]) if isinstance(a, Article)]
    assert names == ["نص a.txt", "نص b/a.txt", "نص c.txt"]
    matched = [a.text for a in read_sources([str(tmp_path / "*.txt")]) if isinstance(a, Article)]
    assert matched == ["نص a.txt", "نص c.txt"]


def test_standard_input_is_a_text_or_json_lines() -> None:
    (text,) = read_sources(["-"], io.BytesIO(TEXT.encode()))
    assert isinstance(text, Article)
    assert text.text == TEXT
    lines = list(read_sources(["-"], io.BytesIO('{"text": "أ"}\n{"text": "ب"}'.encode())))
    assert [a.text for a in lines if isinstance(a, Article)] == ["أ", "ب"]


def test_a_date_in_another_form_becomes_a_day_and_what_is_no_date_is_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [
        {"text": "نص", "date": "Tue, 05 Mar 2024 10:00:00 GMT"},
        {"text": "نص ثان", "date": "قريبا"},
        {"text": "ن", "date": "10:30"},
    ]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows))
    assert [a.published for a in read_sources([file]) if isinstance(a, Article)] == ["2024-03-05", None, None]
    assert "is no date" in caplog.text


def test_deep_json_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text('{"text": ' + "[" * 100_000)
    assert "JSON" in refusal(file)
