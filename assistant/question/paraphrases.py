"""Ways of asking that the form has other words for: 哪个地方的申请最多, 一件都没公开的单位. Pure."""

import re

KINDS_OF_APPLICANTS = "申请主要来自哪类申请人，分别多少件"
"""What a question for those who asked comes to: the form counts kinds of applicants, no names."""

# 哪些地方有诉讼 asks for those who report; 哪些地方没填 for places in a report.
_COUNTED = "申请|诉讼|官司|复议|收费|处罚|许可|强制|采购|规章|规范性|公开"
_OTHER_PLACES = (
    "没填|未填|漏|空|错|误|不对|不符|不一致|对不上|问题|不足|不够|改|薄弱|欠缺|提到|写到|说到"
)
_PLACES_THAT_REPORT = re.compile(
    f"(?P<which>[哪这]一?些|[哪各每]个?|哪几个|多少个?|几个|有的|其他)地方"
    f"(?=(?!.*(?:{_OTHER_PLACES})).*(?:{_COUNTED}|最[多少高低大小]))"
    "|(?P<most>最[多少高低大小]的?(?:是|在)?)(?P<one>哪一?个|哪些|哪几个)地方(?=[?？]?$)"
)
# 申请的人主要是谁
_WHO_ASKED = re.compile(
    "(?:提)?申请(?:的人|人|者)(?:都|主要|大多|多数|基本)*(?:是|为)(?:些)?(?:谁|哪些人|什么人|哪类人|哪一类人)[呢呀]?(?=[?？]?$)"
)
_WHO = "(?=的(?:单位|部门|局|机关|有?哪|有谁))"
# 全部公开的单位
_ALL_GRANTED = re.compile(
    "(?:全(?:部|都)?|都)(?:是|予以|给予|同意)*公开了?的(?:有哪些)?(?:单位|部门|局|机关|有谁|有哪[些几]家?)(?:有哪[些几]家?|有谁)?"
)
_NONE_GRANTED = re.compile(
    f"(?:一件申?请?(?:都|也)(?:没有?|未)(?:予以|同意)?公开过?|(?:没有?|未)(?:予以|同意)?公开过?(?:任何)?一件(?:申请)?){_WHO}"
)


def in_words_of_the_form(question: str) -> str:
    """The question with agencies for places that report, and decisions by the names of their rows.

    >>> in_words_of_the_form("哪个地方的申请最多"), in_words_of_the_form("哪些地方没填")
    ('哪个单位的申请最多', '哪些地方没填')
    >>> in_words_of_the_form("2024年一件都没公开的单位")
    '2024年予以公开和部分公开都为零的单位'
    """
    if _WHO_ASKED.search(question):
        return _WHO_ASKED.sub(KINDS_OF_APPLICANTS, question)
    asked = _PLACES_THAT_REPORT.sub(r"\g<which>\g<most>\g<one>单位", question)
    asked = _ALL_GRANTED.sub("哪些单位全部公开了", asked)
    return _NONE_GRANTED.sub("予以公开和部分公开都为零", asked)
