"""What of a question is said about the asker or the conversation, and asks nothing: 我是记者，想了解.

Pure. A correction or a return to an earlier subject is left with what it now asks about.
"""

import re

_DENIED_BEFORE = re.compile(
    "(?:我)?(?:说|问|要|指)?的?(?:不是|不要)[^,，。;；吗?？]{1,16}(?:[,，、]|(?=而是))(?=我|是|而是|要|问)"
)
# 我说的是2023年的对策
_MEANT = re.compile(
    "^(?:不是?[,，、]?)?我(?:刚才|刚刚)?(?:说|问|指|要问?)的?(?:其实|就)?是(?!不是)"
)
_OF_ME = re.compile("我(?:刚才|刚刚)?(?:想|要)?(?:说|问|指)的?(?:其实)?(?:不是|是)")
_BACK_TO = re.compile(
    "(?:那|咱们?|我们)?再?(?:回到|说回|回头说|接着说)(?:刚才|刚刚|之前|前面|上面)?(?:说|问)?的?"
    "(?P<subject>[^,，]*?)(?:的(?:问题|话题|事))?(?=[,，。?？]|$)"
)
# 记者想了解：…
_INTRODUCED = re.compile(
    "^(?:我|本人)?(?:就?是)?(?:一?[名个位])?(?:普通)?(?:记者|市民|居民|群众|学生|老师|研究者|研究人员)(?:我?想(?:了解|知道|问)?(?:一?下)?|请问|问)?[,，:：]?"
)
# 想核对一下…各是多少 asks for numbers, not for a check
_TO_CONFIRM = re.compile(
    "(?:我是[^,，|]{2,8}(?:员|人员|科|室)[,，])?(?:我|麻烦|请)?(?:想|要|帮我|帮忙|需要)?(?:再)?(?:核对|核实|确认)(?:一下|下)[:：,，]?(?=.*(?:多少|几[件条次个家]))"
)
_DENIED_AFTER = re.compile("[,，](?:而)?(?:不是|不要)[^,，。;；吗?？]{1,16}[。]?$")


def without_introduction(question: str) -> str:
    """A question without who asks it, and what for (想核对一下：…各是多少)."""
    return _TO_CONFIRM.sub("", _INTRODUCED.sub("", question))


def corrects(question: str) -> bool:
    """Whether it says what the asker meant, or did not mean."""
    return bool(_OF_ME.match(question))


def bare_of_turns(question: str) -> str:
    """A question without words about the conversation.

    A correction leaves out what it says was not meant (不是2023年，是2024年), a return to an earlier
    subject the words for turning back (再说回市监局).
    """
    question = _MEANT.sub("", question)
    meant = _DENIED_BEFORE.sub("", _BACK_TO.sub(r"\g<subject>", question))
    return _DENIED_AFTER.sub("", meant)
