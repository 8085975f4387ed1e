from dataclasses import replace

import pytest

from assistant.asking import ask
from assistant.question.outcomes import asks_outcome, years_that_tell
from tests.bookcase import Bookcase, written_report
from tests.invented import invented_report

BOOKCASE = Bookcase(
    written_report(
        "云溪县水务局",
        2022,
        s5="主要问题：水质月报发布晚。改进措施：每月五日前发布。",
    ),
    written_report(
        "云溪县水务局",
        2023,
        s5="上年水质月报发布晚的问题，已改为自动发布。\n主要问题：停水通知看不懂。改进措施：附上街道名单。",
    ),
    written_report("云溪县农业农村局", 2023, s5="主要问题：农技文章专业词多。"),
)


@pytest.mark.parametrize(
    ("question", "years", "told_by"),
    [
        ("2023年指出的问题整改了吗", (2023,), (2024,)),
        ("对2023年的问题做了什么整改", (2023,), (2024,)),
        ("23年的问题解决了没有", (2023,), (2024,)),
        ("去年的问题今年改了吗", (2023, 2024), (2024,)),
        ("去年的问题整改得怎么样", (2023,), (2024,)),
        ("2024年对2023年问题的整改情况", (2023, 2024), (2024,)),
        ("2023年对上年的问题怎么整改的", (2023, 2024), (2023,)),
        ("2023年的问题有什么改进措施", (2023,), (2023,)),
        ("2023年有什么问题，怎么改进", (2023,), (2023,)),
        ("存在的问题整改了吗", (), ()),
    ],
)
def test_the_report_that_tells_of_a_problems_cure_is_chosen(
    question: str, years: tuple[int, ...], told_by: tuple[int, ...]
) -> None:
    assert years_that_tell(question, years) == told_by


def test_a_plan_is_no_outcome() -> None:
    assert not asks_outcome("2023年的问题有什么改进措施")
    assert asks_outcome("2023年的问题改好了吗")


def test_the_cure_is_quoted_and_neither_the_problem_nor_the_plan() -> None:
    answer = ask("水务局2022年的问题后来改了吗？", BOOKCASE)
    assert "云溪县水务局2023年" in answer.text
    assert [c.place.quote for c in answer.citations] == [
        "上年水质月报发布晚的问题，已改为自动发布。"
    ]


def test_a_cure_that_no_report_held_can_tell_is_not_sought_elsewhere() -> None:
    answer = ask("水务局2023年的问题整改了吗？", BOOKCASE)
    assert answer.status == "unanswerable"
    assert answer.text.startswith("问题整改得如何，写在下一年的年报里。资料库中没有云溪县水务局")


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        (
            "水务局和农业农村局2022年分别存在哪些问题？",
            "资料库中没有云溪县农业农村局2022年的年报。",
        ),
        ("水务局2021年、2022年存在哪些问题？", "资料库中没有云溪县水务局2021年的年报。"),
        ("水务局和卫健委存在哪些问题？", "资料库中没有“卫健委”的年报。"),
    ],
)
def test_a_report_asked_for_and_not_held_is_said_beside_the_answer(
    question: str, lacking: str
) -> None:
    answer = ask(question, BOOKCASE)
    assert lacking in answer.text


def test_a_sum_says_which_report_it_lacks() -> None:
    held = [("云溪县水务局", 2022), ("云溪县水务局", 2023), ("云溪县农业农村局", 2023)]
    reports = [invented_report(agency=agency, year=year, balanced=True) for agency, year in held]
    answer = ask("水务局和农业农村局2022年、2023年新收申请一共多少件？", Bookcase(*reports))
    assert answer.text.endswith("资料库中没有云溪县农业农村局2022年的年报。")


def test_nothing_is_sought_in_other_years_when_the_year_asked_for_is_not_held() -> None:
    answer = ask("农业农村局2022年存在哪些问题？", BOOKCASE)
    assert answer.status == "unanswerable"
    assert answer.text.startswith("资料库中没有云溪县农业农村局2022年的年报。")


def test_which_agency_leads_and_why_is_answered_with_the_agency_and_its_own_reason() -> None:
    reports = [
        replace(
            invented_report(seed=seed, agency=agency, year=2023, balanced=True),
            sections=written_report(agency, 2023, s3="", s5=reason).sections,
        )
        for seed, (agency, reason) in enumerate(
            [
                ("云溪县水务局", "不予公开较多的原因是内部流程文件的申请集中。"),
                ("云溪县农业农村局", "不予公开较多的原因是涉及农户信息。"),
            ]
        )
    ]
    asked = ask("哪个单位不予公开最多，为什么？", Bookcase(*reports))
    (best,) = {value.agency for value in asked.values}
    assert asked.text.startswith(f"不予公开（八种情形合计）最多的是{best}2023年")
    quotes = [c.place.quote or "" for c in asked.citations if c.place.section == 5]
    own = {"云溪县水务局": "流程文件", "云溪县农业农村局": "农户信息"}[best or ""]
    assert len(quotes) == 1 and own in quotes[0]
