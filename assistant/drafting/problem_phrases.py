"""Problems that the numbers show, and the sentences of sections five and six, as data.

The invariant is that of `phrases`: no digit, nothing that the numbers of the situation do not show.
What caused a problem and what was done about it only the writer knows: placeholders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant.drafting.phrases import Phrases
from ingest.report import Concept


@dataclass(frozen=True, slots=True)
class Sign:
    """A number that shows a problem as soon as it is not 0, with wordings of problem and measure.

    `is_strong` signs are written into a draft whose writer noted no problem; others are suggested.
    """

    concept: Concept
    problems: tuple[str, ...]
    measures: tuple[str, ...]
    why: str
    is_strong: bool = False

    @property
    def key(self) -> str:
        """What the sign is called when its suggestion is accepted."""
        return str(self.concept)


def _requests(row: str) -> Concept:
    return Concept("requests", row, "total")


SIGNS: tuple[Sign, ...] = (
    Sign(
        Concept("disputes", "reconsideration", "corrected"),
        (
            "全年有{n}件政府信息公开行政复议的结果为纠正，个别答复不够规范，【请补充：被纠正的具体原因】",
            "个别申请的办理存在差错，行政复议结果纠正{n}件，【请补充：被纠正的具体原因】",
            "答复质量把关还有疏漏，当年行政复议中结果为纠正的有{n}件，【请补充：被纠正的具体原因】",
        ),
        (
            "针对被纠正的案件，【请补充：完善答复审核程序的具体做法】",
            "对复议决定指出的问题，【请补充：已采取或者拟采取的措施】",
            "就被纠正案件反映的问题，【请补充：具体措施和完成时间】",
        ),
        "表四行政复议“结果纠正”不为零，第五部分应当回应。",
        is_strong=True,
    ),
    Sign(
        Concept("disputes", "litigation_direct", "corrected"),
        (
            "直接起诉的案件结果纠正{n}件，个别答复没有得到法院支持，【请补充：败诉的具体原因】",
            "答复的合法性审核还有漏洞，直接起诉的案件中结果为纠正的有{n}件，【请补充：败诉的具体原因】",
        ),
        (
            "针对直接起诉的败诉案件，【请补充：改进答复和应诉工作的措施】",
            "就答复前的合法性审核，【请补充：审核程序和责任分工】",
        ),
        "表四行政诉讼“结果纠正”不为零，第五部分应当回应。",
        is_strong=True,
    ),
    Sign(
        Concept("disputes", "litigation_after_reconsideration", "corrected"),
        (
            "复议后起诉的案件结果纠正{n}件，个别答复没有得到法院支持，【请补充：败诉的具体原因】",
            "个别答复在复议后起诉的案件中被认定有误，结果为纠正的有{n}件，【请补充：败诉的具体原因】",
        ),
        (
            "针对复议后起诉的败诉案件，【请补充：改进答复和应诉工作的措施】",
            "就答复中事实、依据和理由的写法，【请补充：审核程序和责任分工】",
        ),
        "表四行政诉讼“结果纠正”不为零，第五部分应当回应。",
        is_strong=True,
    ),
    Sign(
        _requests("unavailable.unclear"),
        (
            "有{n}件申请经补正后内容仍不明确，申请指引和补正告知还需改进，【请补充：主要涉及哪类信息】",
            "经补正内容仍不明确的申请有{n}件，补正告知的效果有限，【请补充：主要涉及哪类信息】",
        ),
        (
            "就申请指引和补正告知的表述，【请补充：改进的具体做法】",
            "在申请受理环节，【请补充：与申请人沟通的具体做法】",
        ),
        "表三“补正后申请内容仍不明确”不为零，可从申请指引和补正告知上查找问题。",
        is_strong=True,
    ),
    Sign(
        _requests("declined.complaint"),
        (
            "实际属于信访、举报、投诉事项的申请有{n}件，渠道提示还需改进，【请补充：集中反映的事项】",
            "有{n}件申请实际反映信访、举报、投诉事项，渠道提示不够明显，【请补充：集中反映的事项】",
        ),
        (
            "在申请页面和公开指南中，【请补充：写明信访、举报、投诉办理渠道的情况】",
            "受理这类申请时，【请补充：向申请人说明相应渠道的做法】",
        ),
        "表三“信访举报投诉类申请”不为零，可改进渠道提示。",
        is_strong=True,
    ),
    Sign(
        _requests("unavailable.not_held"),
        (
            "公众对各机关的职责分工了解不够，有{n}件申请所需信息不由本机关掌握，【请补充：主要涉及哪些机关的信息】",
            "有{n}件申请的信息不由本机关掌握，职责和信息索引的公开不够清晰，【请补充：主要涉及哪些机关的信息】",
        ),
        (
            "完善公开指南中的职责说明和查询指引，【请补充：具体做法】",
            "答复时一并告知掌握信息的机关，【请补充：具体做法】",
        ),
        "表三“本机关不掌握相关政府信息”不为零，可改进职责和信息索引的公开。",
    ),
    Sign(
        _requests("carried_over"),
        (
            "部分申请未能在年内办结，年末结转{n}件，【请补充：未办结的原因】",
            "申请办理的时间安排不够均衡，结转下年度继续办理的有{n}件，【请补充：未办结的原因】",
        ),
        (
            "对结转的申请逐件明确承办人和办结时限，【请补充：办理进展】",
            "建立临期提醒，【请补充：结转申请的办理进展】",
        ),
        "表三“结转下年度继续办理”不为零，可说明原因和办理进展。",
    ),
    Sign(
        _requests("declined.repeat"),
        (
            "重复申请有{n}件，对首次答复的解释说明不够，【请补充：重复申请集中的事项】",
            "有{n}件申请属于重复提出，答复后的沟通需要加强，【请补充：重复申请集中的事项】",
        ),
        (
            "答复时加强解释说明，【请补充：具体做法】",
            "对集中的事项研究主动公开，【请补充：具体做法】",
        ),
        "表三“重复申请”不为零，可分析申请集中的事项并研究主动公开。",
    ),
)

PROBLEMS: Phrases = MappingProxyType(
    {
        "problems.head": (
            "（一）存在的主要问题",
            "（一）主要问题",
            "（一）存在的问题",
        ),
        "measures.head": (
            "（二）改进情况",
            "（二）改进措施",
            "（二）改进情况和打算",
        ),
        "remedied.head": (
            "（三）上年度问题的整改情况",
            "（三）对上年度所提问题的整改",
            "（三）上年报告所列问题的落实情况",
        ),
        "problem.unknown": (
            "一是【请补充：本年度存在的具体问题，写明对象、数量或者事例】。二是【请补充：另一个问题，没有的删去】。",
            "一是【请补充：自查或者检查发现的主要问题，写明涉及的栏目、文件或者件数】。二是【请补充：其他问题】。",
            "一是【请补充：公众反映的问题，写明具体情形】。二是【请补充：考核或者检查指出的问题】。",
        ),
        "measure.unknown": (
            "一是【请补充：针对第一个问题已经采取的措施和下一步打算】。二是【请补充：针对第二个问题的措施】。",
            "一是【请补充：对应的改进措施、责任分工和完成时间】。二是【请补充：针对其他问题的措施】。",
            "一是【请补充：已完成的整改】。二是【请补充：计划采取的措施和完成时间】。",
        ),
        "measure.missing": (
            "针对“{problem}”，【请补充：改进措施】",
            "对于“{problem}”，【请补充：已采取或者拟采取的措施】",
        ),
        "remedied": (
            "上年报告提出的“{problem}”问题，【请补充：本年度的整改措施和成效】。",
            "对上年报告所列“{problem}”问题，【请补充：本年度整改到什么程度】。",
            "上年存在的“{problem}”问题，【请补充：整改结果，没有完成的说明原因】。",
        ),
    }
)

MORE_REQUESTS: Phrases = MappingProxyType(
    {
        "problem": (
            "公众申请增长较快，本年新收{n}件，上年为{last}件，主动公开与公众需求还有差距，【请补充：申请集中的事项】",
            "申请数量由上年的{last}件增加到{n}件，办理力量和主动公开的范围没有跟上，【请补充：申请集中的事项】",
        ),
        "measure": (
            "梳理申请集中的事项，【请补充：拟转为主动公开的内容和时间】",
            "把申请较多的信息转为主动公开，【请补充：涉及的栏目和完成时间】",
        ),
    }
)

LATE: Phrases = MappingProxyType(
    {
        "problem": (
            "个别申请没有按期答复，【请补充：件数和逾期的原因】",
            "答复时限的管理有疏漏，【请补充：逾期的件数和环节】",
        ),
        "measure": (
            "建立办理时限的提醒和催办，【请补充：具体做法和责任人】",
            "逐件登记收到、补正和答复的日期，【请补充：审核和催办的安排】",
        ),
    }
)

OTHER_MATTERS: Phrases = MappingProxyType(
    {
        "fee.none": (
            "依据《政府信息公开信息处理费管理办法》，{we}本年度未收取政府信息公开信息处理费。",
            "{year}年，{we}未收取政府信息公开信息处理费。",
            "政府信息公开信息处理费收取情况：本年度未收取。",
            "本年度办理政府信息公开申请，未收取信息处理费。",
            "按照《政府信息公开信息处理费管理办法》报告如下：{year}年度未收取信息处理费。",
        ),
        "fee.none_no_requests": (
            "本年度没有需要收费的政府信息公开申请，未收取信息处理费。",
            "{year}年，{we}没有办理政府信息公开申请，未收取信息处理费。",
            "因本年度没有办理政府信息公开申请，未收取政府信息公开信息处理费。",
        ),
        "fee.unpaid": (
            "本年度发出收费通知后逾期未缴费而不再处理的有{unpaid}件，未收取政府信息公开信息处理费。",
            "{we}本年度未收取政府信息公开信息处理费，收到收费通知后逾期未缴费的有{unpaid}件。",
        ),
        "anything_else": (
            "【请补充：建议提案办理、数据口径调整等其他需要报告的事项，没有的写“无其他需要报告的事项”】。",
            "其他事项：【请补充：建议提案、工作要点落实、数据说明等情况，没有的写明没有】。",
            "除上述情况外，【请补充：其他需要报告的事项，没有的写“无其他需要报告的事项”】。",
        ),
        "fee.unknown": (
            "政府信息公开信息处理费收取情况：【请补充：发出收费通知的件数和总金额，以及实际收取的总金额】。",
            "依据《政府信息公开信息处理费管理办法》，{we}本年度信息处理费的收取情况为【请补充：收费通知的件数、总金额和实际收取金额】。",
        ),
    }
)

CUSTOMARY: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "建议提案": ("建议|提案", "人大代表建议、政协提案办理结果的公开情况"),
        "工作要点": ("工作要点", "落实上级政务公开工作要点的情况"),
        "工作创新": ("创新", "政务公开工作创新情况"),
        "数据说明": ("数据.{0,8}说明|口径", "数据统计需要说明的事项"),
    }
)
"""Matters that places customarily report in section six → how they are told, what is to be supplied."""
