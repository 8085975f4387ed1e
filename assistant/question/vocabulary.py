"""The words people use for what reports hold: rows, columns, ratios, figures and statements.

Data only; how words make a measure stands in `assistant.question.measures`. Rows and columns are those of
`ingest.forms`; the names here are how an answer calls them in running text. Words are compared
after `agencies.shorten`, the longest first, so 不予公开 is never read as 公开.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from ingest.report import Concept, TableName


@dataclass(frozen=True, slots=True)
class Line:
    """A row or column, or a group of them, of one table: `ids`, its name in an answer, its words."""

    table: TableName
    ids: tuple[str, ...]
    name: str
    words: tuple[str, ...]


DENIED = (
    *("denied.state_secret", "denied.law", "denied.safety", "denied.third_party"),
    *("denied.internal", "denied.process", "denied.enforcement_file", "denied.inquiry"),
)
UNAVAILABLE = ("unavailable.not_held", "unavailable.to_be_created", "unavailable.unclear")
DECLINED = (
    *("declined.complaint", "declined.repeat", "declined.publication"),
    *("declined.excessive", "declined.reissue"),
)
OTHER = ("other.not_corrected", "other.fee_unpaid", "other.misc")
GROUPS: tuple[tuple[str, ...], ...] = (DENIED, UNAVAILABLE, DECLINED, OTHER)
DECISIONS: tuple[tuple[str, ...], ...] = (("granted",), ("partly_granted",), *GROUPS)
LEGAL_APPLICANTS = ("enterprise", "research", "nonprofit", "legal_service", "other")
APPLICANTS = ("natural_person", *LEGAL_APPLICANTS)
LITIGATION = ("litigation_direct", "litigation_after_reconsideration")


def _line(table: TableName, ids: str | tuple[str, ...], name: str, words: str) -> Line:
    return Line(table, (ids,) if isinstance(ids, str) else ids, name, tuple(words.split()))


_request = partial(_line, "requests")
_dispute = partial(_line, "disputes")
_proactive = partial(_line, "proactive")


REQUEST_ROWS: tuple[Line, ...] = (
    _request(
        "new",
        "新收政府信息公开申请",
        "本年新收政府信息公开申请数量 本年新收政府信息公开申请 本年度新收 本年新收 新收到 "
        "新收 新接收 新受理 新增申请",
    ),
    _request(
        "carried_in",
        "上年结转政府信息公开申请",
        "上年结转政府信息公开申请数量 上年结转 上年度结转 上一年结转 上一年度结转 去年结转 "
        "上年转来 去年转来 往年结转 结转自上年 上年遗留 去年留下 去年留到今年 上年留到本年 去年剩下 上年转结 去年没办完",
    ),
    _request(
        "carried_over",
        "结转下年度继续办理",
        "结转下年度继续办理 结转下年继续办理 结转下年度 结转下一年度 结转下一年 结转下年 "
        "结转到下年 结转到下一年 结转至下年 结转到第二年 结转明年 结转到明年 结转次年 "
        "转到下一年 转到下年 转入下年 留到下年 留到下一年 留到明年 拖到下一年 拖到下年 "
        "没有全部办完 没全部办完 没有全办完 没全办完 没有都办完 没都办完 未全部办结 没有全部办结 没全部办结 "
        "没有全部答复 没全部答复 没答复完 没有答复完 未答复完 没答复 没有答复 未答复 尚未答复 "
        "没回复 没有回复 未回复 没处理完 没有处理完 未处理完 "
        "继续办理 未办结 没办结 没有办结 尚未办结 没办完 未办完 没办",
    ),
    _request(
        "granted",
        "予以公开",
        "予以公开 同意公开 都公开了 全公开了 全部公开 完全公开 给予公开 准予公开",
    ),
    _request(
        ("granted", "partly_granted"),
        "予以公开和部分公开",
        "公开的申请 公开了的申请 公开出去的申请 同意公开的申请 同意了 同意的",
    ),
    _request("partly_granted", "部分公开", "部分公开 区分处理 部分予以公开 公开一部分"),
    _request(
        DENIED,
        "不予公开（八种情形合计）",
        "不予公开 不给公开 不肯公开 被拒 拒了 驳回 拒绝公开 不同意公开 没有公开 没给公开 没有给公开 没给信息 没有给信息 没有提供信息 未公开 没公开 不让公开 不公开 未予公开 拒绝了 被拒绝 驳回申请",
    ),
    _request(
        "denied.state_secret", "因属于国家秘密不予公开", "属于国家秘密 国家秘密 涉密 涉及秘密"
    ),
    _request(
        "denied.law",
        "因其他法律行政法规禁止公开而不予公开",
        "其他法律行政法规禁止公开 法律行政法规禁止公开 法律法规禁止公开 法律禁止 禁止公开",
    ),
    _request(
        "denied.safety",
        "因危及“三安全一稳定”不予公开",
        "危及“三安全一稳定” 危及三安全一稳定 三安全一稳定 “三安全一稳定” 社会稳定 公共安全 国家安全 经济安全",
    ),
    _request(
        "denied.third_party",
        "因保护第三方合法权益不予公开",
        "保护第三方合法权益 第三方合法权益 第三方权益 第三方 商业秘密 个人隐私",
    ),
    _request(
        "denied.internal",
        "因属于三类内部事务信息不予公开",
        "属于三类内部事务信息 三类内部事务信息 内部事务信息 三类内部事务 内部事务 内部信息 内部管理信息 内部文件 内部资料",
    ),
    _request(
        "denied.process",
        "因属于四类过程性信息不予公开",
        "属于四类过程性信息 四类过程性信息 过程性信息 四类过程性 过程性 过程信息",
    ),
    _request(
        "denied.enforcement_file",
        "因属于行政执法案卷不予公开",
        "属于行政执法案卷 行政执法案卷 执法案卷",
    ),
    _request(
        "denied.inquiry",
        "因属于行政查询事项不予公开",
        "属于行政查询事项 行政查询事项 行政查询 查询事项",
    ),
    _request(
        UNAVAILABLE,
        "无法提供（三种情形合计）",
        "无法提供 不能提供 提供不了 没法提供 无法给出 没能提供 未能提供 提供不出 没法给 给不了 给不出",
    ),
    _request(
        "unavailable.not_held",
        "因本机关不掌握相关政府信息无法提供",
        "本机关不掌握相关政府信息 本机关不掌握 不掌握相关政府信息 不掌握 信息不存在 不存在 "
        "手头没有 手里没有 没有这信息 没有该信息 没有这个信息",
    ),
    _request(
        "unavailable.to_be_created",
        "因没有现成信息需要另行制作无法提供",
        "没有现成信息需要另行制作 没有现成信息 需要另行制作 另行制作 需要制作 没有现成",
    ),
    _request(
        "unavailable.unclear",
        "因补正后申请内容仍不明确无法提供",
        "补正后申请内容仍不明确 补正后仍不明确 申请内容仍不明确 申请内容不明确 内容不明确 仍不明确 "
        "补正后还是不明确 补正后还不明确 还是不明确 不明确",
    ),
    _request(
        DECLINED,
        "不予处理（五种情形合计）",
        "不予处理 未予处理 不处理 没有处理 不予理会 没理会 没有理会 不理会 不理的 没理的",
    ),
    _request(
        "declined.complaint",
        "信访举报投诉类申请不予处理",
        "信访举报投诉类申请 信访举报投诉 信访投诉举报 信访类 信访 投诉举报类 举报投诉类",
    ),
    _request("declined.repeat", "重复申请不予处理", "重复申请 重复提交 重复的"),
    _request(
        "declined.publication", "要求提供公开出版物不予处理", "要求提供公开出版物 公开出版物 出版物"
    ),
    _request(
        "declined.excessive",
        "无正当理由大量反复申请不予处理",
        "无正当理由大量反复申请 大量反复申请 大量反复 反复申请 滥用申请权 滥用",
    ),
    _request(
        "declined.reissue",
        "要求确认或重新出具已获取信息不予处理",
        "要求行政机关确认或重新出具已获取信息 确认或重新出具 重新出具 确认已获取信息 已获取信息",
    ),
    _request(OTHER, "其他处理", "其他处理 其它处理 其他方式处理"),
    _request(
        "other.not_corrected",
        "申请人逾期不补正不再处理",
        "申请人无正当理由逾期不补正 无正当理由逾期不补正 逾期不补正 逾期未补正 逾期没补正 不补正 未补正 没补正",
    ),
    _request(
        "other.fee_unpaid",
        "申请人逾期未缴费不再处理",
        "逾期未按收费通知要求缴纳费用 未按收费通知要求缴纳费用 逾期未缴费 逾期不缴费 未缴费 "
        "没缴费 不缴费 未缴纳费用 收费通知没交钱 收费通知没交费 收费通知没缴费 收费通知不交钱 收费通知未缴费 没交钱 没交费 未交费 不交钱 不交费 没有交费 没有缴费",
    ),
    _request(
        "other.misc",
        "其他处理中的“其他”",
        "其他处理中的其他 其他处理的其他 其他处理里的其他 "
        "其他处理中的“其他” 其他处理的“其他” 其他处理里的“其他”",
    ),
    _request(
        "total",
        "办理结果总计",
        "办理结果总计 办理结果合计 办理结果总数 办理结果总量 （七）总计 (七)总计 办理总数 办理总量 办结总数 答复总数",
    ),
)
# Words that mean a row only where no name of a row stands beside them: first what is done with
# requests, then the requests themselves.
REQUEST_VERBS: tuple[Line, ...] = (
    _request(
        "new",
        "新收政府信息公开申请",
        "收到 接收 受理 接到 收了 来要信息 要信息 来要 来了多少件 来了几件 提交 提出 申请了 递交",
    ),
    _request("total", "办理结果总计", "办结 办理完 办完 办理 答复 处理 回复 办了 办件"),
)
REQUEST_NOUNS: tuple[Line, ...] = (
    _request(
        "new",
        "新收政府信息公开申请",
        "政府信息公开申请 信息公开申请 依申请公开 依申请 公开申请 申请公开 申请量 申请总量 "
        "申请总数 申请数量 申请件数 申请数 申请 依公开申请",
    ),
)

REQUEST_COLUMNS: tuple[Line, ...] = (
    _request("natural_person", "自然人", "自然人 公民个人 公民 个人 老百姓 百姓 市民 群众"),
    _request("enterprise", "商业企业", "商业企业 企业 公司"),
    _request("research", "科研机构", "科研机构 科研院所 研究机构 科研单位"),
    _request("nonprofit", "社会公益组织", "社会公益组织 社会公益机构 公益组织 公益机构 社会组织"),
    _request("legal_service", "法律服务机构", "法律服务机构 律师事务所 律所 律师"),
    _request(
        "other",
        "其他法人或组织",
        '“其他”类申请人 “其他”类 "其他"类申请人 "其他"类 其他类申请人 其他申请人 其他法人 其他组织',
    ),
    _request(LEGAL_APPLICANTS, "法人或其他组织", "法人或其他组织 法人和其他组织 法人组织 法人"),
)
# A word that may mean either of two rows; few enough to answer for both.
EITHER: Mapping[str, tuple[str, ...]] = {
    "结转": ("carried_in", "carried_over"),
    "转结": ("carried_in", "carried_over"),
}
# Words that ask for all six kinds of applicants at once.
APPLICANT_KINDS: tuple[str, ...] = (
    *(
        "申请人情况",
        "申请人类型",
        "申请人类别",
        "申请人构成",
        "申请人结构",
        "申请人分布",
        "各类申请人",
        "各种申请人",
        "每类申请人",
        "哪类申请人",
        "哪些申请人",
    ),
    *(
        "申请人是谁",
        "申请人",
        "哪类人",
        "什么人",
        "哪些人",
        *("谁申请的", "谁提的", "谁提出", "谁提得", "谁提交", "哪种人", "哪种申请人"),
        *("六类申请人", "几类申请人", "哪一类人", "哪类主体", "哪一类申请人"),
        *("哪类申请", "哪一类申请", "哪种申请"),
        *("申请人以哪类", "申请人以哪一类", "申请人主要是哪类", "申请人主要是哪一类"),
        "申请主体",
        "申请者",
    ),
)
# Words that ask for every way in which requests were decided.
DECISION_KINDS: tuple[str, ...] = (
    "办理结果",
    "处理结果",
    "答复结果",
    "各类结果",
    "各种结果",
    "每类结果",
    "每种结果",
    "申请结果",
    "申请的结果",
    *("怎么办的", "怎么处理的", "怎么答复的"),
)
# Words that ask for the items of a group, as in 不予公开的理由.
REASONS: tuple[str, ...] = (
    *(
        "理由",
        "原因",
        "哪种情形",
        "哪几种情形",
        "哪些情形",
        "什么情形",
        *("情形有哪些", "情形是哪些", "情形分别"),
        "各项",
        "具体情形",
        "分别因为",
        "因为什么",
    ),
    *(
        "为什么",
        "哪一类",
        "哪几类",
        "哪一项",
        "哪项",
        "哪种",
        "哪个原因",
        "各类情形",
        "明细",
        "构成",
        "分布",
    ),
)


DISPUTE_ROWS: tuple[Line, ...] = (
    _dispute("reconsideration", "行政复议", "行政复议案件 行政复议 复议案件 复议 被复议"),
    _dispute(
        LITIGATION,
        "行政诉讼",
        "行政诉讼案件 行政诉讼 诉讼案件 诉讼 打官司 官司 被起诉 被诉 被人告 被告了 起诉 被告上法庭 被告 上法庭 "
        "上法院 告到法院 法院",
    ),
    _dispute(
        "litigation_direct",
        "未经复议直接起诉",
        "未经复议直接起诉 未经复议直接提起诉讼 未经复议 直接起诉 直接诉讼 没有复议直接起诉 "
        "没经复议直接告上法院 没经复议 没经过复议 未经过复议 直接告上法院 直接告上法庭 直接告 直接打官司",
    ),
    _dispute(
        "litigation_after_reconsideration",
        "复议后起诉",
        "复议后起诉 复议后提起诉讼 复议后诉讼 复议后再起诉 复议后的诉讼 经复议后起诉 先复议后起诉 "
        "先复议再打官司 先复议再起诉 复议后打官司 复议后再打官司 复议后又打官司 复议后又起诉 复议之后起诉 "
        "复议完再告 行政复议后起诉 行政复议后提起诉讼 行政复议后诉讼 行政复议后再起诉 经复议再起诉",
    ),
)
DISPUTE_COLUMNS: tuple[Line, ...] = (
    _dispute("upheld", "结果维持", "结果维持 被维持 维持 赢了 打赢了 赢下 赢过"),
    _dispute(
        "corrected",
        "结果纠正",
        "结果纠正 被纠正 纠正 纠错 被撤销 撤销 被改变 被改 改判 被推翻 判输 输了 输掉 输过 败过",
    ),
    _dispute("other", "其他结果", "其他结果 其它结果 结果其他 结果为其他 其他的结果"),
    _dispute(
        "pending",
        "尚未审结",
        "尚未审结 未审结 没审结 没有审结 没审完 没判完 没判 未判 没结案 未结案 审理中 在审 还在审",
    ),
    _dispute("total", "总计", "总计"),
)
# A word that names a row and a column at once: table, rows, columns.
JOINT: Mapping[str, tuple[TableName, tuple[str, ...], tuple[str, ...]]] = {
    "败诉": ("disputes", LITIGATION, ("corrected",)),
    "输了官司": ("disputes", LITIGATION, ("corrected",)),
    "官司输": ("disputes", LITIGATION, ("corrected",)),
    "胜诉": ("disputes", LITIGATION, ("upheld",)),
    "打赢": ("disputes", LITIGATION, ("upheld",)),
    "复议和诉讼": ("disputes", ("reconsideration", *LITIGATION), ("total",)),
    "复议诉讼": ("disputes", ("reconsideration", *LITIGATION), ("total",)),
    "复议、诉讼": ("disputes", ("reconsideration", *LITIGATION), ("total",)),
    "复议和行政诉讼": ("disputes", ("reconsideration", *LITIGATION), ("total",)),
    "采购项目": ("proactive", ("procurement",), ("projects",)),
    "政府采购项目": ("proactive", ("procurement",), ("projects",)),
    "集中采购项目": ("proactive", ("procurement",), ("projects",)),
    "政府集中采购项目": ("proactive", ("procurement",), ("projects",)),
    "采购总金额": ("proactive", ("procurement",), ("amount",)),
    "采购金额": ("proactive", ("procurement",), ("amount",)),
}


PROACTIVE_ROWS: tuple[Line, ...] = (
    _proactive("rules", "规章", "行政规章 规章"),
    _proactive(
        "normative_documents",
        "行政规范性文件",
        "行政规范性文件 规范性文件 规范文件 行政性规范文件 红头文件 规划性文件",
    ),
    _proactive("licensing", "行政许可", "行政许可 许可"),
    _proactive("penalties", "行政处罚", "行政处罚 处罚 罚了 罚过 罚得 罚的 罚单"),
    _proactive("coercion", "行政强制", "行政强制 强制措施 强制"),
    _proactive(
        "fees",
        "行政事业性收费",
        "行政事业性收费 事业性收费 行政收费 收费金额 收费总额 收费 收了多少钱 收了多少费",
    ),
    _proactive(
        "other_services",
        "其他对外管理服务事项",
        "其他对外管理服务事项 对外管理服务事项 对外管理服务",
    ),
    _proactive("procurement", "政府集中采购", "政府集中采购 集中采购 政府采购 采购"),
)
PROACTIVE_COLUMNS: tuple[Line, ...] = (
    _proactive("issued", "本年制发", "本年制发件数 制发件数 制发 制定 出台 印发 新发"),
    _proactive("repealed", "本年废止", "本年废止件数 废止件数 废止 失效 废除 废掉 作废"),
    _proactive("in_force", "现行有效", "现行有效件数 现行有效 有效的 仍有效 还有效 有效"),
    _proactive("created", "本年新制作", "本年新制作数量 新制作数量 新制作"),
    _proactive("published", "本年新公开", "本年新公开数量 新公开数量 新公开"),
    _proactive("total_public", "对外公开总数量", "对外公开总数量 对外公开总数 公开总数量 对外公开"),
    _proactive("items_last_year", "上一年项目数量", "上一年项目数量 上一年度项目数量 上一年项目"),
    _proactive("change", "本年增/减", "本年增/减 本年增减 增/减 增减"),
    _proactive("decisions", "处理决定", "本年处理决定数量 处理决定数量 处理决定 决定数量 决定"),
)
# The columns of a row when the question names none, both editions; a report has one set of them.
USUAL_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "rules": ("issued", "repealed", "in_force", "created", "published", "total_public"),
    "normative_documents": (
        "issued",
        "repealed",
        "in_force",
        "created",
        "published",
        "total_public",
    ),
    "licensing": ("decisions",),
    "penalties": ("decisions",),
    "coercion": ("decisions",),
    "other_services": ("decisions",),
    "fees": ("amount",),
    "procurement": ("projects", "amount"),
}
USUAL_ROWS: Mapping[str, tuple[str, ...]] = {
    "issued": ("rules", "normative_documents"),
    "repealed": ("rules", "normative_documents"),
    "in_force": ("rules", "normative_documents"),
    "created": ("rules", "normative_documents"),
    "published": ("rules", "normative_documents"),
    "total_public": ("rules", "normative_documents"),
    "decisions": ("licensing", "penalties", "coercion"),
    "upheld": ("reconsideration", *LITIGATION),
    "corrected": ("reconsideration", *LITIGATION),
    "pending": ("reconsideration", *LITIGATION),
    "other": ("reconsideration", *LITIGATION),
}
ROWS: tuple[Line, ...] = (*REQUEST_ROWS, *DISPUTE_ROWS, *PROACTIVE_ROWS)
COLUMNS: tuple[Line, ...] = (*REQUEST_COLUMNS, *DISPUTE_COLUMNS, *PROACTIVE_COLUMNS)
TABLES: Mapping[str, TableName] = {"表二": "proactive", "表三": "requests", "表四": "disputes"}


def cells(table: TableName, rows: tuple[str, ...], columns: tuple[str, ...]) -> tuple[Concept, ...]:
    """Every cell of these rows in these columns."""
    return tuple(Concept(table, row, column) for row in rows for column in columns)
