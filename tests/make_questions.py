"""`python -m tests.make_questions` writes the question sets whose answers tests/samples.toml gives.

Each set asks about the sample reports in the words people use; what is expected is computed here from
the data that the samples are made of, never taken from an answer of the program.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path

from ingest.forms import form_of
from ingest.report import Concept, Number, Report
from tests.make_samples import sample_reports

FOLDER = Path(__file__).parent / "questions"
Case = dict[str, object]

CITY, MARKET = "云江市人民政府", "云江市市场监督管理局"
LAND, EDUCATION = "岚溪县自然资源局", "云江市青槐区教育局"
WATER, TOURISM = "云江市青槐区水利局", "岚溪县文化和旅游局"
# As people write them; the last of some is a typing slip.
NAMES: dict[str, tuple[str, ...]] = {
    CITY: ("云江市政府", "云江市人民政府", "云江市府"),
    MARKET: ("云江市市场监管局", "云江市市监局", "云江市场监督管理局", "云江市市监居"),
    LAND: ("岚溪县自然资源局", "岚溪自然资源局", "岚溪县自然资源句"),
    EDUCATION: ("青槐区教育局", "云江市青槐区教育局", "青槐教育局", "青槐区教育居"),
    WATER: ("青槐区水利局", "青槐水利局", "云江市青槐区水利局"),
    TOURISM: ("岚溪县文旅局", "岚溪文旅局", "岚溪县文化和旅游局"),
}
YEARS: tuple[Callable[[int], str], ...] = (
    lambda year: f"{year}年",
    lambda year: f"{year}年度",
    lambda year: f"{year % 100}年",
    lambda year: f"{year}",
)
# One row and column, and several ways to ask for it.
CELLS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "requests",
        "new",
        "total",
        (
            "收到几件申请",
            "新收申请多少件",
            "一共来了多少件信息公开申请？",
            "依申请公开收了多少",
            "新受理几件",
        ),
    ),
    (
        "requests",
        "new",
        "natural_person",
        ("自然人申请了几件", "个人提出的申请有多少", "老百姓申请几件"),
    ),
    (
        "requests",
        "new",
        "enterprise",
        ("企业提的申请几件", "商业企业新收申请多少件", "公司申请了几件"),
    ),
    ("requests", "new", "legal_service", ("律所申请了几件", "法律服务机构的申请有几件")),
    (
        "requests",
        "carried_in",
        "total",
        ("上年结转几件", "去年没办完转过来几件", "上一年度结转的申请多少件"),
    ),
    (
        "requests",
        "carried_over",
        "total",
        ("结转下年度几件", "还有几件没办结", "留到下年的有多少件"),
    ),
    ("requests", "granted", "total", ("予以公开几件", "同意公开的多少件", "全部公开几件申请")),
    ("requests", "partly_granted", "total", ("部分公开几件", "区分处理了几件申请")),
    ("requests", "denied.process", "total", ("因为过程性信息不予公开的几件", "四类过程性信息几件")),
    (
        "requests",
        "denied.third_party",
        "total",
        ("因第三方权益没公开的有几件", "涉及商业秘密个人隐私不公开几件"),
    ),
    ("requests", "unavailable.not_held", "total", ("信息不存在的几件", "答复不掌握的有几件")),
    (
        "requests",
        "declined.complaint",
        "total",
        ("信访投诉类不予处理几件", "当成信访不处理的有几件"),
    ),
    ("requests", "declined.repeat", "total", ("重复申请几件", "重复提交的申请几件")),
    ("requests", "other.not_corrected", "total", ("逾期不补正的几件", "逾期没补正的有几件")),
    ("requests", "total", "total", ("一共办结多少件申请", "办理结果总计多少", "答复了几件申请")),
    ("disputes", "reconsideration", "total", ("行政复议几件", "被复议了几次", "复议案件多少")),
    (
        "disputes",
        "reconsideration",
        "corrected",
        ("复议纠正几件", "被复议机关纠正几件", "行政复议纠错几件"),
    ),
    ("disputes", "reconsideration", "pending", ("复议尚未审结几件", "复议还没审结的有几件")),
    ("disputes", "litigation_direct", "total", ("未经复议直接起诉几件", "直接起诉的多少件")),
    (
        "disputes",
        "litigation_after_reconsideration",
        "upheld",
        ("复议后起诉维持几件", "复议后起诉结果维持多少件"),
    ),
    (
        "proactive",
        "licensing",
        "decisions",
        ("作出行政许可决定多少件", "行政许可多少件", "许可办了多少件"),
    ),
    ("proactive", "penalties", "decisions", ("行政处罚多少件", "处罚了几件", "罚了多少件")),
    ("proactive", "coercion", "decisions", ("行政强制几件", "采取强制措施多少件")),
    (
        "proactive",
        "fees",
        "amount",
        ("行政事业性收费多少万元", "收费金额多少", "收了多少钱的行政事业性收费"),
    ),
    (
        "proactive",
        "normative_documents",
        "issued",
        ("制发规范性文件几件", "出台了几件规范性文件", "发了几个红头文件，制发数"),
    ),
    (
        "proactive",
        "normative_documents",
        "in_force",
        ("现行有效的规范性文件几件", "还有效的规范性文件多少件"),
    ),
)
CASES_PER_CELL = 5
SUMS: tuple[tuple[str, str, str, str], ...] = (
    ("requests", "new", "total", "新收申请"),
    ("requests", "granted", "total", "予以公开"),
    ("requests", "carried_over", "total", "结转下年度的申请"),
    ("disputes", "reconsideration", "total", "行政复议案件"),
    ("proactive", "penalties", "decisions", "行政处罚"),
    ("proactive", "licensing", "decisions", "行政许可"),
)


def main() -> None:
    """Write every set anew."""
    reports = [sample.report for sample in sample_reports()]
    for name, cases in (
        ("cells", cells(reports)),
        ("together", together(reports)),
        ("followups", followups(reports)),
    ):
        lines = (json.dumps(case, ensure_ascii=False) for case in cases)
        (FOLDER / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def value(report: Report, table: str, row: str, column: str) -> Number | None:
    """The cell as the data has it, None where it is blank or not on the form."""
    concept = Concept(table, row, column)  # type: ignore[arg-type]
    held = report.tables[concept.table].cells.get(concept)
    return held.value if held else None


def unit(report: Report, table: str, row: str, column: str) -> str:
    """The unit that the form gives the cell."""
    return form_of(report.format).tables[table].unit(row, column)  # type: ignore[index]


# --- One cell ---------------------------------------------------------------------------------------


def cells(reports: Sequence[Report]) -> Iterator[Case]:
    """One cell each, over reports of all agencies in turn, in every wording."""
    turn = cycle(reports)
    names = {agency: cycle(forms) for agency, forms in NAMES.items()}
    years = cycle(YEARS)
    for table, row, column, wordings in CELLS:
        asked = 0
        words = cycle(wordings)
        for report in (next(turn) for _ in range(4 * len(reports))):
            number = value(report, table, row, column)
            if number is None or asked == CASES_PER_CELL:
                continue
            asked += 1
            who, when = next(names[report.agency or ""]), next(years)(report.year or 0)
            yield {
                "question": f"{who}{when}{next(words)}",
                "expect": {
                    "kind": "单元格",
                    "status": "answered",
                    "values": [
                        {
                            "value": number,
                            "agency": report.agency,
                            "year": report.year,
                            "unit": unit(report, table, row, column),
                        }
                    ],
                    "citations": [cited(report, table, row, column)],
                },
            }


def cited(report: Report, table: str, row: str, column: str) -> Case:
    """What a citation of the cell must have."""
    return {
        "agency": report.agency,
        "year": report.year,
        "table": table,
        "row": row,
        "column": column,
    }


# --- Several reports --------------------------------------------------------------------------------


def together(reports: Sequence[Report]) -> Iterator[Case]:
    """Sums, means, rankings, extremes, filters, differences and trends."""
    for table, row, column, name in SUMS:
        cell = (table, row, column)
        for year in (2023, 2024):
            yield from _of_one_year(year, reports, cell, name)
        yield from _over_years(reports, cell, name)


def _of_one_year(
    year: int, reports: Sequence[Report], cell: tuple[str, str, str], name: str
) -> Iterator[Case]:
    theirs = [(r, v) for r in reports if r.year == year if (v := value(r, *cell)) is not None]
    numbers = [number for _, number in theirs]
    yield _case("合计", f"{year}年各单位{name}一共多少件", [round(sum(numbers), 6)])
    yield _case("合计", f"{year}年{name}全部加起来是多少", [round(sum(numbers), 6)])
    mean = round(sum(numbers) / len(numbers), 1)
    yield _case("平均", f"{year}年平均每家单位{name}多少件", [mean])
    ranked = sorted(numbers, reverse=True)
    yield _case("排名", f"{year}年各单位{name}排个名", ranked)
    yield _case("排名", f"{year}年{name}由少到多排列", ranked[::-1])
    best = [_named(r, v) for r, v in theirs if v == max(numbers)]
    yield _case("最值", f"{year}年哪家{name}最多？", best, any_order=True)
    yield _case("最值", f"{year}年谁的{name}最高", best, any_order=True)
    least = [_named(r, v) for r, v in theirs if v == min(numbers)]
    yield _case("最值", f"{year}年{name}最少的是哪个单位", least, any_order=True)
    above = [r.agency for r, v in theirs if v > 4]
    if above:
        yield _case("筛选", f"{year}年{name}超过4件的有哪些单位", above, any_order=True)
    none = [r.agency for r, v in theirs if v == 0]
    if none:
        yield _case("筛选", f"{year}年哪些单位没有{name}", none, any_order=True)


def _named(report: Report, number: Number) -> Case:
    return {"value": number, "agency": report.agency, "year": report.year}


def _case(
    kind: str,
    question: str,
    values: Sequence[object],
    history: Sequence[str] = (),
    *,
    any_order: bool = False,
) -> Case:
    expect: Case = {"kind": kind, "status": "answered", "values": list(values)}
    if any_order:
        expect["any_order"] = True
    case: Case = {"question": question, "expect": expect}
    if history:
        case["history"] = [{"role": "user", "content": text} for text in history]
    return case


def _over_years(reports: Sequence[Report], cell: tuple[str, str, str], name: str) -> Iterator[Case]:
    for agency, who in ((MARKET, "云江市市监局"), (EDUCATION, "青槐区教育局")):
        theirs = sorted((r for r in reports if r.agency == agency), key=lambda r: r.year or 0)
        course = [value(r, *cell) for r in theirs]
        if None in course:
            continue
        numbers = [number for number in course if number is not None]
        yield _case("趋势", f"{who}历年{name}的变化趋势", numbers)
        change = round(numbers[-1] - numbers[-2], 6)
        yield _case("差额", f"{who}2024年{name}比2023年多了还是少了多少件", [change])
        yield _case("合计", f"{who}{theirs[0].year}到2024年{name}合计多少件", [sum(numbers)])


# --- Conversations ----------------------------------------------------------------------------------


def followups(reports: Sequence[Report]) -> Iterator[Case]:
    """Questions that lean on the one before: another year, agency, row, or what to do."""
    held = {(r.agency, r.year): r for r in reports}
    for table, row, column, name in SUMS:
        cell = (table, row, column)

        def case(question: str, agency: str, year: int, *before: str) -> Case:
            number = value(held[agency, year], *cell)  # noqa: B023 - used within this turn
            return _case("追问", question, [_named(held[agency, year], number or 0)], before)

        first = f"云江市市监局2023年{name}多少件"
        yield case("那2022年呢", MARKET, 2022, first)
        yield case("青槐区教育局呢？", EDUCATION, 2023, first)
        yield case("云江市政府的呢", CITY, 2023, first, "青槐区教育局呢？")
        yield case("去年呢", MARKET, 2022, first)
        yield case("我说的是岚溪县自然资源局", LAND, 2023, first)
        yield case("不对，我问的是2024年", MARKET, 2024, first)
        theirs = {
            r.agency: v for r in reports if r.year == 2023 if (v := value(r, *cell)) is not None
        }
        best = [{"value": v, "agency": a} for a, v in theirs.items() if v == max(theirs.values())]
        yield _case("追问", "哪家最多", best, (first,), any_order=True)
        yield _case("追问", "一共多少", [round(sum(theirs.values()), 6)], (first, "各单位呢"))
    market = held[MARKET, 2023]
    for words, (table, row, column) in {
        "我说的是行政诉讼": ("disputes", "litigation_after_reconsideration", "total"),
        "我问的是结果纠正的": ("disputes", "reconsideration", "corrected"),
        "那予以公开的呢": ("requests", "granted", "total"),
    }.items():
        number = value(market, table, row, column)
        before = "云江市市监局2023年行政复议几件"
        yield _case("更正", words, [_named(market, number or 0)], (before,))


if __name__ == "__main__":
    main()
