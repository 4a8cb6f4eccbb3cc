"""The cache: what was read stays read, until the code that reads changes."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from kg import cache as cache_room
from kg.cache import RecordCache


def test_a_record_is_found_by_content_and_name(tmp_path: Path) -> None:
    with closing(RecordCache(tmp_path / "cache.sqlite")) as cache:
        cache.put([("ab", "a.txt", b"{}"), ("cd", "c.txt", b"[]")])
        cache.put([("ab", "a.txt", b"{1}")])
    with closing(RecordCache(tmp_path / "cache.sqlite")) as cache:
        assert cache.get("ab", "a.txt") == b"{1}"
        assert cache.get("ab", "b.txt") is None and cache.get("ef", "a.txt") is None


def test_other_code_reads_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(RecordCache(tmp_path / "cache.sqlite")) as cache:
        cache.put([("ab", "a.txt", b"{}")])
    monkeypatch.setattr(cache_room, "reading_code", lambda: "changed")
    with closing(RecordCache(tmp_path / "cache.sqlite")) as cache:
        assert cache.get("ab", "a.txt") is None


def test_a_damaged_cache_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "cache.sqlite").write_bytes(b"no database" * 1000)
    with closing(RecordCache(tmp_path / "cache.sqlite")) as cache:
        cache.put([("ab", "a.txt", b"{}")])
        assert cache.get("ab", "a.txt") == b"{}"
