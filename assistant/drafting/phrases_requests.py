"""The sentences on applications and cases, as data: situation → wordings.

The invariant is that of `phrases`. Rows of 表三 that share a group are named so that no part of
a group reads as the whole of it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from assistant.drafting.phrases import Phrases

REQUESTS: Phrases = MappingProxyType(
    {
        "unknown": (
            "全年收到和办理政府信息公开申请的情况为【请补充：新收、上年结转、办结和结转下年度的件数】。",
            "依申请公开办理情况：【请补充：本年新收、上年结转、办理结果和结转下年度的件数】。",
        ),
        "none": (
            "全年未收到政府信息公开申请，也没有上年结转的申请。",
            "{year}年，{we}没有收到公民、法人或者其他组织提出的政府信息公开申请，上年亦无结转。",
            "本年度未收到政府信息公开申请，无上年结转事项。",
            "{year}年度，没有申请人向{we}提出政府信息公开申请，没有需要续办的上年申请。",
        ),
        "none_again": (
            "上年没有收到政府信息公开申请，本年度仍未收到，也没有上年结转的申请。",
            "{year}年，{we}未收到政府信息公开申请，与上年情况相同，没有上年结转事项。",
            "连续两年未收到政府信息公开申请，没有上年结转的申请。",
        ),
        "none_ended": (
            "上年收到政府信息公开申请{last}件，本年度未再收到，没有上年结转的申请。",
            "{year}年未收到政府信息公开申请，没有上年结转事项；上年收到政府信息公开申请{last}件。",
        ),
        "only_carried_in": (
            "本年度未收到新的政府信息公开申请，办理的是上年结转申请{carried_in}件。",
            "全年没有新的政府信息公开申请，上年结转申请{carried_in}件继续办理。",
        ),
        "one": (
            "全年收到政府信息公开申请{new}件，由{applicant}提出。",
            "{year}年，{we}收到政府信息公开申请{new}件，申请人系{applicant}。",
            "本年度仅收到政府信息公开申请{new}件，申请人为{applicant}。",
            "{we}全年新收政府信息公开申请{new}件，提出申请的是{applicant}。",
        ),
        "uniform": (
            "全年新收政府信息公开申请{new}件，均由{applicant}提出。",
            "{year}年，{we}共收到政府信息公开申请{new}件，申请人均为{applicant}。",
            "本年度新收政府信息公开申请{new}件，申请人全部是{applicant}。",
        ),
        "mixed": (
            "全年新收政府信息公开申请{new}件，其中{applicants}。",
            "{year}年，{we}共收到政府信息公开申请{new}件，按申请人分，{applicants}。",
            "本年度新收政府信息公开申请{new}件，申请人情况为：{applicants}。",
            "{we}全年共收到政府信息公开申请{new}件，包括{applicants}。",
        ),
        "bare": (
            "全年新收政府信息公开申请{new}件。",
            "{year}年，{we}共收到政府信息公开申请{new}件。",
            "本年度新收政府信息公开申请{new}件。",
        ),
        "up": (
            "上年收到政府信息公开申请{last}件，本年有所增加。",
            "上年收到政府信息公开申请{last}件，申请数量上升。",
            "上年收到政府信息公开申请{last}件，公众申请较上年增多。",
        ),
        "down": (
            "上年收到政府信息公开申请{last}件，本年有所减少。",
            "上年收到政府信息公开申请{last}件，申请数量下降。",
            "上年收到政府信息公开申请{last}件，本年度申请量回落。",
        ),
        "same": (
            "上年收到政府信息公开申请{last}件，两年持平。",
            "上年收到政府信息公开申请{last}件，申请数量没有变化。",
        ),
        "first": (
            "与上年相比，公众申请由无到有。",
            "上年没有收到政府信息公开申请，本年度由无到有。",
            "同上年相比，申请实现了由无到有。",
        ),
        "carried_in": (
            "另有上年结转申请{carried_in}件一并办理。",
            "上年结转申请{carried_in}件纳入本年度办理。",
            "连同上年结转申请{carried_in}件一并处理。",
        ),
        "finished_one": (
            "办结申请{total}件，{outcome}。",
            "本年度办结申请{total}件，{outcome}。",
            "全年办结申请{total}件，该件{outcome}。",
        ),
        "finished_alike": (
            "办结申请{total}件，均{outcome}。",
            "全年办结的申请有{total}件，均{outcome}。",
            "本年度办结申请{total}件，全部{outcome}。",
        ),
        "finished": (
            "全年办结申请{total}件，其中{outcomes}。",
            "本年度办结申请{total}件，按结果分，{outcomes}。",
            "办结申请{total}件，办理结果为：{outcomes}。",
        ),
        "finished_bare": (
            "全年办结申请{total}件。",
            "本年度办结申请{total}件。",
        ),
        "finished_none": (
            "本年度没有办结的申请。",
            "年内没有办结申请。",
        ),
        "reasons_rest": (
            "未列出的情形见第三部分表格。",
            "其余情形的件数见第三部分表格。",
        ),
        "carried_over": (
            "结转下年度继续办理{carried_over}件。",
            "年末结转下年度继续办理{carried_over}件。",
        ),
        "carried_over_none": (
            "没有结转下年度继续办理的申请。",
            "年末没有结转下年度的申请。",
        ),
    }
)

GROUP_HEADS: Mapping[str, str] = MappingProxyType(
    {
        "denied": "不予公开的申请中，",
        "unavailable": "无法提供的申请中，",
        "declined": "不予处理的申请中，",
        "other": "其他处理的申请中，",
    }
)
"""The group of a row of 表三 → how a sentence on several rows of the group begins."""

REASONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "granted": ("予以公开", ""),
        "partly_granted": ("部分公开", ""),
        "denied.state_secret": ("因属于国家秘密不予公开", "属于国家秘密的"),
        "denied.law": (
            "因法律、行政法规禁止公开而不予公开",
            "法律、行政法规禁止公开的",
        ),
        "denied.safety": (
            "因公开后可能危及国家安全、公共安全、经济安全、社会稳定不予公开",
            "可能危及“三安全一稳定”的",
        ),
        "denied.third_party": ("因保护第三方合法权益不予公开", "保护第三方合法权益的"),
        "denied.internal": ("因属于内部事务信息不予公开", "属于内部事务信息的"),
        "denied.process": ("因属于过程性信息不予公开", "属于过程性信息的"),
        "denied.enforcement_file": ("因属于行政执法案卷信息不予公开", "属于行政执法案卷信息的"),
        "denied.inquiry": ("因属于行政查询事项不予公开", "属于行政查询事项的"),
        "unavailable.not_held": ("因本机关不掌握而无法提供", "本机关不掌握的"),
        "unavailable.to_be_created": (
            "因没有现成信息、需要另行制作而无法提供",
            "没有现成信息、需要另行制作的",
        ),
        "unavailable.unclear": ("因补正后内容仍不明确而无法提供", "补正后内容仍不明确的"),
        "declined.complaint": ("因属于信访举报投诉类申请不予处理", "属于信访、举报、投诉类的"),
        "declined.repeat": ("因重复申请不予处理", "属于重复申请的"),
        "declined.publication": ("因要求提供公开出版物不予处理", "要求提供公开出版物的"),
        "declined.excessive": (
            "因无正当理由大量反复申请不予处理",
            "无正当理由大量反复申请的",
        ),
        "declined.reissue": (
            "因要求确认或者重新出具已获取信息不予处理",
            "要求确认或者重新出具已获取信息的",
        ),
        "other.not_corrected": ("因申请人逾期不补正而不再处理", "申请人逾期不补正的"),
        "other.fee_unpaid": ("因申请人逾期未缴费而不再处理", "申请人逾期未缴费的"),
        "other.misc": ("作其他处理", "以其他方式办结的"),
    }
)
"""Row of 表三 → what is said of it alone, and what is said of it among others of its group."""

DISPUTES: Phrases = MappingProxyType(
    {
        "none": (
            "全年没有发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。",
            "{we}未因政府信息公开工作被申请行政复议或者提起行政诉讼。",
            "本年度未发生涉及政府信息公开的行政复议和行政诉讼。",
        ),
        "unknown": (
            "复议诉讼情况：【请补充：因政府信息公开被申请行政复议、提起行政诉讼的件数和结果】。",
            "因政府信息公开引起的行政复议和行政诉讼为【请补充：件数和结果】。",
        ),
        "reconsideration": (
            "因政府信息公开被申请行政复议{total}件，{results}。",
            "政府信息公开类行政复议{total}件，{results}。",
            "申请人不服政府信息公开答复申请行政复议{total}件，{results}。",
        ),
        "reconsideration_none": (
            "没有被申请行政复议。",
            "本年度未发生涉及政府信息公开的行政复议。",
        ),
        "litigation_direct": (
            "因政府信息公开被提起行政诉讼{total}件，{results}，均为当事人直接起诉。",
            "政府信息公开类行政诉讼{total}件，{results}，由当事人直接起诉。",
        ),
        "litigation_after_reconsideration": (
            "因政府信息公开被提起行政诉讼{total}件，{results}，均在复议后起诉。",
            "政府信息公开类行政诉讼{total}件，{results}，起诉前均经过复议。",
        ),
        "litigation_both": (
            "行政诉讼方面，当事人直接起诉的{direct}件，先经前置程序再起诉的{after}件。",
            "涉诉案件中，当事人直接起诉的{direct}件，先经前置程序再起诉的{after}件。",
        ),
        "litigation_none": (
            "没有被提起行政诉讼。",
            "本年度未发生涉及政府信息公开的行政诉讼。",
        ),
    }
)

RESULTS: Mapping[str, str] = MappingProxyType(
    {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结"}
)
"""Column of 表四 → what is said of it."""
