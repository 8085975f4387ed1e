"""Questions of two clauses, slips of the pen, wholes and multiples, and what is asked back."""

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.asking import ask, explain_and_ask
from assistant.model import Turn
from assistant.question.shares import find_shares
from assistant.question.slips import mend
from ingest import samples
from ingest.report import Cell, Concept
from tests.bookcase import Bookcase
from tests.hash_embedder import HashEmbedder
from tests.invented import Replacements, invented_report
from vectorstore.library import Library

APPLICANTS = ("natural_person", "enterprise", "research", "nonprofit", "legal_service", "other")
# Agency, year, new requests, reconsiderations; of those upheld.
COUNTS = (
    ("云溪县水务局", 2022, 12, 3, 1),
    ("云溪县水务局", 2023, 30, 0, 0),
    ("云溪县体育局", 2023, 24, 4, 3),
    ("云溪县林业局", 2023, 6, 0, 0),
)


def counts_to_cells(agency: str, new: int, reviews: int, upheld: int) -> Replacements:
    """The cells that make these counts, every total the sum of its row."""
    cells: dict[Concept | str, Cell | int | float | None] = {}
    cells |= {f"requests/new/{applicant}": 0 for applicant in APPLICANTS}
    cells |= {"requests/new/natural_person": new, "requests/new/total": new}
    parts = {"upheld": upheld, "corrected": reviews - upheld, "other": 0, "pending": 0}
    cells |= {f"disputes/reconsideration/{column}": value for column, value in parts.items()}
    cells |= {"disputes/reconsideration/total": reviews}
    if agency == "云溪县林业局":
        cells |= {f"disputes/litigation_direct/{column}": None for column in ("other", "pending")}
    return cells


BOOKCASE = Bookcase(
    *(
        invented_report(agency=agency, year=year, replace=counts_to_cells(agency, *counts))
        for agency, year, *counts in COUNTS
    )
)


def answer(question: str, *before: str) -> Answer:
    return ask(question, BOOKCASE, history=[Turn("user", text) for text in before])


def values(found: Answer) -> list[object]:
    return [value.value for value in found.values]


@pytest.mark.parametrize(
    ("question", "meeting"),
    [
        ("2023年新收申请超过20件而且没有行政复议的单位有哪些", ["云溪县水务局"]),
        ("2023年新收申请超过20件，又有行政复议的单位有哪些", ["云溪县体育局"]),
        ("2023年没有行政复议但新收申请不到10件的单位有哪些", ["云溪县林业局"]),
        ("2023年新收申请在10到25件之间的单位", ["云溪县体育局"]),
        ("2023年新收申请最多10件的单位有哪些", ["云溪县林业局"]),
        ("2023年行政复议不为零的单位", ["云溪县体育局"]),
    ],
)
def test_each_clause_puts_its_own_condition(question: str, meeting: list[str]) -> None:
    assert values(answer(question)) == meeting


def test_the_conditions_are_said_one_by_one() -> None:
    text = answer("2023年新收申请超过20件而且没有行政复议的单位有哪些").text
    assert "新收政府信息公开申请超过20件，且行政复议案件为零" in text


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("2023年各单位新收申请的中位数是多少", 24),
        ("水务局2023年新收申请是体育局的几倍", 1.25),
        ("水务局2023年新收申请是2022年的几倍", 2.5),
        ("水务局2022年新收申请是2023年的几倍", 0.4),
        ("2023年新收申请最多的比最少的多多少件", 24),
        ("2023年各单位新收申请的标准差", 10.2),
    ],
)
def test_numbers_are_set_against_each_other(question: str, value: float) -> None:
    assert values(answer(question)) == [value]


def test_nothing_is_a_multiple_of_zero() -> None:
    found = answer("体育局2023年行政复议是林业局的几倍")
    assert found.status == "unanswerable"
    assert "没有倍数" in found.text


def test_a_share_is_of_the_whole_that_the_question_names() -> None:
    (share,) = find_shares("不予公开里行政执法案卷占多少")
    assert {cell.row for cell in share.cells} == {"denied.enforcement_file"}
    assert len(share.over) == 8
    assert find_shares("自然人占多少") == ()


def test_asked_whether_all_were_upheld_the_part_is_told_not_a_yes() -> None:
    text = answer("体育局2023年行政复议全部维持了吗").text
    assert not text.startswith("有")
    assert "3÷4" in text


def test_each_agency_is_taken_with_its_own_year() -> None:
    found = answer("水务局2022年和体育局2023年谁的新收申请多")
    assert [(v.value, v.year) for v in found.values] == [(24, 2023), (12, 2022)]


def test_blank_cells_are_listed_by_their_rows_and_zero_is_none() -> None:
    text = answer("林业局2023年有没有空白格").text
    assert "两格空白未填" in text
    assert "未经复议直接起诉" in text
    assert "没有空白格" in answer("体育局2023年哪些格子没填").text


def test_a_trend_of_nothing_is_asked_back_and_then_answered() -> None:
    asked_back = answer("水务局近三年趋势")
    assert asked_back.status == "clarify"
    assert "新收政府信息公开申请" in asked_back.text
    assert values(answer("新收申请", "水务局近三年趋势")) == [12, 30]


@pytest.mark.parametrize(
    "question",
    ["再说回水务局，2022年呢", "回到刚才水务局的问题，2022年几件", "不是体育局，是水务局2022年"],
)
def test_an_earlier_subject_is_returned_to(question: str) -> None:
    found = answer(question, "水务局2023年新收申请多少件", "体育局呢")
    assert [(v.value, v.agency) for v in found.values] == [(12, "云溪县水务局")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("依申清公开", "依申请公开"),
        ("行政赴议", "行政复议"),
        ("予已公开", "予以公开"),
        ("人民正府", "人民政府"),
    ],
)
def test_a_slip_that_sounds_alike_is_mended(typed: str, meant: str) -> None:
    assert mend(f"收到{typed}几件") == (f"收到{meant}几件", ((typed, meant),))


@pytest.mark.parametrize("text", ["行政处分几件", "本年结转多少", "上年新收几件", "行政复议几件"])
def test_another_word_is_no_slip(text: str) -> None:
    assert mend(text) == (text, ())


def test_what_was_mended_is_said_and_shown() -> None:
    found = explain_and_ask("云溪县水务局2022年行政赴议几件", BOOKCASE)
    assert [v.value for v in found.answer.values] == [3]
    assert "“行政赴议”按“行政复议”理解" in found.answer.text
    assert found.query and found.query.mended == (("行政赴议", "行政复议"),)


def test_a_count_that_was_not_understood_is_not_passed_over() -> None:
    text = answer("水务局2023年收到多少申请？盖了多少章").text
    assert "新收政府信息公开申请30件" in text
    assert "还问了一个数，没有看懂是哪一项" in text


def test_what_was_given_out_is_granted_and_partly_granted() -> None:
    text = answer("水务局2023年收到多少申请？公开了多少件").text
    assert "新收政府信息公开申请30件，予以公开556件，部分公开112件" in text


def test_of_a_revised_report_the_newest_edition_counts_and_the_difference_is_said(
    tmp_path: Path,
) -> None:
    path = next(path for path in samples.paths() if path.name == "market-regulation-2021.txt")
    first = path.read_text("utf-8")
    agency, question = "云江市市场监督管理局", "云江市市监局2021年行政许可几件"
    with Library(tmp_path / "library", embedder=HashEmbedder()) as library:
        for name, text in (("first.txt", first), ("second.txt", first.replace("18652", "18660"))):
            (tmp_path / name).write_text(text, "utf-8")
            library.add(tmp_path / name)
        found = ask(question, library)
    assert [(v.value, v.agency) for v in found.values] == [(18660, agency)]
    assert "这份年报有修订，以最新一版为准；旧一版这一格是18652件" in found.text
