"""What the terms of the form and of the regulations mean, each with its legal basis, as data.

Quotes are the words of the published text and nothing else; where only the content is certain, a
source is named without a quote and the numbers stand in `values`. Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Statement, Value
from ingest.characters import for_matching
from ingest.report import Number, Place

REGULATIONS = "《中华人民共和国政府信息公开条例》（国务院令第711号）"
FORM_2021_NOTICE = (
    "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》"
    "（国办公开办函〔2021〕30号）"
)
FORM_2019_NOTICE = (
    "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》"
    "（国办公开办函〔2019〕60号）"
)
FEES = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a published text; `quote` is its wording, "" where only the content is given."""

    name: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A term under all the names it is asked by, and what it means.

    `values` are numbers of the explanation that stand in no quote, as (number, unit).
    """

    names: tuple[str, ...]
    text: str
    sources: tuple[Source, ...]
    values: tuple[tuple[Number, str], ...] = ()


def _article(number: str, quote: str = "") -> Source:
    return Source(f"{REGULATIONS}第{number}条", quote)


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        ("三安全一稳定",),
        "“三安全一稳定”指国家安全、公共安全、经济安全、社会稳定；公开后可能危及它们的政府信息，不予公开。",
        (_article("十四", "国家安全、公共安全、经济安全、社会稳定"),),
    ),
    Definition(
        ("三类内部事务信息", "三类内部事务", "内部事务信息"),
        "三类内部事务信息，指行政机关的人事管理、后勤管理、内部工作流程三方面的信息，可以不予公开。",
        (_article("十六", "人事管理、后勤管理、内部工作流程"),),
    ),
    Definition(
        ("四类过程性信息", "过程性信息"),
        "四类过程性信息，指行政机关在履行职能过程中形成的讨论记录、过程稿、磋商信函、请示报告，可以不予公开。",
        (_article("十六", "讨论记录、过程稿、磋商信函、请示报告"),),
    ),
    Definition(
        ("行政执法案卷",),
        "行政执法案卷，指行政机关办理行政执法案件形成的案卷信息，可以不予公开。",
        (_article("十六", "行政执法案卷信息"),),
    ),
    Definition(
        ("第三方合法权益", "保护第三方"),
        "涉及商业秘密、个人隐私等，公开会损害第三方合法权益的政府信息，不予公开；"
        "第三方同意公开，或者不公开会对公共利益造成重大影响的除外。",
        (_article("十五", "商业秘密、个人隐私等"),),
    ),
    Definition(
        ("行政查询事项", "行政查询"),
        "行政查询事项，指工商、不动产登记资料等信息，法律法规对获取另有特别规定的，按那些规定查询。",
        (_article("三十六", "工商、不动产登记资料等"),),
    ),
    Definition(
        ("信息不存在", "不掌握相关政府信息", "本机关不掌握"),
        "“本机关不掌握相关政府信息”，包括经检索没有所申请的信息，以及所申请的信息不属于本机关负责公开。",
        (_article("三十六"),),
    ),
    Definition(
        ("补正",),
        "申请内容不明确的，行政机关应当一次性告知申请人补正；申请人无正当理由逾期不补正的，视为放弃申请，"
        "行政机关不再处理，年报里计入“其他处理”。",
        (_article("三十"),),
    ),
    Definition(
        (
            "答复期限",
            "答复时限",
            "多久答复",
            "多久要答复",
            "多久能答复",
            "几天答复",
            "多长时间答复",
            "几天之内",
            "几天内",
            "多少天之内",
            "多少天内",
            "几个工作日",
            "多少个工作日",
        ),
        "能够当场答复的，应当当场答复；不能当场答复的，自收到申请之日起20个工作日内答复；"
        "需要延长的，经政府信息公开工作机构负责人同意并告知申请人，延长最长不超过20个工作日。",
        (_article("三十三"),),
        ((20, "个工作日"),),
    ),
    Definition(
        ("依申请公开",),
        "依申请公开，指公民、法人或者其他组织向行政机关申请获取政府信息，行政机关依法答复；"
        "收到和办理的情况写在年报第三部分，即表三。",
        (Source(REGULATIONS),),
    ),
    Definition(
        ("主动公开是", "什么叫主动公开", "什么是主动公开"),
        "主动公开，指行政机关不待申请，依法自行公布政府信息；规章、行政规范性文件，行政许可、行政处罚、行政强制，"
        "行政事业性收费的数量填在年报第二部分，即表二。",
        (_article("二十"),),
    ),
    Definition(
        ("结转是", "什么叫结转", "什么是结转", "上年结转是", "结转下年度是", "结转的意思"),
        "结转，指到年底没有办结、留到下一年接着办理的申请：本年没有办结的填“结转下年度继续办理”，"
        "下一年的年报把它填作“上年结转政府信息公开申请数量”，两处应当相同。",
        (Source(FORM_2021_NOTICE + "附件表三"),),
    ),
    Definition(
        ("自然人是", "自然人指", "什么叫自然人", "什么是自然人"),
        "自然人，指以公民个人名义提出申请的人；表三把申请人分为自然人和法人或其他组织，后者又分商业企业、科研机构、"
        "社会公益组织、法律服务机构、其他五类。",
        (Source(FORM_2021_NOTICE + "附件表三"),),
    ),
    Definition(
        (
            *("规章和规范性文件", "规章与规范性文件", "规范性文件和规章", "规章和行政规范性文件"),
            *("什么是行政规范性文件", "什么是规范性文件", "规范性文件是什么", "规范性文件指"),
        ),
        "规章由国务院部门或者有立法权的地方政府依照法定程序制定；行政规范性文件是规章以上的立法之外，"
        "由行政机关等依法制定并公开发布，涉及公民、法人和其他组织权利义务，具有普遍约束力，"
        "在一定期限内反复适用的公文。表二把两者分行填写。",
        (
            Source(
                "《国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知》（国办发〔2018〕37号）"
            ),
        ),
    ),
    Definition(
        ("其他处理",),
        "“其他处理”包括三种情形：申请人无正当理由逾期不补正、行政机关不再处理其申请；"
        "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其申请；以及其他。",
        (
            Source(
                FORM_2021_NOTICE + "附件表三",
                "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
            ),
        ),
    ),
    Definition(
        ("区分处理", "部分公开"),
        "“部分公开”指一件申请中有的内容公开、有的不公开，经区分处理后予以公开的部分；"
        "区分处理的，只计这一情形，不计其他情形。",
        (
            Source(
                FORM_2021_NOTICE + "附件表三", "部分公开（区分处理的，只计这一情形，不计其他情形）"
            ),
        ),
    ),
    Definition(
        ("勾稽关系", "勾稽", "表三怎么算", "表三平衡"),
        "表三每一列：本年新收＋上年结转＝（七）总计＋结转下年度继续办理。"
        "此外，每一列的（七）总计等于（一）至（六）各项办理结果之和；每一行的总计等于六类申请人之和。"
        "表四每一组：总计＝结果维持＋结果纠正＋其他结果＋尚未审结。",
        (
            Source(
                FORM_2021_NOTICE + "附件表三",
                "本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和",
            ),
        ),
    ),
    Definition(
        (
            *("信息处理费", "处理费怎么收", "处理费标准", "要收费吗", "会收费吗", "收不收费"),
            *("要不要钱", "要交钱吗", "要花钱吗", "要缴费吗", "需要缴费吗", "需要收费吗"),
        ),
        "信息处理费可以按件计收，也可以按量计收，同一件申请不同时按两种方式计收。"
        "按件：同一申请人一个自然月内累计10件以内不收费；11至30件的部分，每件100元；"
        "31件以上的部分，以10件为一档，每增加一档，每件提高100元。"
        "按量：30页以内不收费；31至100页的部分，每页10元；101至200页的部分，每页20元；201页以上的部分，每页40元。"
        "申请人应当在收到收费通知后20个工作日内缴纳，逾期视为放弃申请。"
        "收取情况要纳入年度报告，通常写在第六部分。",
        (Source(FEES),),
        (
            *((n, "件") for n in (10, 11, 30, 31)),
            (100, "元"),
            *((n, "页") for n in (30, 31, 100, 101, 200, 201)),
            *((n, "元") for n in (10, 20, 40)),
            (20, "个工作日"),
        ),
    ),
    Definition(
        (
            "公布期限",
            "几月几号",
            "几月几日",
            "最晚",
            "最迟",
            "哪天之前",
            "哪天公布",
            "什么时候公布",
            "必须公布",
            "什么时候公开年报",
            "几月几日前",
            "什么时候报送",
            "截止时间",
        ),
        "部门的年报：次年1月31日前提交本级主管部门并向社会公布；本级政府的年报：次年3月31日前公布。",
        (
            _article(
                "四十九",
                "县级以上人民政府部门应当在每年1月31日前向本级政府信息公开工作主管部门提交本行政机关上一年度"
                "政府信息公开工作年度报告并向社会公布。县级以上地方人民政府的政府信息公开工作主管部门应当在每年"
                "3月31日前向社会公布本级政府上一年度政府信息公开工作年度报告。",
            ),
        ),
    ),
    Definition(
        (
            "2019年和2021年的表",
            "2019与2021",
            "2019和2021",
            "新旧表样",
            "表样",
            "的表有什么不",
            "两版表",
            "表有什么不一样",
            "旧表",
            "新表",
        ),
        "2019年的表样（试行）用于2019、2020年度的报告，2021年的表样用于2021年度及以后的报告。"
        "表二整表改版：规章、规范性文件由“本年新制作、本年新公开、对外公开总数量”改为“本年制发、本年废止、现行有效件数”；"
        "行政许可、行政处罚、行政强制不再填上一年项目数量和本年增减，只填本年处理决定数量；"
        "行政事业性收费改填本年收费金额（万元）；取消“其他对外管理服务事项”和“政府集中采购”。"
        "表三只有“（六）其他处理”由一行变为三行，其余不变。表四不变。两版的总数量和现行有效件数口径不同，不能相比。",
        (Source(FORM_2019_NOTICE + "附件"), Source(FORM_2021_NOTICE + "附件")),
        ((2019, "年"), (2020, "年"), (2021, "年")),
    ),
    Definition(
        (
            "年报应当包括",
            "年报包括哪些",
            "年报要写哪些",
            "年报写什么",
            "年报的内容",
            "报告包括哪些内容",
        ),
        "年度报告写六部分：总体情况；主动公开政府信息情况；收到和处理政府信息公开申请情况；"
        "政府信息公开行政复议、行政诉讼情况；存在的主要问题及改进情况；其他需要报告的事项。"
        "各级人民政府的年报还应当包括工作考核、社会评议和责任追究结果情况。",
        (_article("五十", "工作考核、社会评议和责任追究结果情况"),),
    ),
    Definition(
        ("总体情况写什么", "总体情况包括", "总体情况要写"),
        "“总体情况”是综述，主要包括主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面。",
        (
            Source(
                FORM_2021_NOTICE,
                "主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障",
            ),
        ),
    ),
    Definition(
        ("年报写错", "不按时发布", "敷衍塞责", "内容雷同会怎样", "年报责任"),
        "年报不按时发布、内容不准确不全面、内容雷同或敷衍塞责，造成不良后果的，依法追究责任；"
        "分管领导人员是第一责任人。",
        (
            Source(FORM_2021_NOTICE, "不按时发布、发布内容不准确不全面或者内容雷同、敷衍塞责"),
            _article("四十七"),
        ),
    ),
    Definition(
        ("公开率",),
        "公开率＝（予以公开＋部分公开）÷（七）总计，取自表三“总计”列；有的统计只算予以公开，应当写明。"
        "没有办理过申请的，公开率不适用，不是零。",
        (Source(FORM_2021_NOTICE + "附件表三"),),
    ),
    Definition(
        (
            *(
                "规定不予公开",
                "不予公开的依据",
                "不予公开的法律依据",
                "不予公开依据",
                "不予公开的规定",
            ),
            *("不公开的依据", "可以不予公开", "不予公开的条款"),
        ),
        "不予公开的情形及依据：国家秘密，其他法律、行政法规禁止公开，公开后可能危及国家安全、公共安全、经济安全、"
        "社会稳定的；涉及商业秘密、个人隐私等会损害第三方合法权益的；行政机关的内部事务信息，过程性信息，"
        "行政执法案卷信息；以及法律法规对获取另有特别规定的查询事项。",
        (
            _article("十四", "国家安全、公共安全、经济安全、社会稳定"),
            _article("十五"),
            _article("十六", "讨论记录、过程稿、磋商信函、请示报告"),
            _article("三十六", "工商、不动产登记资料等"),
        ),
    ),
    Definition(
        ("不服怎么办", "对答复不服", "不服答复", "申请人不服", "怎么救济", "救济途径", "怎么维权"),
        "认为行政机关在政府信息公开工作中侵犯其合法权益的，可以投诉、举报，也可以依法申请行政复议或者提起行政诉讼；"
        "这些案件的数量填在年报第四部分，即表四。",
        (_article("五十一"),),
    ),
    Definition(
        ("净增",),
        "净增＝本年制发－本年废止，是本年现行有效件数应有的变化；因清理等原因不等的，应当在报告中说明。",
        (Source(FORM_2021_NOTICE + "附件表二"),),
    ),
    Definition(
        ("结转率", "办结率"),
        "办结率＝（七）总计÷（本年新收＋上年结转）；结转率＝结转下年度继续办理÷（本年新收＋上年结转）。",
        (Source(FORM_2021_NOTICE + "附件表三"),),
    ),
    Definition(
        ("纠正率", "纠错率", "败诉率", "维持率"),
        "复议纠正率有两种算法：结果纠正÷总计，或者结果纠正÷（总计－尚未审结），引用时要写明用的是哪一种。"
        "维持率＝结果维持÷（总计－尚未审结）。",
        (Source(FORM_2021_NOTICE + "附件表四"),),
    ),
    Definition(
        ("现行有效件数", "现行有效"),
        "“现行有效件数”是年末仍然有效的规章或行政规范性文件的件数："
        "通常等于上年现行有效＋本年制发－本年废止；因清理而不等的，应当在报告中说明。",
        (Source(FORM_2021_NOTICE + "附件表二", "现行有效件数"),),
    ),
)
"""Every term that can be explained, the more particular before the more general."""


def explain(question: str, topic: str = "") -> Answer | None:
    """The explanation of every term that the question names, None when it names none."""
    definitions = tuple(_named_in(for_matching(question))) or tuple(_named_in(for_matching(topic)))
    if not definitions:
        return None
    statements: list[Statement] = []
    citations: list[Citation] = []
    for definition in definitions:
        first = len(citations)
        citations += (
            Citation(None, None, None, Place(quote=source.quote or None), source.name)
            for source in definition.sources
        )
        statements.append(Statement(definition.text, tuple(range(first, len(citations)))))
    values = tuple(Value(n, unit) for d in definitions for n, unit in d.values)
    return Answer(question, tuple(statements), "answered", "definition", values, tuple(citations))


def _named_in(text: str) -> Iterator[Definition]:
    for definition in DEFINITIONS:
        if any(for_matching(name) in text for name in definition.names):
            yield definition
