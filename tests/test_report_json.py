"""Report ↔ JSON: the contract's keys, and nothing lost on the way back."""

import json
from datetime import date

from ingest.report import Cell, Concept, Doubt, Figure, Place, Report, Section, Table
from ingest.report_json import report_from_dict, report_to_dict
from tests.invented import invented_report

CONTRACT_KEYS = [
    "source",
    "sha256",
    "media_type",
    "agency",
    "year",
    "format",
    "title",
    "signed_by",
    "signed_on",
    "sections",
    "tables",
    "figures",
    "warnings",
]


def report() -> Report:
    new = Concept("requests", "new", "total")
    other = Concept("requests", "new", "other")
    shifted = Doubt("row-shifted", "“本年新收”一行右移一格", Place(page=2))
    return Report(
        source="甲市乙局.txt",
        sha256="ab" * 32,
        media_type="text/plain",
        agency="甲市乙局",
        year=2023,
        format="2021",
        title="甲市乙局2023年政府信息公开工作年度报告",
        signed_by="甲市乙局",
        signed_on=date(2024, 1, 17),
        preamble=Section(0, "", "根据条例编制。"),
        sections=(Section(1, "一、总体情况", "主动公开信息5条。", 1, 3),),
        tables={
            "requests": Table(
                "requests",
                {
                    new: Cell(
                        3,
                        "3",
                        Place(
                            page=2,
                            box=(1.0, 2.0, 3.0, 4.0),
                            table="requests",
                            row="new",
                            column="total",
                        ),
                        shifted,
                    ),
                    other: Cell(None, None),
                },
                (Doubt("row-missing", "没有“重复申请”一行"),),
                (Place(line=7, quote="(一)予以公开", table="requests", grid=(2, 5, 1)),),
            )
        },
        figures=(Figure("主动公开信息", 5, "条", "主动公开信息5条。", 1, "5条"),),
        doubts=(Doubt("title-missing", "没有标题"),),
    )


def test_the_contract_s_keys_come_first_and_in_order() -> None:
    assert list(report_to_dict(report()))[: len(CONTRACT_KEYS)] == CONTRACT_KEYS


def test_a_missing_cell_is_null_and_a_number_is_a_number() -> None:
    tables = report_to_dict(report())["tables"]
    assert tables == {"requests": {"new": {"total": 3, "other": None}}}


def test_warnings_name_every_doubt_once() -> None:
    codes = [warning["code"] for warning in report_to_dict(report())["warnings"]]
    assert codes == ["title-missing", "row-missing", "row-shifted"]


def test_nothing_is_lost_on_the_way_to_json_and_back() -> None:
    assert report_from_dict(json.loads(json.dumps(report_to_dict(report())))) == report()


def test_bare_contract_json_is_read_without_places() -> None:
    bare = {key: report_to_dict(report())[key] for key in CONTRACT_KEYS}
    assert report_from_dict(bare).number("requests/new/total") == 3


def test_a_report_of_our_own_store_is_the_same_report_built_when_asked_for() -> None:
    whole = invented_report(seed=3, replace={"requests/new/total": None})
    stored = report_from_dict(json.loads(json.dumps(report_to_dict(whole))), is_ours=True)
    assert stored.cell(Concept("requests", "new", "total")).state == "blank"
    assert stored == whole == report_from_dict(report_to_dict(whole))
    assert list(stored.tables["requests"].cells) == list(whole.tables["requests"].cells)
    assert Concept("requests", "new", "nobody") not in stored.tables["requests"].cells
    assert Concept("disputes", "new", "total") not in stored.tables["requests"].cells
