"""The statutory form as data: both editions, their rows, columns, labels, units and calculations.

Everything else reads the form from here: the parser matches labels against it, rules loop over its
calculations, look-ups and the vocabulary name its concepts, the Word output draws it. A new edition
is a new `Form`, not new code.

Sources: 国办公开办函〔2019〕60号 (the trial form, reports on 2019 and 2020) and 国办公开办函〔2021〕30号
(the form in force, reports on 2021 and later), with label variants seen in published reports.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from ingest.report import Concept, TableName


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """A column of the form. `signed` marks the one column in which negative numbers are lawful.

    `misprints` are wrong labels that circulate: known for what they mean, and told to the reader.
    A column is itself alone, so that looking one up in a memory takes no hash of all its labels.
    """

    id: str
    label: str
    variants: tuple[str, ...] = ()
    unit: str = "件"
    signed: bool = False
    decimal: bool = False
    misprints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the form. `group` is the label of the merged cell that the row stands under."""

    id: str
    label: str
    number: str = ""
    group: str = ""
    group_number: str = ""
    variants: tuple[str, ...] = ()
    unit: str | None = None

    @property
    def full_label(self) -> str:
        """The label as it is understood alone: 不予公开·属于国家秘密, but plain 予以公开."""
        if not self.group or self.group_number == _OUTCOME[0]:
            return self.label
        return f"{self.group}·{self.label}"


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that share their columns; `title` is the line printed above them, if any."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Calculation:
    """An identity of the form (勾稽关系): the sum of `left` equals the sum of `right`.

    `label` is how a person would say it. For a total and its parts, `left` is the one total.
    """

    id: str
    label: str
    left: tuple[Concept, ...]
    right: tuple[Concept, ...]


@dataclass(frozen=True)
class TableForm:
    """One statutory table. `ordinal` is its customary name (表二 stands in section two)."""

    name: TableName
    ordinal: str
    section: int
    blocks: tuple[Block, ...]
    calculations: tuple[Calculation, ...] = ()

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Row identifier → row, in the order of the form."""
        return MappingProxyType({row.id: row for block in self.blocks for row in block.rows})

    def columns(self, row: str) -> tuple[Column, ...]:
        """The columns of one row; raises KeyError for a row that the form does not have."""
        return self._columns[row]

    @cached_property
    def _columns(self) -> Mapping[str, tuple[Column, ...]]:
        return {row.id: block.columns for block in self.blocks for row in block.rows}

    def column(self, row: str, column: str) -> Column:
        """One column of one row; raises KeyError where the form has none."""
        for candidate in self.columns(row):
            if candidate.id == column:
                return candidate
        raise KeyError(column)

    def concepts(self) -> Iterator[Concept]:
        """Every concept of the table, row by row."""
        for block in self.blocks:
            for row in block.rows:
                for column in block.columns:
                    yield Concept(self.name, row.id, column.id)

    def cells(self, row: str) -> tuple[tuple[Column, Concept], ...]:
        """The columns of one row, each with the concept of the cell there."""
        return self._cells[row]

    @cached_property
    def _cells(self) -> Mapping[str, tuple[tuple[Column, Concept], ...]]:
        return {
            row: tuple((column, Concept(self.name, row, column.id)) for column in columns)
            for row, columns in self._columns.items()
        }

    def unit(self, row: str, column: str) -> str:
        """The unit of a cell: the row's own, else the column's."""
        return self._units[row, column]

    @cached_property
    def _units(self) -> Mapping[tuple[str, str], str]:
        return {
            (row.id, column.id): row.unit or column.unit
            for block in self.blocks
            for row in block.rows
            for column in block.columns
        }


@dataclass(frozen=True)
class Form:
    """One edition of the statutory form. `markers` are labels that only this edition prints."""

    edition: str
    source: str
    tables: Mapping[TableName, TableForm]
    markers: tuple[str, ...]

    def table(self, name: TableName) -> TableForm:
        """The table of that name."""
        return self.tables[name]

    def concepts(self) -> Iterator[Concept]:
        """Every concept of the edition, table by table."""
        for table in self.tables.values():
            yield from table.concepts()

    def has(self, concept: Concept) -> bool:
        """Whether the edition has a cell at `concept`."""
        return concept in self._units

    def unit(self, concept: Concept) -> str | None:
        """The unit of the cell at `concept`, None where the edition has no such cell."""
        return self._units.get(concept)

    @cached_property
    def _units(self) -> Mapping[Concept, str]:
        return {c: self.tables[c.table].unit(c.row, c.column) for c in self.concepts()}


# --- 表二 主动公开 ---------------------------------------------------------------------------------

_ISSUED = (
    Column("issued", "本年制发件数", ("本年度制发件数", "制发件数")),
    Column("repealed", "本年废止件数", ("本年度废止件数", "废止件数"), misprints=("本年度止件数",)),
    Column("in_force", "现行有效件数", ("现行有效数", "现行有效总件数")),
)
_DECISIONS = (Column("decisions", "本年处理决定数量", ("处理决定数量", "本年度处理决定数量")),)
_FEE_AMOUNT = (
    Column(
        "amount",
        "本年收费金额（单位：万元）",
        ("本年收费金额", "本年度收费金额", "收费金额"),
        unit="万元",
        decimal=True,
    ),
)
_NORMATIVE = Row("normative_documents", "行政规范性文件", variants=("规范性文件", "规划性文件"))
_LICENSING = Row("licensing", "行政许可")
_PENALTIES = Row("penalties", "行政处罚")
_COERCION = Row("coercion", "行政强制")
_FEES = Row("fees", "行政事业性收费")

_PROACTIVE_2021 = TableForm(
    name="proactive",
    ordinal="表二",
    section=2,
    blocks=(
        Block((Row("rules", "规章"), _NORMATIVE), _ISSUED, "第二十条第（一）项"),
        Block((_LICENSING,), _DECISIONS, "第二十条第（五）项"),
        Block((_PENALTIES, _COERCION), _DECISIONS, "第二十条第（六）项"),
        Block((_FEES,), _FEE_AMOUNT, "第二十条第（八）项"),
    ),
)

_CREATED = (
    Column("created", "本年新制作数量", ("本年度新制作数量", "新制作数量")),
    Column("published", "本年新公开数量", ("本年度新公开数量", "新公开数量")),
    Column("total_public", "对外公开总数量", ("公开总数量",)),
)
_ITEMS = (
    Column("items_last_year", "上一年项目数量", ("上一年度项目数量",), unit="项"),
    Column("change", "本年增/减", ("本年度增/减", "本年增减"), unit="项", signed=True),
)
_PROACTIVE_2019 = TableForm(
    name="proactive",
    ordinal="表二",
    section=2,
    blocks=(
        Block((Row("rules", "规章"), _NORMATIVE), _CREATED, "第二十条第（一）项"),
        Block(
            (_LICENSING, Row("other_services", "其他对外管理服务事项")),
            (*_ITEMS, *_DECISIONS),
            "第二十条第（五）项",
        ),
        Block((_PENALTIES, _COERCION), (*_ITEMS, *_DECISIONS), "第二十条第（六）项"),
        Block((_FEES,), _ITEMS, "第二十条第（八）项"),
        Block(
            (Row("procurement", "政府集中采购"),),
            (
                Column("projects", "采购项目数量", unit="项"),
                Column("amount", "采购总金额", ("采购金额",), unit="万元", decimal=True),
            ),
            "第二十条第（九）项",
        ),
    ),
)

# --- 表三 收到和处理申请 ---------------------------------------------------------------------------

APPLICANT_COLUMNS = (
    Column("natural_person", "自然人"),
    Column("enterprise", "商业企业"),
    Column("research", "科研机构"),
    Column("nonprofit", "社会公益组织", ("社会公益机构",)),
    Column("legal_service", "法律服务机构"),
    Column("other", "其他", ("其它",)),
    Column("total", "总计", ("合计",)),
)

_OUTCOME = ("三", "本年度办理结果")
_DENIED = ("（三）", "不予公开")
_UNAVAILABLE = ("（四）", "无法提供")
_DECLINED = ("（五）", "不予处理")
_OTHER = ("（六）", "其他处理")


def _under(group: tuple[str, str], row: str, number: str, label: str, *variants: str) -> Row:
    return Row(row, label, number, group=group[1], group_number=group[0], variants=variants)


_REQUEST_HEAD = (
    Row(
        "new",
        "本年新收政府信息公开申请数量",
        "一",
        variants=("本年新收", "本年度新收政府信息公开申请数量"),
    ),
    Row(
        "carried_in",
        "上年结转政府信息公开申请数量",
        "二",
        variants=("上年结转", "上年度结转政府信息公开申请数量"),
    ),
    _under(_OUTCOME, "granted", "（一）", "予以公开"),
    _under(
        _OUTCOME,
        "partly_granted",
        "（二）",
        "部分公开（区分处理的，只计这一情形，不计其他情形）",
        "部分公开",
    ),
    _under(_DENIED, "denied.state_secret", "1", "属于国家秘密"),
    _under(_DENIED, "denied.law", "2", "其他法律行政法规禁止公开"),
    _under(_DENIED, "denied.safety", "3", "危及“三安全一稳定”"),
    _under(_DENIED, "denied.third_party", "4", "保护第三方合法权益"),
    _under(_DENIED, "denied.internal", "5", "属于三类内部事务信息"),
    _under(_DENIED, "denied.process", "6", "属于四类过程性信息"),
    _under(_DENIED, "denied.enforcement_file", "7", "属于行政执法案卷"),
    _under(_DENIED, "denied.inquiry", "8", "属于行政查询事项"),
    _under(_UNAVAILABLE, "unavailable.not_held", "1", "本机关不掌握相关政府信息"),
    _under(_UNAVAILABLE, "unavailable.to_be_created", "2", "没有现成信息需要另行制作"),
    _under(_UNAVAILABLE, "unavailable.unclear", "3", "补正后申请内容仍不明确"),
    _under(_DECLINED, "declined.complaint", "1", "信访举报投诉类申请"),
    _under(_DECLINED, "declined.repeat", "2", "重复申请"),
    _under(_DECLINED, "declined.publication", "3", "要求提供公开出版物"),
    _under(_DECLINED, "declined.excessive", "4", "无正当理由大量反复申请"),
    _under(
        _DECLINED,
        "declined.reissue",
        "5",
        "要求行政机关确认或重新出具已获取信息",
        "要求行政机关确认或者重新出具已获取信息",
    ),
)
_REQUEST_TAIL = (
    _under(_OUTCOME, "total", "（七）", "总计", "合计"),
    Row(
        "carried_over",
        "结转下年度继续办理",
        "四",
        variants=("结转下年继续办理", "结转下年度继续处理"),
    ),
)
_REQUEST_OTHER_2021 = (
    _under(
        _OTHER,
        "other.not_corrected",
        "1",
        "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "申请人无正当理由逾期不补正",
    ),
    _under(
        _OTHER,
        "other.fee_unpaid",
        "2",
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "申请人逾期未按收费通知要求缴纳费用",
    ),
    _under(_OTHER, "other.misc", "3", "其他", "其它"),
)
_REQUEST_OTHER_2019 = (_under(_OUTCOME, "other.misc", "（六）", "其他处理", "其它处理"),)


def _requests(other: tuple[Row, ...]) -> TableForm:
    rows = (*_REQUEST_HEAD, *other, *_REQUEST_TAIL)
    return TableForm(
        name="requests",
        ordinal="表三",
        section=3,
        blocks=(Block(rows, APPLICANT_COLUMNS),),
        calculations=tuple(_request_calculations(rows)),
    )


def _request_calculations(rows: tuple[Row, ...]) -> Iterator[Calculation]:
    """Balance and outcome sum of each column, then the total of each row."""

    def at(row: str, column: str) -> Concept:
        return Concept("requests", row, column)

    framing = {"new", "carried_in", "total", "carried_over"}
    outcomes = [row.id for row in rows if row.id not in framing]
    parts = [column.id for column in APPLICANT_COLUMNS if column.id != "total"]
    for column in APPLICANT_COLUMNS:
        yield Calculation(
            f"balance/{column.id}",
            f"“{column.label}”列：本年新收＋上年结转＝（七）总计＋结转下年度",
            (at("new", column.id), at("carried_in", column.id)),
            (at("total", column.id), at("carried_over", column.id)),
        )
        yield Calculation(
            f"outcomes/{column.id}",
            f"“{column.label}”列：（七）总计＝（一）至（六）各项之和",
            (at("total", column.id),),
            tuple(at(row, column.id) for row in outcomes),
        )
    for row in rows:
        yield Calculation(
            f"applicants/{row.id}",
            f"“{row.label}”行：总计＝六类申请人之和",
            (at(row.id, "total"),),
            tuple(at(row.id, column) for column in parts),
        )


# --- 表四 复议诉讼 ---------------------------------------------------------------------------------

DISPUTE_COLUMNS = (
    Column("upheld", "结果维持", ("维持",)),
    Column("corrected", "结果纠正", ("纠正",)),
    Column("other", "其他结果", ("其它结果",)),
    Column("pending", "尚未审结", ("未审结",)),
    Column("total", "总计", ("合计",)),
)
_DISPUTE_ROWS = (
    Row("reconsideration", "行政复议"),
    Row("litigation_direct", "未经复议直接起诉", group="行政诉讼"),
    Row("litigation_after_reconsideration", "复议后起诉", group="行政诉讼"),
)
_DISPUTES = TableForm(
    name="disputes",
    ordinal="表四",
    section=4,
    blocks=(Block(_DISPUTE_ROWS, DISPUTE_COLUMNS),),
    calculations=tuple(
        Calculation(
            f"results/{row.id}",
            f"“{row.label}”：总计＝维持＋纠正＋其他＋尚未审结",
            (Concept("disputes", row.id, "total"),),
            tuple(
                Concept("disputes", row.id, column.id)
                for column in DISPUTE_COLUMNS
                if column.id != "total"
            ),
        )
        for row in _DISPUTE_ROWS
    ),
)

# --- The editions ---------------------------------------------------------------------------------

FORM_2019 = Form(
    edition="2019",
    source="国办公开办函〔2019〕60号",
    tables=MappingProxyType(
        {
            "proactive": _PROACTIVE_2019,
            "requests": _requests(_REQUEST_OTHER_2019),
            "disputes": _DISPUTES,
        }
    ),
    markers=(
        "本年新制作数量",
        "本年新公开数量",
        "对外公开总数量",
        "上一年项目数量",
        "本年增/减",
        "其他对外管理服务事项",
        "政府集中采购",
    ),
)
FORM_2021 = Form(
    edition="2021",
    source="国办公开办函〔2021〕30号",
    tables=MappingProxyType(
        {
            "proactive": _PROACTIVE_2021,
            "requests": _requests(_REQUEST_OTHER_2021),
            "disputes": _DISPUTES,
        }
    ),
    markers=("本年制发件数", "本年废止件数", "现行有效件数", "本年收费金额"),
)
FORMS: Mapping[str, Form] = MappingProxyType({"2019": FORM_2019, "2021": FORM_2021})

FIRST_YEAR_WITH_TABLES = 2019
FIRST_YEAR_OF_2021_FORM = 2021


def form_of(edition: str | None) -> Form:
    """The form of an edition; the one in force when the edition is not known."""
    return FORMS.get(edition or "", FORM_2021)


def edition_for_year(year: int) -> str | None:
    """The edition that a report on `year` must use; None before there were statutory tables."""
    if year < FIRST_YEAR_WITH_TABLES:
        return None
    return "2019" if year < FIRST_YEAR_OF_2021_FORM else "2021"
