"""Questions in many words and what is understood of them; the agencies are invented."""

import pytest

from assistant.measure import Measure
from assistant.model import Turn
from assistant.query import Known, Query
from assistant.question import understand

QH = "云溪市青禾区工业和信息化局"
LJ = "临江市工业和信息化局"
BT = "白塔县工信局"
JT = "云溪市青禾区教育和体育局"
ZF = "松涛县人民政府"
FG = "南桥区发展和改革委员会"
WJ = "永定市卫生健康委员会"
REPORTS = (
    (QH, 2022),
    (QH, 2023),
    (LJ, 2023),
    (BT, 2023),
    (JT, 2023),
    (ZF, 2023),
    (FG, 2021),
    (WJ, 2024),
)
KNOWN = Known(
    agencies=tuple(dict.fromkeys(agency for agency, _ in REPORTS)),
    years=(2021, 2022, 2023, 2024),
    reports=REPORTS,
)


def said(measure: Measure) -> str:
    """A measure in short: its concept where it is one cell, else its name."""
    return str(measure.concept) if measure.concept else measure.name


def asked(question: str, *before: str) -> Query:
    history = [turn for text in before for turn in (Turn("user", text), Turn("assistant", "好。"))]
    return understand(question, history, KNOWN)


NEW = "requests/new/total"
TOTAL = "requests/total/total"
OUT = "requests/carried_over/total"
IN = "requests/carried_in/total"
PUBLISHED = "主动公开信息"

# question → operation, agencies, years, measures
LOOKUPS: list[tuple[str, str, tuple[str, ...], tuple[int, ...], tuple[str, ...]]] = [
    # new requests, in many words
    ("青禾区工信局2023年新收到多少件政府信息公开申请？", "value", (QH,), (2023,), (NEW,)),
    ("青禾工信局2023年收到几件申请", "value", (QH,), (2023,), (NEW,)),
    ("云溪市青禾区工业和信息化局2023年度收到多少件依申请公开", "value", (QH,), (2023,), (NEW,)),
    ("临江工信局23年收到信息公开申请多少件", "value", (LJ,), (2023,), (NEW,)),
    ("2023年临江市工信局受理了多少件政府信息公开申请", "value", (LJ,), (2023,), (NEW,)),
    ("临江2023年的申请量是多少？", "value", (LJ,), (2023,), (NEW,)),
    ("白塔县工信局二〇二三年本年新收多少", "value", (BT,), (2023,), (NEW,)),
    ("白塔县工业和信息化局2023年本年新收政府信息公开申请数量", "value", (BT,), (2023,), (NEW,)),
    ("白塔工信局２０２３年接到多少申请", "value", (BT,), (2023,), (NEW,)),
    ("青禾教体局2023年依申请公开收到多少件", "value", (JT,), (2023,), (NEW,)),
    ("青禾区教育和体育局2023年收到申请几件？", "value", (JT,), (2023,), (NEW,)),
    ("松涛县政府2023年收到多少申请", "value", (ZF,), (2023,), (NEW,)),
    ("松涛2023年收到多少政府信息公开申请", "value", (ZF,), (2023,), (NEW,)),
    ("南桥发改委2021年收到申请几件", "value", (FG,), (2021,), (NEW,)),
    ("南桥区发改局2021年新收多少件", "value", (FG,), (2021,), (NEW,)),
    ("永定市卫健委2024年新收申请数", "value", (WJ,), (2024,), (NEW,)),
    ("永定卫健局2024年收到几件申请", "value", (WJ,), (2024,), (NEW,)),
    (
        "请问一下，临江市工信局2023年一年收到了多少件信息公开申请呀？",
        "value",
        (LJ,),
        (2023,),
        (NEW,),
    ),
    ("麻烦查一下临江工信局2023年的依申请公开数量", "value", (LJ,), (2023,), (NEW,)),
    ("临江工信居2023年收到几件申请", "value", (LJ,), (2023,), (NEW,)),
    # carried, done
    ("青禾工信局2023年上年结转几件", "value", (QH,), (2023,), (IN,)),
    ("青禾工信局2023年从上一年结转来的申请，即上年结转有多少", "value", (QH,), (2023,), (IN,)),
    ("临江工信局2023年结转下年度继续办理多少件？", "value", (LJ,), (2023,), (OUT,)),
    ("临江工信局2023年有几件没办完结转到下一年", "value", (LJ,), (2023,), (OUT,)),
    ("临江工信局2023年未办结的有几件", "value", (LJ,), (2023,), (OUT,)),
    ("临江工信局2023年结转了多少件", "value", (LJ,), (2023,), (IN, OUT)),
    ("临江工信局2023年办结多少件申请", "value", (LJ,), (2023,), (TOTAL,)),
    ("临江工信局2023年答复了几件申请", "value", (LJ,), (2023,), (TOTAL,)),
    ("临江工信局2023年办理结果总计多少", "value", (LJ,), (2023,), (TOTAL,)),
    # outcomes
    ("临江工信局2023年予以公开几件", "value", (LJ,), (2023,), ("requests/granted/total",)),
    ("临江工信局2023年“予以公开”多少", "value", (LJ,), (2023,), ("requests/granted/total",)),
    ("临江工信局2023年同意公开的有几件", "value", (LJ,), (2023,), ("requests/granted/total",)),
    ("临江工信局2023年部分公开多少件", "value", (LJ,), (2023,), ("requests/partly_granted/total",)),
    ("临江工信局2023年不予公开多少件", "value", (LJ,), (2023,), ("不予公开（八种情形合计）",)),
    ("临江工信局2023年拒绝公开了几件", "value", (LJ,), (2023,), ("不予公开（八种情形合计）",)),
    (
        "临江工信局2023年因国家秘密不予公开几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/denied.state_secret/total",),
    ),
    (
        "临江工信局2023年涉密的几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/denied.state_secret/total",),
    ),
    (
        "临江工信局2023年法律行政法规禁止公开的几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/denied.law/total",),
    ),
    (
        "临江工信局2023年危及三安全一稳定的有几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/denied.safety/total",),
    ),
    (
        "临江工信局2023年保护第三方合法权益几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/denied.third_party/total",),
    ),
    (
        "临江工信局2023年涉及商业秘密不公开的几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/denied.third_party/total",),
    ),
    (
        "临江工信局2023年属于内部事务信息的几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/denied.internal/total",),
    ),
    ("临江工信局2023年过程性信息几件", "value", (LJ,), (2023,), ("requests/denied.process/total",)),
    (
        "临江工信局2023年行政执法案卷几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/denied.enforcement_file/total",),
    ),
    (
        "临江工信局2023年行政查询事项几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/denied.inquiry/total",),
    ),
    ("临江工信局2023年无法提供几件", "value", (LJ,), (2023,), ("无法提供（三种情形合计）",)),
    (
        "临江工信局2023年信息不存在的几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/unavailable.not_held/total",),
    ),
    (
        "临江工信局2023年本机关不掌握相关政府信息几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/unavailable.not_held/total",),
    ),
    (
        "临江工信局2023年需要另行制作的几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/unavailable.to_be_created/total",),
    ),
    (
        "临江工信局2023年补正后申请内容仍不明确几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/unavailable.unclear/total",),
    ),
    ("临江工信局2023年不予处理多少件", "value", (LJ,), (2023,), ("不予处理（五种情形合计）",)),
    (
        "临江工信局2023年信访举报投诉类申请几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/declined.complaint/total",),
    ),
    ("临江工信局2023年重复申请几件", "value", (LJ,), (2023,), ("requests/declined.repeat/total",)),
    (
        "临江工信局2023年要公开出版物的几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/declined.publication/total",),
    ),
    (
        "临江工信局2023年大量反复申请的几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/declined.excessive/total",),
    ),
    (
        "临江工信局2023年重新出具的几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/declined.reissue/total",),
    ),
    (
        "临江工信局2023年逾期不补正的几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/other.not_corrected/total",),
    ),
    (
        "临江工信局2023年逾期未缴费的几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/other.fee_unpaid/total",),
    ),
    ("临江工信局2023年其他处理几件", "value", (LJ,), (2023,), ("其他处理",)),
    # applicants
    ("临江工信局2023年自然人申请多少件", "value", (LJ,), (2023,), ("requests/new/natural_person",)),
    (
        "临江工信局2023年公民个人申请了几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/new/natural_person",),
    ),
    ("临江工信局2023年企业提交的申请几件", "value", (LJ,), (2023,), ("requests/new/enterprise",)),
    ("临江工信局2023年商业企业申请几件", "value", (LJ,), (2023,), ("requests/new/enterprise",)),
    ("临江工信局2023年科研机构申请几件", "value", (LJ,), (2023,), ("requests/new/research",)),
    ("临江工信局2023年公益组织提的申请几件", "value", (LJ,), (2023,), ("requests/new/nonprofit",)),
    ("临江工信局2023年律所申请了几件", "value", (LJ,), (2023,), ("requests/new/legal_service",)),
    (
        "临江工信局2023年予以公开里自然人几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/granted/natural_person",),
    ),
    (
        "临江工信局2023年部分公开的企业几件",
        "value",
        (LJ,),
        (2023,),
        ("requests/partly_granted/enterprise",),
    ),
    # disputes
    ("临江工信局2023年行政复议几件", "value", (LJ,), (2023,), ("disputes/reconsideration/total",)),
    (
        "临江工信局2023年行政复议结果维持几件",
        "value",
        (LJ,),
        (2023,),
        ("disputes/reconsideration/upheld",),
    ),
    (
        "临江工信局2023年复议被纠正几件",
        "value",
        (LJ,),
        (2023,),
        ("disputes/reconsideration/corrected",),
    ),
    (
        "临江工信局2023年复议尚未审结几件",
        "value",
        (LJ,),
        (2023,),
        ("disputes/reconsideration/pending",),
    ),
    ("临江工信局2023年行政诉讼多少件", "value", (LJ,), (2023,), ("行政诉讼案件",)),
    ("临江工信局2023年打了几场官司", "value", (LJ,), (2023,), ("行政诉讼案件",)),
    ("临江工信局2023年败诉几件", "value", (LJ,), (2023,), ("行政诉讼结果纠正",)),
    (
        "临江工信局2023年未经复议直接起诉几件",
        "value",
        (LJ,),
        (2023,),
        ("disputes/litigation_direct/total",),
    ),
    (
        "临江工信局2023年复议后起诉被维持几件",
        "value",
        (LJ,),
        (2023,),
        ("disputes/litigation_after_reconsideration/upheld",),
    ),
    (
        "临江工信局2023年复议和诉讼各几件",
        "list",
        (LJ,),
        (2023,),
        ("disputes/reconsideration/total", "行政诉讼案件"),
    ),
    # table two
    (
        "临江工信局2023年行政许可处理决定数量",
        "value",
        (LJ,),
        (2023,),
        ("proactive/licensing/decisions",),
    ),
    (
        "临江工信局2023年办了多少行政许可",
        "value",
        (LJ,),
        (2023,),
        ("proactive/licensing/decisions",),
    ),
    ("临江工信局2023年行政处罚多少件", "value", (LJ,), (2023,), ("proactive/penalties/decisions",)),
    ("临江工信局2023年行政强制几件", "value", (LJ,), (2023,), ("proactive/coercion/decisions",)),
    (
        "临江工信局2023年制发了几件规范性文件",
        "value",
        (LJ,),
        (2023,),
        ("proactive/normative_documents/issued",),
    ),
    (
        "临江工信局2023年出台多少规范性文件",
        "value",
        (LJ,),
        (2023,),
        ("proactive/normative_documents/issued",),
    ),
    (
        "临江工信局2023年废止规范性文件几件",
        "value",
        (LJ,),
        (2023,),
        ("proactive/normative_documents/repealed",),
    ),
    (
        "临江工信局2023年现行有效的规范性文件有几件",
        "value",
        (LJ,),
        (2023,),
        ("proactive/normative_documents/in_force",),
    ),
    ("临江工信局2023年制发规章几件", "value", (LJ,), (2023,), ("proactive/rules/issued",)),
    ("临江工信局2023年行政事业性收费多少万元", "value", (LJ,), (2023,), ("proactive/fees/amount",)),
    ("临江工信局2023年收费金额是多少", "value", (LJ,), (2023,), ("proactive/fees/amount",)),
    # ratios
    ("临江工信局2023年公开率是多少", "value", (LJ,), (2023,), ("公开率（含部分公开）",)),
    ("临江工信局2023年结转率", "value", (LJ,), (2023,), ("结转率",)),
    ("临江工信局2023年不予公开率多少", "value", (LJ,), (2023,), ("不予公开率",)),
    (
        "临江工信局2023年复议纠正率",
        "value",
        (LJ,),
        (2023,),
        ("复议纠正率（占全部案件）", "复议纠正率（占已审结案件）"),
    ),
    ("临江工信局2023年自然人占比", "value", (LJ,), (2023,), ("自然人占比",)),
    ("临江工信局2023年企业申请占多少", "share", (LJ,), (2023,), ("requests/new/enterprise",)),
    # figures of the text
    ("临江工信局2023年主动公开了多少条信息", "value", (LJ,), (2023,), (PUBLISHED,)),
    ("临江工信局2023年公开了多少条政府信息", "value", (LJ,), (2023,), (PUBLISHED,)),
    ("临江工信局2023年发布信息几条", "value", (LJ,), (2023,), (PUBLISHED,)),
    ("临江工信局2023年公开多少条", "value", (LJ,), (2023,), (PUBLISHED,)),
    (
        "“临江工信”公众号2023年推送多少条、多少人关注",
        "value",
        (LJ,),
        (2023,),
        ("微信公众号信息", "关注用户"),
    ),
    ("临江工信局2023年公众号粉丝多少", "value", (LJ,), (2023,), ("关注用户",)),
    ("临江工信局2023年通过“临江经信”公开了多少条", "value", (LJ,), (2023,), ("微信公众号信息",)),
    ("临江工信局2023年承办人大建议几件", "value", (LJ,), (2023,), ("人大建议",)),
    ("临江工信局2023年政协提案多少件", "value", (LJ,), (2023,), ("政协提案",)),
    ("临江工信局2023年办理多少件建议和提案", "value", (LJ,), (2023,), ("人大建议", "政协提案")),
    ("临江工信局2023年政策解读多少条", "value", (LJ,), (2023,), ("政策解读",)),
    ("临江工信局2023年举办培训几次", "value", (LJ,), (2023,), ("培训次数",)),
    # yes or no
    ("临江工信局2023年被起诉过吗", "exists", (LJ,), (2023,), ("行政诉讼案件",)),
    (
        "临江工信局2023年有没有行政复议",
        "exists",
        (LJ,),
        (2023,),
        ("disputes/reconsideration/total",),
    ),
    ("临江工信局2023年收取信息处理费了吗", "exists", (LJ,), (2023,), ("信息处理费收取情况",)),
    ("临江工信局2023年是不是收到了35件申请", "exists", (LJ,), (2023,), (NEW,)),
    # sums, averages, rankings
    ("2023年各单位一共收到多少件申请", "sum", (), (2023,), (NEW,)),
    ("库里七家单位总共收到多少申请", "sum", (), (), (NEW,)),
    ("2023年收到申请合计多少件", "sum", (), (2023,), (NEW,)),
    ("所有部门政协提案加起来多少件", "sum", (), (), ("政协提案",)),
    ("2023年三家工信局平均主动公开多少条", "average", (QH, LJ, BT), (2023,), (PUBLISHED,)),
    ("各单位2023年主动公开条数从多到少排一下", "rank", (), (2023,), (PUBLISHED,)),
    ("2023年新收申请排名", "rank", (), (2023,), (NEW,)),
    ("2023年收到申请前三名是谁", "rank", (), (2023,), (NEW,)),
    ("2023年哪家收到申请最多", "extremum", (), (2023,), (NEW,)),
    ("2023年谁主动公开的信息最少", "extremum", (), (2023,), (PUBLISHED,)),
    (
        "2023年青禾、临江、白塔三家工信局谁主动公开最多",
        "extremum",
        (QH, LJ, BT),
        (2023,),
        (PUBLISHED,),
    ),
    ("临江和白塔2023年收到的申请数量一样吗", "compare", (LJ, BT), (2023,), (NEW,)),
    ("临江工信局和白塔工信局2023年谁收到的申请更多", "compare", (LJ, BT), (2023,), (NEW,)),
    (
        "临江2023年和南桥2021年承办的建议提案总数谁多",
        "compare",
        (LJ, FG),
        (2021, 2023),
        ("人大建议和政协提案",),
    ),
    ("临江比白塔2023年多收到多少件申请，差多少", "difference", (LJ, BT), (2023,), (NEW,)),
    (
        "青禾工信局2023年比2022年多收到几件申请，增加了多少",
        "difference",
        (QH,),
        (2022, 2023),
        (NEW,),
    ),
    ("青禾工信局2023年新收申请同比变动多少", "difference", (QH,), (2023,), (NEW,)),
    # filters and counts
    ("哪些单位2023年没收到申请", "filter", (), (2023,), (NEW,)),
    ("2023年哪些单位收到申请超过10件", "filter", (), (2023,), (NEW,)),
    ("哪些单位有行政诉讼", "filter", (), (), ("行政诉讼案件",)),
    ("哪些报告没有写信息处理费", "filter", (), (), ("信息处理费收取情况",)),
    ("哪些报告没有落款日期", "filter", (), (), ("落款日期",)),
    ("哪些报告引用了国办公开办函〔2021〕30号", "filter", (), (), ("〔2021〕30号文件",)),
    ("哪些单位公布了公众号数据", "filter", (), (), ("微信公众号信息", "关注用户")),
    ("2023年有几家单位没有收到申请", "count", (), (2023,), (NEW,)),
    ("哪些单位行政复议空白没填", "filter", (), (), ("disputes/reconsideration/total",)),
    # trends, breakdowns
    ("青禾工信局近两年收到申请的趋势", "trend", (QH,), (2022, 2023), (NEW,)),
    ("青禾工信局2022年到2023年新收申请变化", "trend", (QH,), (2022, 2023), (NEW,)),
    ("青禾工信局历年收到申请数量的变化", "trend", (QH,), (), (NEW,)),
    ("2023年工信部门主动公开数量是不是下降了", "trend", (QH, LJ, BT), (2023,), (PUBLISHED,)),
]


@pytest.mark.parametrize(("question", "operation", "agencies", "years", "measures"), LOOKUPS)
def test_a_lookup_is_understood(
    question: str,
    operation: str,
    agencies: tuple[str, ...],
    years: tuple[int, ...],
    measures: tuple[str, ...],
) -> None:
    query = asked(question)
    assert (query.kind, query.operation) == ("lookup", operation)
    assert set(query.agencies) == set(agencies)
    assert query.years == years
    assert tuple(said(m) for m in query.measures) == measures
    assert not query.unknown_agencies and not query.ambiguities and not query.refusal


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("临江工信局存在哪些问题，怎么改进？", "retrieval"),
        ("临江市工信局的主要问题是什么", "retrieval"),
        ("哪些单位把公开时效列为问题？", "retrieval"),
        ("谁的报告里有“三审三校”的做法？", "retrieval"),
        ("临江工信局政府信息公开联系电话和地址？", "retrieval"),
        ("临江工信局有什么创新做法", "retrieval"),
        ("介绍一下临江工信局的平台建设情况", "retrieval"),
        ("临江工信局下一步打算怎么做", "retrieval"),
        ("哪些报告提到了政务公开培训", "retrieval"),
        ("临江工信局2023年表三勾稽平衡吗？", "check"),
        ("临江工信局2023年表三平不平", "check"),
        ("临江工信局56条和分项对得上吗？", "check"),
        ("临江工信局的落款日期有没有问题？", "check"),
        ("临江工信局的报告有没有写成别的单位？", "check"),
        ("白塔工信局2023年报缺了什么？", "check"),
        ("白塔工信局表二表头有错字吗？", "check"),
        ("检查一下白塔工信局2023年的年报", "check"),
        ("这份报告有没有问题", "check"),
        ("“三安全一稳定”是什么意思？", "definition"),
        ("三类内部事务信息指哪些？", "definition"),
        ("表三的勾稽关系怎么算？", "definition"),
        ("信息处理费怎么收？", "definition"),
        ("区局的年报最晚什么时候公布？", "definition"),
        ("2019年和2021年的表有什么不一样？", "definition"),
        ("公开率怎么算", "definition"),
        ("部分公开是什么意思", "definition"),
    ],
)
def test_the_kind_of_question_is_told_by_its_words(question: str, kind: str) -> None:
    assert asked(question).kind == kind


@pytest.mark.parametrize(
    ("question", "comparison", "number"),
    [
        ("哪些单位没收到申请", "=", 0),
        ("哪些单位未收到申请", "=", 0),
        ("哪些单位收到申请为零", "=", 0),
        ("哪些单位收到了申请", ">", 0),
        ("哪些单位收到申请超过10件", ">", 10),
        ("哪些单位收到申请不少于三件", "≥", 3),
        ("哪些单位收到5件以上申请", "≥", 5),
        ("哪些单位收到申请少于5件", "<", 5),
        ("哪些单位收到申请不到二十件", "<", 20),
        ("哪些单位收到申请不超过5件", "≤", 5),
        ("哪些单位行政复议没填", "blank", None),
        ("哪些报告没有写落款日期", "unstated", None),
        ("哪些报告写了落款日期", "stated", None),
    ],
)
def test_a_condition_is_read_from_the_words(
    question: str, comparison: str, number: int | None
) -> None:
    (condition,) = asked(question).conditions
    assert (condition.comparison, condition.number) == (comparison, number)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("济北市工信局2023年主动公开多少条？", "济北市工信局"),
        ("济北工信局收到几件申请", "济北工信局"),
        ("青禾区卫健局2023年收到几件申请", "青禾区卫健局"),
        ("临江市黄金局2023年收到几件申请", "临江市黄金局"),
        ("历上区2023年收到多少申请", "历上区"),
        ("济北2023年收到多少申请", "济北"),
        ("济北2023年主动公开多少条", "济北"),
        ("云溪市工信局2023年收到多少申请", "云溪市工信局"),
        ("外省南桥区民政局2021年收到多少申请", "外省南桥区民政局"),
    ],
)
def test_an_agency_that_the_library_lacks_is_named_and_not_replaced(
    question: str, name: str
) -> None:
    query = asked(question)
    assert query.unknown_agencies == (name,)
    assert query.agencies == ()


def test_a_namesake_in_another_city_is_another_agency() -> None:
    assert asked("北原市青禾区工信局2023年收到几件申请").agencies == ()
    assert asked("云溪市青禾区工信局2023年收到几件申请").agencies == (QH,)


def test_a_name_that_differs_in_one_character_is_asked_back() -> None:
    (ambiguity,) = asked("林江市工信局2023年收到几件申请").ambiguities
    assert ambiguity.candidates == (LJ,)


def test_a_place_with_two_agencies_is_asked_back() -> None:
    (ambiguity,) = asked("青禾区2023年收到几件申请").ambiguities
    assert set(ambiguity.candidates) == {QH, JT}


def test_an_organ_alone_is_asked_back_where_several_have_it() -> None:
    (ambiguity,) = asked("工信局2023年收到几件申请").ambiguities
    assert set(ambiguity.candidates) == {QH, LJ, BT}


def test_an_organ_alone_is_enough_where_one_has_it() -> None:
    assert asked("卫健委2024年收到几件申请").agencies == (WJ,)


def test_an_area_is_not_answered_with_one_of_its_bureaus() -> None:
    assert "临江市" in asked("临江市2023年全市一共收到多少申请？").refusal
    assert not asked("松涛县2023年全县一共收到多少申请？").refusal


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("临江工信局今年收到几件申请", (2024,)),
        ("临江工信局去年收到几件申请", (2023,)),
        ("临江工信局前年收到几件申请", (2022,)),
        ("青禾工信局2021到2023年收到几件申请", (2021, 2022, 2023)),
        ("青禾工信局2021-2023年收到几件申请", (2021, 2022, 2023)),
        ("青禾工信局近三年收到几件申请", (2021, 2022, 2023)),
        ("青禾工信局2022年和2023年各收到几件申请", (2022, 2023)),
        ("青禾工信局22年收到几件申请", (2022,)),
        ("青禾工信局二〇二二年收到几件申请", (2022,)),
    ],
)
def test_years_count_from_the_library_and_never_from_the_clock(
    question: str, years: tuple[int, ...]
) -> None:
    assert asked(question).years == years


def test_a_year_that_no_report_is_about_is_named() -> None:
    assert asked("临江工信局2017年收到几件申请").unknown_years == (2017,)


# --- Conversation -----------------------------------------------------------------------------------

FIRST = "临江工信局2023年收到几件申请？"


@pytest.mark.parametrize(
    ("question", "agencies", "years", "measures"),
    [
        ("白塔呢？", (BT,), (2023,), (NEW,)),
        ("那白塔县工信局呢", (BT,), (2023,), (NEW,)),
        ("那2022年呢", (LJ,), (2022,), (NEW,)),
        ("去年呢", (LJ,), (2022,), (NEW,)),
        ("予以公开的呢", (LJ,), (2023,), ("requests/granted/total",)),
        ("行政诉讼有几件", (LJ,), (2023,), ("行政诉讼案件",)),
        ("我说的是行政诉讼", (LJ,), (2023,), ("行政诉讼案件",)),
        ("我们局主动公开多少条", (LJ,), (2023,), (PUBLISHED,)),
        ("该局行政处罚几件", (LJ,), (2023,), ("proactive/penalties/decisions",)),
        ("青禾工信局2022年主动公开几条", (QH,), (2022,), (PUBLISHED,)),
    ],
)
def test_a_follow_up_takes_over_what_it_leaves_unsaid(
    question: str,
    agencies: tuple[str, ...],
    years: tuple[int, ...],
    measures: tuple[str, ...],
) -> None:
    query = asked(question, FIRST)
    assert query.kind == "lookup"
    assert (query.agencies, query.years) == (agencies, years)
    assert tuple(said(m) for m in query.measures) == measures


def test_a_column_named_alone_is_of_the_row_spoken_of() -> None:
    query = asked("其中企业几件？", FIRST)
    assert tuple(said(m) for m in query.measures) == ("requests/new/enterprise",)
    query = asked("自然人呢", FIRST, "部分公开的几件")
    assert tuple(said(m) for m in query.measures) == ("requests/partly_granted/natural_person",)
    query = asked("被纠正的呢", "临江工信局2023年行政复议几件")
    assert tuple(said(m) for m in query.measures) == ("disputes/reconsideration/corrected",)


def test_it_is_the_agency_that_the_answer_named_first() -> None:
    history = [Turn("user", "2023年哪家收到申请最多"), Turn("assistant", f"最多的是{BT}2023年。")]
    query = understand("它的公开率是多少", history, KNOWN)
    assert (query.agencies, query.years) == ((BT,), (2023,))


def test_another_term_is_explained_after_the_first() -> None:
    assert asked("那三类内部事务信息呢", "“三安全一稳定”是什么意思？").kind == "definition"


def test_a_condition_holds_on_for_another_year() -> None:
    query = asked("2022年呢", "哪些单位2023年没收到申请")
    (condition,) = query.conditions
    assert (query.operation, query.years, condition.comparison) == ("filter", (2022,), "=")


def test_which_has_most_asks_of_everyone() -> None:
    query = asked("哪家最多", FIRST)
    assert (query.operation, query.agencies, query.years) == ("extremum", (), (2023,))
    assert tuple(said(m) for m in query.measures) == (NEW,)


def test_a_search_goes_on_about_the_agency_spoken_of() -> None:
    query = asked("存在哪些问题？", FIRST)
    assert (query.kind, query.agencies) == ("retrieval", (LJ,))


def test_a_follow_up_to_a_search_searches_for_the_same() -> None:
    query = asked("白塔呢", "临江工信局存在哪些问题？")
    assert (query.kind, query.agencies) == ("retrieval", (BT,))
    assert "问题" in query.topic


def test_last_years_problems_are_told_by_the_next_report() -> None:
    assert asked("青禾工信局对2022年的问题做了什么整改？").years == (2023,)


def test_a_number_taken_for_granted_is_kept() -> None:
    (claim,) = asked("临江工信局2023年是不是收到了35件申请").claims
    assert (claim.number, claim.unit) == (35, "件")


def test_a_number_without_a_known_name_keeps_its_words() -> None:
    (measure,) = asked("临江工信局一年花多少经费").measures
    assert "经费" in measure.name
    assert measure.figures == ()


def test_what_reports_do_not_tell_is_refused() -> None:
    assert asked("临江市属于哪个省？").refusal
    assert asked("今天天气怎么样").refusal
