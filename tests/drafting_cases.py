"""Ten invented agencies of different kinds and figures, with what each gives to be drafted from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from assistant.drafting.draft import Draft, Profile, draft
from ingest.forms import Form, form_of
from ingest.report import Cell, Concept, Number, Report, TableName
from tests.invented import invented_report

YEAR = 2024
SIGNED = date(YEAR + 1, 1, 20)
# Two agencies' section one share at most so much of their eight-character runs (0 to 1).
MOST_ALIKE = 0.25
MOST_ALIKE_ON_AVERAGE = 0.1
_FRAMING = ("new", "carried_in", "total", "carried_over")


def tables_of(
    agency: str,
    year: int = YEAR,
    cells: Mapping[str, Number | None] | None = None,
    *,
    edition: str = "2021",
    sections: Mapping[int, str] | None = None,
) -> Report:
    """A report whose cells are 0 but for `cells`; totals are worked out, None is a blank cell."""
    form = form_of(edition)
    values: dict[Concept, Number | None] = dict.fromkeys(form.concepts(), 0)
    given = {Concept.parse(key): value for key, value in (cells or {}).items()}
    values.update(given)
    _add_up(form, values)
    replace: dict[Concept | str, Cell | Number | None] = dict(values.items())
    replace.update((key, None) for key, value in given.items() if value is None)
    return invented_report(edition, agency=agency, year=year, replace=replace, sections=sections)


def _add_up(form: Form, values: dict[Concept, Number | None]) -> None:
    table = form.table("requests")
    outcomes = [row for row in table.rows if row not in _FRAMING]
    for column in table.columns("new"):
        values[Concept("requests", "total", column.id)] = sum(
            values[Concept("requests", row, column.id)] or 0 for row in outcomes
        )
    names: tuple[TableName, ...] = ("requests", "disputes")
    for name in names:
        for row in form.table(name).rows:
            parts = [c.id for c in form.table(name).columns(row) if c.id != "total"]
            values[Concept(name, row, "total")] = sum(
                values[Concept(name, row, part)] or 0 for part in parts
            )


def text_of(result: Draft, number: int) -> str:
    """The text of one drafted section."""
    return next(part.text for part in result.sections if part.number == number)


def kinds(result: Draft, kind: str) -> list[str]:
    """What the suggestions of one kind say, with their reasons."""
    return [f"{s.text}|{s.why}" for s in result.suggestions if s.kind == kind]


@dataclass(frozen=True)
class Case:
    """What one agency gives."""

    tables: Report
    last_year: Report | None = None
    notes: str = ""
    profile: Profile = field(default_factory=Profile)

    @property
    def agency(self) -> str:
        return self.tables.agency or ""

    def draft(self) -> Draft:
        return draft(
            self.agency,
            YEAR,
            tables=self.tables,
            last_year=self.last_year,
            notes=self.notes,
            profile=self.profile,
        )


def _zero() -> Case:
    return Case(tables_of("云溪市青禾区档案局"))


def _one_request() -> Case:
    agency = "云溪市青禾区司法局"
    cells = {
        "requests/new/natural_person": 1,
        "requests/granted/natural_person": 1,
        "proactive/normative_documents/in_force": 3,
    }
    before = {"proactive/normative_documents/in_force": 3}
    notes = """- 全年主动公开信息46条，其中法律援助信息18条
- 举办信息公开业务培训1期，参训23人次
- 问题：法律援助办事指南更新不及时，有2项条件在政策调整后一个多月才更新
- 改进：将办事指南与政策文件同步审核、同步发布"""
    profile = Profile(
        address="青禾区松月路8号", phone="0599-6100001", platforms=("区政府门户网站",)
    )
    return Case(tables_of(agency, YEAR, cells), tables_of(agency, YEAR - 1, before), notes, profile)


def _thousands() -> Case:
    agency = "云溪市住房和城乡建设局"
    cells = {
        "requests/new/natural_person": 1203,
        "requests/new/enterprise": 88,
        "requests/new/legal_service": 41,
        "requests/carried_in/natural_person": 17,
        "requests/granted/natural_person": 610,
        "requests/granted/enterprise": 52,
        "requests/partly_granted/natural_person": 96,
        "requests/denied.enforcement_file/natural_person": 31,
        "requests/denied.third_party/natural_person": 31,
        "requests/denied.inquiry/natural_person": 44,
        "requests/unavailable.not_held/natural_person": 320,
        "requests/unavailable.unclear/legal_service": 41,
        "requests/declined.complaint/natural_person": 72,
        "requests/other.misc/enterprise": 36,
        "requests/carried_over/natural_person": 16,
        "disputes/reconsideration/upheld": 21,
        "disputes/reconsideration/corrected": 2,
        "disputes/reconsideration/pending": 1,
        "proactive/licensing/decisions": 5312,
        "proactive/penalties/decisions": 214,
        "proactive/fees/amount": 1260.5,
        "proactive/normative_documents/issued": 4,
        "proactive/normative_documents/repealed": 1,
        "proactive/normative_documents/in_force": 37,
    }
    before = {
        "requests/new/natural_person": 902,
        "requests/granted/natural_person": 885,
        "requests/carried_over/natural_person": 17,
        "proactive/licensing/decisions": 5120,
        "proactive/penalties/decisions": 230,
        "proactive/fees/amount": 1190.25,
        "proactive/normative_documents/in_force": 34,
    }
    past = """（一）存在的主要问题
一是征收补偿类答复说理不够充分，申请人多次来电询问。二是专栏检索不便，公众反映查找项目信息要翻五六页。
（二）改进情况
一是统一答复文书说理部分的写法。二是改造专栏检索功能。"""
    notes = """主动公开：
1. 全年主动公开信息2136条，其中房地产市场信息845条、工程建设信息702条
2. 发布政策解读27篇
管理：
3. 清理失效文件1件，公开目录按季核对
4. 官方网站改版，新设“老旧小区改造”专栏
5. 信息处理费：发出收费通知3件，收取信息处理费600元"""
    return Case(
        tables_of(agency, YEAR, cells),
        tables_of(agency, YEAR - 1, before, sections={5: past}),
        notes,
    )


def _lawsuits() -> Case:
    agency = "云溪市自然资源和规划局"
    cells = {
        "requests/new/natural_person": 64,
        "requests/new/enterprise": 9,
        "requests/granted/natural_person": 40,
        "requests/granted/enterprise": 9,
        "requests/unavailable.not_held/natural_person": 12,
        "requests/unavailable.to_be_created/natural_person": 12,
        "disputes/reconsideration/upheld": 3,
        "disputes/reconsideration/corrected": 2,
        "disputes/litigation_direct/upheld": 1,
        "disputes/litigation_after_reconsideration/upheld": 1,
        "disputes/litigation_after_reconsideration/corrected": 1,
        "proactive/licensing/decisions": 410,
        "proactive/penalties/decisions": 35,
        "proactive/coercion/decisions": 2,
        "proactive/fees/amount": 88,
    }
    before = {
        "requests/new/natural_person": 73,
        "requests/granted/natural_person": 73,
        "disputes/reconsideration/upheld": 4,
        "proactive/licensing/decisions": 388,
        "proactive/fees/amount": 90,
    }
    return Case(tables_of(agency, YEAR, cells), tables_of(agency, YEAR - 1, before))


def _first_report() -> Case:
    cells = {
        "requests/new/natural_person": 4,
        "requests/new/research": 2,
        "requests/granted/natural_person": 3,
        "requests/granted/research": 2,
        "requests/denied.internal/natural_person": 1,
    }
    notes = """* 本局成立于2024年3月
* 开设数据开放专栏，政务新媒体账号“青禾数据”推送信息129篇
* 建立公共数据目录，收录条目312个
* 存在的问题：数据目录说明偏少，312个条目中只有40个写明字段含义，企业反映看不懂
* 下一步为每个目录条目补充字段说明"""
    return Case(tables_of("云溪市青禾区数据管理局", YEAR, cells), None, notes)


def _government() -> Case:
    agency = "青禾县人民政府"
    cells = {
        "requests/new/natural_person": 58,
        "requests/new/enterprise": 6,
        "requests/new/nonprofit": 1,
        "requests/carried_in/natural_person": 3,
        "requests/granted/natural_person": 50,
        "requests/granted/enterprise": 6,
        "requests/partly_granted/natural_person": 8,
        "requests/other.not_corrected/nonprofit": 1,
        "requests/carried_over/natural_person": 3,
        "disputes/litigation_direct/pending": 1,
        "proactive/licensing/decisions": 18340,
        "proactive/penalties/decisions": 2210,
        "proactive/coercion/decisions": 87,
        "proactive/fees/amount": 3120.75,
        "proactive/normative_documents/issued": 9,
        "proactive/normative_documents/repealed": 12,
        "proactive/normative_documents/in_force": 60,
    }
    before = {
        "requests/new/natural_person": 65,
        "requests/granted/natural_person": 62,
        "requests/carried_over/natural_person": 3,
        "proactive/licensing/decisions": 17200,
        "proactive/penalties/decisions": 2400,
        "proactive/coercion/decisions": 90,
        "proactive/fees/amount": 3300.5,
        "proactive/normative_documents/in_force": 63,
    }
    notes = """- 全县政府网站主动公开信息6120条
- 政务公开纳入年度绩效考核，考核结果通报21个单位
- 组织社会评议1次，发放问卷300份
- 未发生责任追究情形
- 承办县人大代表建议41件、县政协提案53件，办理结果均已公开"""
    return Case(tables_of(agency, YEAR, cells), tables_of(agency, YEAR - 1, before), notes)


def _blanks() -> Case:
    cells: dict[str, Number | None] = {
        "requests/new/natural_person": 7,
        "requests/granted/natural_person": 7,
        "disputes/reconsideration/total": None,
        "proactive/penalties/decisions": None,
        "proactive/fees/amount": None,
    }
    return Case(tables_of("云溪市青禾区水务局", YEAR, cells))


def _enterprises() -> Case:
    agency = "云溪市青禾区市场监督管理局"
    cells = {
        "requests/new/enterprise": 3,
        "requests/carried_in/enterprise": 1,
        "requests/granted/enterprise": 3,
        "requests/denied.third_party/enterprise": 1,
        "disputes/reconsideration/upheld": 1,
        "proactive/licensing/decisions": 9021,
        "proactive/coercion/decisions": 6,
        "proactive/normative_documents/repealed": 2,
        "proactive/normative_documents/in_force": 5,
    }
    before = {
        "requests/new/enterprise": 3,
        "requests/granted/enterprise": 2,
        "requests/carried_over/enterprise": 1,
        "proactive/licensing/decisions": 9021,
        "proactive/penalties/decisions": 12,
        "proactive/normative_documents/in_force": 7,
    }
    notes = """- 主动公开各类信息1508条，其中抽检结果760条、消费提示41条
- 12315平台公示投诉信息，按月核对
- 问题：抽检结果公布后企业名称更正不够及时，全年更正6条，最长的隔了9天
- 改进：抽检结果公布前由经办科室和企业分别核对名称"""
    return Case(
        tables_of(agency, YEAR, cells),
        tables_of(agency, YEAR - 1, before),
        notes,
        Profile("禾丰路21号", "0599-6100315", website="https://scjg.example.cn"),
    )


def _fewer() -> Case:
    agency = "云溪市青禾区教育局"
    cells = {
        "requests/new/natural_person": 5,
        "requests/carried_in/natural_person": 2,
        "requests/granted/natural_person": 4,
        "requests/declined.complaint/natural_person": 2,
        "requests/carried_over/natural_person": 1,
        "proactive/fees/amount": 210.4,
    }
    before = {
        "requests/new/natural_person": 12,
        "requests/granted/natural_person": 10,
        "requests/carried_over/natural_person": 2,
        "proactive/fees/amount": 205,
    }
    notes = (
        "- 招生政策解读会4场，家长1200人次参加\n- 校园餐公示专栏发布信息96条\n- 未收取信息处理费"
    )
    return Case(tables_of(agency, YEAR, cells), tables_of(agency, YEAR - 1, before), notes)


def _township() -> Case:
    agency = "青禾县白石镇人民政府"
    notes = """- 村务公开栏14处，张贴信息230条
- 镇政府公众号“白石之声”推送信息75篇
- 培训村级信息员28人次
- 问题：部分村公开栏更新不及时，检查14处有5处超过一个月没有更换
- 今后每月由驻村干部核对公开栏并拍照留底"""
    return Case(tables_of(agency), tables_of(agency, YEAR - 1), notes)


def _carried_in() -> Case:
    agency = "云溪市青禾区民政局"
    cells = {
        "requests/carried_in/natural_person": 2,
        "requests/denied.process/natural_person": 2,
        "disputes/reconsideration/pending": 1,
        "proactive/licensing/decisions": 66,
    }
    before = {
        "requests/new/natural_person": 9,
        "requests/granted/natural_person": 7,
        "requests/carried_over/natural_person": 2,
    }
    return Case(tables_of(agency, YEAR, cells), tables_of(agency, YEAR - 1, before))


# Tables that are not whole: what is said of them is tested apart.
BLANKS = _blanks()
CASES: Mapping[str, Case] = {
    "all zero": _zero(),
    "one request": _one_request(),
    "thousands": _thousands(),
    "lawsuits": _lawsuits(),
    "first report": _first_report(),
    "government": _government(),
    "enterprises alone": _enterprises(),
    "fewer than last year": _fewer(),
    "township": _township(),
    "only carried in": _carried_in(),
}
