"""Drafts kept between sittings."""

import json
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.drafting.preamble import Profile
from assistant.drafting.saved import SavedDrafts, new_draft_id
from assistant.drafting.workbook import Workbook
from ingest.errors import NianbaoError
from tests.drafting_cases import CASES, YEAR

CASE = CASES["thousands"]


def _book() -> Workbook:
    book = Workbook(
        CASE.agency,
        YEAR,
        last_year=CASE.last_year,
        notes=CASE.notes,
        profile=Profile("松月路8号", platforms=("公众号",)),
        signed_on=date(YEAR + 1, 1, 20),
    ).with_tables(CASE.tables)
    part = book.draft().parts[1]
    suggestion = next(s for s in book.draft().suggestions if s.insertions)
    return (
        book.edited(part, "2024年的工作分5个方面说明。")
        .accepted(suggestion, {})
        .styled("requests", "short")
        .reworded("problems")
    )


def test_a_draft_comes_back_as_it_was_left_with_its_undo(tmp_path: Path) -> None:
    book, key = _book(), new_draft_id()
    SavedDrafts(tmp_path).change(key, lambda _: book)
    again = SavedDrafts(tmp_path).load(key)
    assert again == book
    assert again.draft() == book.draft()
    assert again.undone() == book.undone()
    assert again.unentered() == book.unentered()


def test_a_draft_saved_before_typing_could_be_taken_back_is_still_opened(tmp_path: Path) -> None:
    drafts, key = SavedDrafts(tmp_path), new_draft_id()
    drafts.change(key, lambda _: _book())
    path = next(tmp_path.rglob(f"{key}.json"))
    content = json.loads(path.read_text())
    del content["workbook"]["entries"]
    path.write_text(json.dumps(content))
    assert drafts.load(key) == replace(_book(), entries=())


def test_what_one_writer_saved_another_does_not_see(tmp_path: Path) -> None:
    key = new_draft_id()
    SavedDrafts(tmp_path, "张三").change(key, lambda book: replace(book, agency="甲局", year=YEAR))
    assert [e.agency for e in SavedDrafts(tmp_path, "张三").entries()] == ["甲局"]
    assert SavedDrafts(tmp_path, "李四").entries() == []
    assert SavedDrafts(tmp_path, "李四").load(key) == Workbook()
    assert SavedDrafts(tmp_path).entries() == []


@pytest.mark.parametrize(
    "key", ["", "../../../etc/passwd", "profiles", "0" * 15, "ABCDEF0123456789"]
)
def test_what_is_no_identifier_never_becomes_a_path(tmp_path: Path, key: str) -> None:
    with pytest.raises(NianbaoError):
        SavedDrafts(tmp_path).load(key)
    with pytest.raises(NianbaoError):
        SavedDrafts(tmp_path).remove(key)


def test_the_latest_draft_is_listed_first_and_a_removed_one_no_more(tmp_path: Path) -> None:
    drafts = SavedDrafts(tmp_path)
    keys = [new_draft_id() for _ in range(2)]
    for age, key in zip((100, 10), keys, strict=True):
        drafts.change(key, lambda book: replace(book, agency="甲局", year=YEAR))
        path = next(tmp_path.rglob(f"{key}.json"))
        os.utime(path, (path.stat().st_mtime - age, path.stat().st_mtime - age))
    assert [entry.id for entry in drafts.entries()] == keys[::-1]
    drafts.remove(keys[0])
    assert [entry.id for entry in drafts.entries()] == keys[1:]


def test_changes_from_many_pages_at_once_are_all_kept(tmp_path: Path) -> None:
    key = new_draft_id()
    cells = [str(c) for c in list(CASE.tables.tables["requests"].cells)[:24]]

    def type_one(cell: str) -> None:
        SavedDrafts(tmp_path).change(
            key, lambda book: replace(book, year=YEAR).with_typed({cell: "3"})
        )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(type_one, cells))
    assert set(SavedDrafts(tmp_path).load(key).cells) == set(cells)


def test_a_failed_change_leaves_the_old_draft_and_no_rubbish(tmp_path: Path) -> None:
    drafts, key = SavedDrafts(tmp_path), new_draft_id()
    drafts.change(key, lambda book: replace(book, agency="甲局"))

    def fail(_: Workbook) -> Workbook:
        raise NianbaoError("不行")

    with pytest.raises(NianbaoError):
        drafts.change(key, fail)
    assert drafts.load(key).agency == "甲局"
    assert not list(tmp_path.rglob("*.new"))


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"workbook": {"year": "x"}, "last_year": null}']
)
def test_a_damaged_draft_is_told_and_left_out_of_the_list(tmp_path: Path, content: bytes) -> None:
    drafts, key = SavedDrafts(tmp_path), new_draft_id()
    drafts.change(key, lambda book: replace(book, agency="甲局"))
    next(tmp_path.rglob(f"{key}.json")).write_bytes(content)
    assert drafts.entries() == []
    with pytest.raises(NianbaoError, match="损坏"):
        drafts.load(key)


def test_a_number_without_origin_in_a_tampered_file_is_refused(tmp_path: Path) -> None:
    drafts, key = SavedDrafts(tmp_path), new_draft_id()
    drafts.change(key, lambda _: _book())
    path = next(tmp_path.rglob(f"{key}.json"))
    content = json.loads(path.read_text())
    content["workbook"]["revision"]["edits"]["lead"] = {"text": "公开信息99条。", "bounds": []}
    path.write_text(json.dumps(content))
    with pytest.raises(NianbaoError, match="损坏"):
        drafts.load(key)


def test_a_profile_is_remembered_by_agency(tmp_path: Path) -> None:
    profile = Profile("松月路8号", "0599-6100001", platforms=("区政府门户网站",))
    SavedDrafts(tmp_path).remember("甲局", profile)
    SavedDrafts(tmp_path).remember("甲局", Profile())
    assert SavedDrafts(tmp_path).profile("甲局") == profile
    assert SavedDrafts(tmp_path).profile("乙局") == Profile()
    assert SavedDrafts(tmp_path, "李四").profile("甲局") == Profile()
