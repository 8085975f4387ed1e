"""Which part of the report a note belongs to, told by its words.

Pure. The invariant: a part that is named outright wins over any other word.
"""

import re
from typing import Literal, TypeAlias

Head: TypeAlias = Literal[
    "contact",
    "general",
    "proactive",
    "requests",
    "management",
    "platforms",
    "assurance",
    "duties",
    "problem",
    "measure",
    "remedied",
    "fee",
    "other",
]

# What people call a part when they write it above or before a note.
_NAMES: tuple[tuple[Head, re.Pattern[str]], ...] = (
    ("problem", re.compile(r"(?:本年度?|目前)?(?:存在)?的?(?:主要)?(?:问题|不足|短板)(?:[和及与]?不足)?")),
    ("measure", re.compile(r"(?:改进|整改)(?:情况|措施|打算|计划|方向)?|措施|(?:下一步|今后|明年)(?:的?(?:工作)?(?:打算|计划|安排|措施))?")),
    ("remedied", re.compile(r"(?:上年|去年)度?(?:的|所提)?问题(?:的?整改(?:情况|落实)?)?")),
    ("proactive", re.compile(r"主动公开(?:政府信息)?(?:情况|方面)?")),
    ("requests", re.compile(r"依申请公开(?:情况|方面)?")),
    ("management", re.compile(r"(?:政府)?信息管理(?:情况|方面)?|管理")),
    ("platforms", re.compile(r"(?:政府信息公开)?平台(?:建设)?(?:情况|方面)?")),
    ("assurance", re.compile(r"监督(?:保障)?(?:情况|方面)?|保障(?:措施)?")),
    ("fee", re.compile(r"信息处理费(?:收取)?(?:情况)?")),
    ("other", re.compile(r"其他(?:需要报告的)?(?:事项|情况)?")),
    ("general", re.compile(r"总体情况|概况|基本情况")),
)  # fmt: skip

_CHINESE_COUNT = "[一二三四五六七八九十百千万两〇零]+"
# Words that place a note by themselves, the most telling first.
_TELLING: tuple[tuple[Head, re.Pattern[str]], ...] = (
    ("contact", re.compile(r"^(?:(?i:tel|e-?mail)[:：]|联系人|联系(?:电话|地址|方式)|办公(?:电话|地址)|地址|电话|传真|(?:电子)?邮箱|邮编|网址)(?![^，。]*(?:访问|浏览|点击|公布|更新))")),
    ("fee", re.compile(r"处理费")),
    ("remedied", re.compile(r"上年(?:度)?(?:的|提出的|存在的|查出的)?[^，。]{0,12}问题|已整改|整改完成")),
    # 上年个别栏目更新不及时，今年逐月巡查
    ("remedied", re.compile(r"^(?:上年|去年)度?[^，。]*(?:不够|不及时|不规范|不到位|不足|滞后|薄弱|欠缺|偏少|偏慢)[^。]*(?:今年|本年|已)")),
    ("problem", re.compile(r"^(?:存在)?(?:的)?(?:主要)?(?:问题|不足)|不够|不足|滞后|有待|薄弱|欠缺|不及时|偏少|偏慢|不规范")),
    ("measure", re.compile(r"^(?:改进|措施|下一步|打算|明年)|下一步|今后|将(?!军)|拟(?=[\u4e00-\u9fff])|20\d\d年(?:计划|打算)")),
    ("duties", re.compile(r"社会评议|^评议|责任追究|追责|问责|工作考核|考核")),
    ("proactive", re.compile(rf"主动公开[^，。；]{{0,16}}?(?:\d|{_CHINESE_COUNT}[余多]?[条件篇])")),
    ("requests", re.compile(r"(?:无|没有|未)[^，。；]{0,16}(?:复议|诉讼)|收到[^，。；]{0,10}申请|申请[^，。；]{0,4}[超逾]期|[超逾]期[^，。；]{0,6}答复|予以公开|不予公开|部分公开|依申请公开|信息公开申请")),
    ("other", re.compile(r"(?:代表|委员|人大|政协)[^，。；]{0,6}建议|建议[、和]?提案|提案|工作要点|创新|其他(?:需要)?(?:报告)?事项|重大事项")),
    # 门户网站320条，公众号150条
    ("proactive", re.compile(r"(?:网站|公众号|微信|微博|平台|专栏|新媒体)[^，。；]{0,10}\d[条篇][^。]*\d[条篇]")),
)  # fmt: skip

# Words that weigh alike; where two parts have as many, the one that stands first.
_WEIGHED: tuple[tuple[Head, re.Pattern[str]], ...] = (
    ("assurance", re.compile(r"培训|参训|监督|检查|保障|人员|经费|领导|分管|专人|专班|督查|测评|评估|工作会|召开|部署")),
    ("requests", re.compile(r"申请人|答复(?!率)|复议|诉讼|结转")),
    ("management", re.compile(r"审核|审查|目录|管理|清理|规范性文件|台账|保密|校对|归档|制度")),
    ("platforms", re.compile(r"平台|网站改版|专栏|公众号|新媒体|微博|客户端|查阅点|公报|栏目|公示栏|公告栏|官网|网址|访问量|粉丝")),
    ("proactive", re.compile(r"发布|解读|回应|推送|发稿|公示|公告(?!栏)|公布|行政许可|行政处罚|行政强制|收费|门户")),
)  # fmt: skip
_PUBLISHING = re.compile(r"公开|信息|网站")


def head_named(text: str) -> Head | None:
    """The part whose name the text is, and nothing else: 存在的问题, 监督保障."""
    name = re.sub(r"\s", "", text)
    return next((head for head, words in _NAMES if words.fullmatch(name)), None)


def head_telling(text: str) -> Head | None:
    """The part that words of a text tell which belong to no other part."""
    return next((head for head, words in _TELLING if words.search(text)), None)


def head_told(text: str) -> Head | None:
    """The part that the words of a text tell; None where none do."""
    telling = head_telling(text)
    if telling:
        return telling
    weights = {head: len(set(words.findall(text))) for head, words in _WEIGHED}
    head = max(weights, key=lambda each: weights[each])
    if weights[head]:
        return head
    return "proactive" if _PUBLISHING.search(text) else None
