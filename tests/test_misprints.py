from assistant.asking import ask
from ingest.parse import parse_bytes
from tests.bookcase import Bookcase

PRINTED = """云溪县水务局2023年政府信息公开工作年度报告

一、总体情况
2023年，我局主动公开信息41条。
二、主动公开政府信息情况

| 第二十条第（一）项 | | | |
|---|---|---|---|
| 信息内容 | 本年制发件数 | 本年度止件数 | 现行有效件数 |
| 规章 | 0 | 0 | 0 |
| 行政规范性文件 | 3 | 7 | 21 |

五、存在的主要问题及改进情况
更新不及时。
六、其他需要报告的事项
未收取信息处理费。
"""
REPORT = parse_bytes(PRINTED.encode(), "云溪县水务局2023.md")
QUESTION = "云溪县水务局2023年表二的表头有错字吗？"


def test_a_misprinted_column_is_read_for_what_it_means_and_said_to_be_misprinted() -> None:
    assert REPORT.number("proactive/normative_documents/repealed") == 7
    (warning,) = [w for w in REPORT.warnings if w.code == "label-inferred"]
    assert warning.message == "表二的列名“本年度止件数”疑为“本年废止件数”之误"
    assert warning.place.quote == "本年度止件数"


def test_a_question_for_misprints_is_told_of_the_column() -> None:
    answer = ask(QUESTION, Bookcase(REPORT))
    assert answer.method == "check"
    assert "“本年度止件数”疑为“本年废止件数”之误" in answer.text
    assert "本年度止件数" in [citation.place.quote for citation in answer.citations]


def test_a_report_without_misprints_is_not_accused() -> None:
    clean = parse_bytes(
        PRINTED.replace("本年度止件数", "本年废止件数").encode(), "云溪县水务局2023.md"
    )
    assert "没有发现问题" in ask(QUESTION, Bookcase(clean)).text
