"""What a number of the text counts: words around it → one name, as data.

A closed list of names for what reports count again and again, so that the same count has the same
name in every report; each name with the words that mean it. What is on no list keeps the words that
the report prints. The invariant: a name says no more than the words do; a count of published items
about 行政许可 is not named 行政许可, which is the number of decisions.

Patterns run on a context `left#unit right`: the clause's words before the number, the number as a
bare #, its unit, and the words after it.
"""

import re
from typing import NamedTuple


class Name(NamedTuple):
    """A name and the pattern of contexts that it stands for; {} is the pattern's one group."""

    name: str
    pattern: re.Pattern[str]


def _name(name: str, pattern: str) -> Name:
    return Name(name, re.compile(pattern))


_ITEMS = "(?:条次|条|件次|件|篇次|篇|则|期|项|次|个|份|宗|起|份次|批次|部|张|幅)"
_PIECES = "(?:条次|条|件次|件|篇次|篇|则|期|次|份|份次|批次|张|幅)"
_PUBLISHING = "(?:发布|推送|公开|信息|推文|文章|更新|转发|消息|内容|作品)"
_CASES = "(?:件次|件|宗|起|例|次|条|项|份|个|人次|批次)?"
_PEOPLE = "(?:人次|人|名|位)"
_TIMES = "(?:场次|场|次|期|个|班次|批次|轮|堂|回)"
_SHOWN = "(?:公开|公示|公布|发布|信息|栏目|类|结果|清单|目录|指南|撤销|变更|免予|事项#项)"
_AMOUNTING = (
    "(?:共有|共计|共|合计|累计|总计|总数|总量|数量|数|达到|达|约|近|超过|超|计|为|有|了|的|:)*"
)
_NO_OUTCOME = "(?:(?!结果|维持|纠正|审结)[^#,;、])"
# 收到申请较多的领域为征地5件
_NO_TOPIC = "(?:(?!领域|较多|最多|集中|居前)[^#,;])"
# 行政强制事项3件 are what an office may do, 办理行政许可事项3件 what it did.
_MERE_ITEMS = "(?!(?!.*(?:办|作出|处理|受理|实施|审批|完成)).*事项#)"
_REQUEST = "(?:依申请|申请公开|公开申请|信息公开申请|申请)"


def _of_channel(name: str, channel: str) -> tuple[Name, Name]:
    """What was published in a channel: pieces, or anything else that was published there.

    Two accounts (公众号2个) are no pieces of information.
    """
    return (
        _name(name, rf"{channel}[^#;]*#{_PIECES}"),
        _name(name, rf"{channel}[^#;]*{_PUBLISHING}[^#;]*#{_ITEMS}"),
    )


# The first name whose pattern is found is taken: what is special stands before what is general.
NAMES: tuple[Name, ...] = (
    # rates
    _name("办结率", r"(?:办结率|按时办结率|(?<!网上)(?<!线上)办理率|办毕率)[^#%]{0,8}#%"),
    _name("满意度", r"(?:满意度|满意率)[^#%]{0,10}#%"),
    _name("答复率", r"(?:答复率|办复率|回复率|按期答复率)[^#%]{0,8}#%"),
    _name("解读率", r"解读率[^#%]{0,8}#%"),
    # followers and visits
    _name("独立用户访问量", r"独立(?:用户访问|访问用户|访客|访问者)[^#,;]{0,8}#"),
    _name("关注用户", rf"(?:关注|粉丝|订阅|用户)[^#。;]{{0,12}}#(?:{_PEOPLE}|个|户|$|[,、)])"),
    _name("关注用户", rf"#{_PEOPLE}?(?:关注|粉丝|订阅|用户)"),
    _name("访问量", r"(?:访问|浏览|点击|阅读)(?:总)?(?:量|数|人数|次数)?[^#,;]{0,8}#"),
    # requests
    _name("结转下年度", r"结转(?:至|到|为|入)?(?:下|次|□+(?:年)?(?:度)?(?:继续)?办理)[^#]*#"),
    _name("结转下年度", rf"#{_CASES}[^#,;、]{{0,4}}结转(?:至|到|入)?(?:下|次|□)"),
    _name("结转下年度", r"(?<!结)转(?:入|至|到)?下(?:一?年|□+)度?(?:继续)?办理[^#,;]{0,4}#"),
    _name("结转下年度", rf"(?:下年度?|下一年度?|次年)(?:继续)?办理[^#]*#{_CASES}"),
    _name("结转下年度", rf"#{_CASES}(?:转结|转入|延至|顺延)(?:至|到)?(?:下|次|□)"),
    _name("结转下年度", rf"#{_CASES}[^#,;]{{0,16}}(?:顺延|结转|延至)(?:到|至)?(?:下|次)"),
    _name("上年结转", r"(?:上年|上一年|去年|上年度|上一年度|往年|□+年?度?)(?:度)?结转[^#]*#"),
    _name("上年结转", r"结转(?:的)?(?:自)?(?:上年|上一年|去年|往年)[^#]*#"),
    _name("上年结转", rf"#{_CASES}(?:为|系|是)?(?:上年|上一年|去年|上年度)(?:度)?结转"),
    _name("予以公开及部分公开", r"予以公开(?:和|及|或|、|与)部分公开[^#]*#"),
    _name("不予公开", r"(?:不予公开|不予以公开|不公开)[^#、]{0,8}#"),
    _name("部分公开", r"(?<![或及和])部分公开[^#、]{0,8}#"),
    _name("予以公开", r"(?:予以公开|准予公开|同意公开|全部公开)[^#、]{0,8}#"),
    _name("无法提供", r"无法提供[^#、]{0,8}#"),
    _name("本机关不掌握", rf"不掌握[^#、,]{{0,8}}#{_CASES}"),
    _name("本机关不掌握", rf"#{_CASES}[^#,;]{{0,6}}不掌握"),
    _name("不予处理", r"不予处理[^#、]{0,8}#"),
    _name("其他处理", r"(?:其他|其它)(?:方式)?处理[^#、]{0,8}#"),
    _name("不予公开", rf"#{_CASES}(?:为)?不予(?:以)?公开"),
    _name("部分公开", rf"#{_CASES}(?:为)?部分公开"),
    _name("予以公开", rf"#{_CASES}(?:为|已)?(?:予以公开|准予公开|同意公开)"),
    _name("无法提供", rf"#{_CASES}(?:为)?(?:[^#,;]{{0,10}})无法提供"),
    _name("不予处理", rf"#{_CASES}(?:为)?不予处理"),
    _name("其他处理", rf"#{_CASES}(?:为)?其他处理"),
    # disputes
    _name("行政诉讼其他结果", r"复议后(?:起诉|提起)[^#,;、]{0,6}其他结果[^#,;、]{0,3}#"),
    _name("行政诉讼（复议后起诉）", rf"复议后(?:起诉|提起|诉讼){_NO_OUTCOME}{{0,10}}#"),
    _name("行政诉讼（直接起诉）", rf"(?:未经复议|直接(?:起诉|提起)){_NO_OUTCOME}{{0,10}}#"),
    _name("行政复议和行政诉讼", r"(?:行政)?复议[^#,;]{0,14}诉讼[^#,;]{0,8}#"),
    _name("行政诉讼", rf"诉讼(?!请求){_NO_OUTCOME}{{0,10}}#{_CASES}"),
    _name("行政复议", rf"复议(?!机关){_NO_OUTCOME}{{0,10}}#{_CASES}"),
    _name("行政诉讼", rf"#{_CASES}[^#,;]{{0,14}}(?:行政诉讼|被诉)"),
    _name("行政复议", rf"#{_CASES}[^#,;]{{0,14}}行政复议"),
    # what the requests table counts
    _name(
        "{}申请",
        "(信函|邮寄|网络|网上|互联网|当面|现场|传真|邮件)(?:方式)?(?:提交|提出)?的?申请件?"
        "[^#,;、]{0,4}#(?![人名位])",
    ),
    _name("重复申请", r"重复(?:提出)?(?:的)?申请[^#,;、]{0,4}#"),
    _name("信访举报投诉类申请", r"(?:信访|举报|投诉)[^#,;]{0,6}类(?:的)?申请[^#,;、]{0,4}#"),
    _name(
        "收到申请",
        rf"(?:收到|受理|新收|接到|接收|新增|收取)[^#;]*{_REQUEST}{_NO_TOPIC}{{0,14}}#(?![人名位]){_CASES}",
    ),
    _name(
        "收到申请",
        rf"(?:收到|受理|新收|接到|接收)[^#,;]*#(?:(?![个项]){_CASES}[^#,;]{{0,16}}|[个项](?:政府)?(?:信息)?){_REQUEST}",
    ),
    _name("收到申请", rf"{_REQUEST}[^#,;]*(?:收到|受理|新收|接到)[^#,;]*#(?![人名位]){_CASES}"),
    _name(
        "答复申请",
        rf"(?:答复|办结|办理|回复|处理)[^#;]*{_REQUEST}[^#,;]{{0,14}}#(?![人名位]){_CASES}",
    ),
    _name("答复申请", rf"{_REQUEST}[^#,;]*(?:答复|办结|办理|回复)[^#,;]*#(?![人名位]){_CASES}"),
    _name(
        "答复申请", rf"(?:答复|办结|办理|回复)[^#,;]*#(?![人名位]){_CASES}[^#,;]{{0,12}}{_REQUEST}"
    ),
    _name("信息处理费", r"(?:信息处理费|处理费)[^#]*#(?:万元|元)"),
    _name(
        "收到申请",
        rf"(?:^|[,;、共□度年局委办市县区省州镇乡])(?:政府)?(?:信息)?{_REQUEST}(?:件数|总数|总量|数量|数|量)?[^#,;]{{0,4}}#",
    ),
    # proposals
    _name(
        "建议提案信息", r"(?:建议提案|建议[和、与及]提案)(?:办理)?(?:结果)?(?:类)?信息[^#]{0,3}#"
    ),
    _name(
        "建议提案",
        r"(?:建议|议案)[^#;,]{0,14}提案(?!(?:办理)?(?:答复|信息|结果|公开|类|情况))[^#;]{0,10}#",
    ),
    _name(
        "建议提案",
        r"(?:议提案|提案议案|提案建议)(?!(?:办理)?(?:答复|信息|结果|公开|类|情况))[^#;]{0,6}#",
    ),
    _name("建议提案", rf"#{_CASES}(?:人大)?(?:代表)?建议[^#,;]{{0,12}}提案"),
    _name(
        "政协提案",
        r"(?<!公开)(?:政协(?:委员)?(?:会议)?|委员)?提案(?!(?:办理)?(?:答复|信息|结果|公开|类|情况))[^#;、,]{0,6}#",
    ),
    _name(
        "人大建议",
        r"(?:人大(?:代表)?(?:会议)?|代表)(?:的)?(?:建议|议案)(?!(?:办理)?(?:答复|信息|结果|公开|类|情况))[^#;、,]{0,8}#",
    ),
    _name("政协提案", rf"#{_CASES}[^#,;]{{0,4}}政协(?:委员)?提案"),
    _name("人大建议", rf"#{_CASES}[^#,;]{{0,4}}人大(?:代表)?建议"),
    # normative documents
    _name("规范性文件现行有效", r"规范性文件[^#;]*现行有效[^#]{0,8}#"),
    _name("规范性文件现行有效", r"现行有效[^#;]{0,8}规范性文件[^#]{0,6}#"),
    _name("规范性文件废止", r"(?:废止|失效)[^#;,]{0,8}规范性文件[^#,]{0,6}#"),
    _name("规范性文件废止", r"规范性文件[^#;]*(?:废止|失效)[^#,]{0,6}#"),
    _name("规范性文件制发", r"(?:制发|制定|出台|印发|新制)[^#;]{0,8}规范性文件[^#,、]{0,6}#"),
    _name("规范性文件制发", r"规范性文件(?:的)?(?:制发|制定|出台|印发)[^#,、]{0,6}#"),
    _name(
        "规范性文件制发", r"(?:制发|制定|出台|印发)(?:了)?#(?:件|个|份|部|项)?(?:行政)?规范性文件"
    ),
    # decisions
    _name(
        "行政许可",
        rf"^(?!.*{_SHOWN}){_MERE_ITEMS}.*行政许可(?:处理)?(?:决定|办件)?(?:数量)?[^#;,、]{{0,4}}#",
    ),
    _name(
        "行政处罚",
        rf"^(?!.*{_SHOWN}){_MERE_ITEMS}.*行政处罚(?:处理)?(?:决定|案件)?(?:数量)?[^#;,、]{{0,4}}#",
    ),
    _name(
        "行政强制",
        rf"^(?!.*{_SHOWN}){_MERE_ITEMS}.*行政强制(?:措施)?(?:处理)?(?:决定)?(?:数量)?[^#;,、]{{0,4}}#",
    ),
    # meetings and people
    _name("新闻发布会", rf"新闻发布(?:会|活动)[^#;]{{0,8}}#{_TIMES}"),
    _name("新闻发布会", rf"#{_TIMES}[^#,;]{{0,8}}新闻发布(?:会|活动)"),
    _name("培训人数", rf"(?:参训|受训|参培)[^#;,]{{0,6}}#{_PEOPLE}"),
    _name("培训人数", rf"培训[^#;]{{0,10}}#{_PEOPLE}"),
    _name("培训次数", rf"(?:培训|业务学习)[^#;,、]{{0,10}}#{_TIMES}"),
    _name("培训次数", rf"#{_TIMES}[^#,;]{{0,14}}培训"),
    _name("政府开放日", rf"开放(?:日|月|周)[^#;,]{{0,8}}#{_TIMES}"),
    _name("政府开放日", rf"#{_TIMES}[^#,;]{{0,6}}政府开放(?:日|月|周)"),
    _name("参加企业", r"#家[^#,;]{0,6}企业[^#;。]{0,20}(?:参加|参与|走进|参会|到场|出席)"),
    _name("参加企业", r"(?:邀请|共计)[^#;,]{0,6}#家[^#,;]{0,6}企业"),
    _name("参加人数", rf"#{_PEOPLE}[^#,;]{{0,12}}(?:参加|参与|走进)"),
    _name(
        "工作人员", rf"#{_PEOPLE}[^#,;]{{0,8}}(?:工作人员|专职|兼职|配合人员|联络员|信息员|专人)"
    ),
    _name("工作人员", rf"(?:工作人员|联络员|信息员|专职人员|兼职人员)[^#,;]{{0,4}}#{_PEOPLE}"),
    _name("在线访谈", rf"(?:在线访谈|访谈)[^#,;]{{0,6}}#{_TIMES}"),
    _name("意见征集", rf"(?:意见征集|征集调查|调查征集|征求意见)[^#,;、]{{0,6}}#{_ITEMS}"),
    _name("网民留言", rf"留言[^#,;、]{{0,6}}#{_ITEMS}"),
    _name("政府公报", r"公报[^#,;、]{0,4}#期"),
    _name("政府公报", r"公报#期"),
    _name(
        "回应热点",
        rf"(?:(?<![及与和])回应|解答)[^#;,]{{0,16}}(?:热点|关切|舆情|问题|诉求)?[^#;,]{{0,6}}#{_ITEMS}",
    ),
    _name(
        "新媒体账号",
        r"(?:新媒体|公众号|账号|微博|视频号|抖音号?|头条号|微信)(?:账号)?(?:共|共有|有)?#(?:个|家)",
    ),
    _name("新媒体账号", r"#(?:个|家)[^#,;]{0,4}(?:政务)?(?:新媒体|账号|公众号)"),
    _name(
        "{}解读",
        "(图文|图片|视频|动漫|动画|漫画|音频|专家|负责人|媒体)(?:形式)?解读"
        rf"[^#,;、]{{0,4}}#(?:{_ITEMS}|次)",
    ),
    _name("政策解读", rf"解读(?:信息|材料|稿|文件|产品|类信息)?(?:共|共计|达|总数)?#{_ITEMS}"),
    _name("政策解读", rf"#{_ITEMS}(?:政策)?解读"),
    # channels
    *_of_channel("微信公众号信息", "(?:(?<!微博)公众号|微信|公众平台)"),
    *_of_channel("微博信息", "微博"),
    *_of_channel("抖音信息", "(?:抖音|短视频|视频号)"),
    *_of_channel("新媒体信息", "新媒体"),
    _name(
        "公开栏信息",
        rf"^(?!.*(?:网站|主动公开)).*(?:公开栏(?!目)|公示栏|公告栏|宣传栏)[^#;]*#{_ITEMS}",
    ),
    _name(
        "主动公开信息",
        r"(?<!其他)(?<!其它)主动公开(?:政府|政务|各类|各项|的|了|工作|全文|类|本部门|有关|相关)*"
        rf"(?:信息工作|信息|文件信息|内容|文件|事项)?{_AMOUNTING}#{_ITEMS}",
    ),
    _name(
        "主动公开信息",
        rf"(?<!其他)(?<!其它)主动公开[^#;]*(?:等|各类|各项|类)[^#;、]{{0,10}}(?:信息|内容){_AMOUNTING}#{_ITEMS}",
    ),
    _name("主动公开信息", rf"主动公开{_AMOUNTING}#{_ITEMS}(?:政府|政务|各类)*信息"),
    _name(
        "网站信息",
        rf"(?:网站|门户网|官网|网页|公开平台|公开网)[^#;]*"
        rf"(?:公开|发布|更新|上传|信息|内容|稿件|动态|消息){_AMOUNTING}#{_ITEMS}",
    ),
    _name(
        "网站信息",
        rf"(?:网站|门户网|官网)[^#;]*(?:公开|发布|更新)(?:了)?#{_ITEMS}[^#,;]{{0,8}}信息",
    ),
    _name(
        "网站信息",
        rf"(?:^|[(、,;:])[省市县区镇乡]?(?:政府|门户|局|官方)*(?:网站|官网|门户网)#{_PIECES}",
    ),
)

PUBLISHED_TOTAL = "主动公开信息"
"""What the year's total of published items is called."""
# Counts of published items that may be the year's total, when no sentence says 主动公开 itself.
PUBLISHED = re.compile(
    rf"(?:共|累计|全年|各类|总计|合计|计)[^#;、]*(?:信息)?[^#;、]{{0,6}}#{_ITEMS}"
)

# Outcomes that belong to whichever of reconsideration and litigation was named last.
OUTCOME = "(?:结果)?(维持|纠正|其他结果|其它结果|尚未审结|未审结|审理中|正在审理|审结)"
"""A regular expression for how a reconsideration or a lawsuit ended."""


_CHANNEL = "(?:网站|门户网|官网|微信公众号|公众号|微信|微博|抖音|视频号|头条|快手|客户端|公开栏|公示栏|报纸|电视)"
# 网站、公众号、微博三大平台发布4206条: of all of them together.
_CHANNELS_TOGETHER = re.compile(
    rf"{_CHANNEL}[^#,;:。、]{{0,10}}[、和及与][^#,;:。、]{{0,12}}{_CHANNEL}[^#;]*#"
)
_OLD_MEDIA = re.compile("网站|门户网|官网|公开栏|公示栏|报纸|电视")
CHANNELS = frozenset(
    {"网站信息", "微信公众号信息", "微博信息", "抖音信息", "新媒体信息", "公开栏信息"}
)
"""Names of what was published in one place; together these are what was published."""


def known_name(context: str) -> str:
    """The name from the list that a context stands for, empty when it stands for none."""
    together = None
    for name, pattern in NAMES:
        if found := pattern.search(context):
            together = together or (name in CHANNELS and _CHANNELS_TOGETHER.search(context))
            if not (together and name in CHANNELS):
                return name.format(*found.groups())
    return "新媒体信息" if together and not _OLD_MEDIA.search(together[0]) else ""
