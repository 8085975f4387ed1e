"""A question that asks what a term means → what it means, with the legal basis.

Terms of the regulations are explained wherever they stand in such a question, labels of the form
only where nothing else is asked: 什么是规章 is explained, 规章有几件 is not. Pure.
"""

import re
from collections.abc import Iterator
from functools import cache

from assistant.answer import Answer, Citation, Statement, Value
from assistant.definitions import DEFINITIONS
from assistant.form_terms import FORM_TERMS
from assistant.published import Definition, article
from ingest.characters import for_matching
from ingest.numbers import chinese_numeral, number_in_words
from ingest.report import Place

# 第三十六条 · 第36条 of the regulations, not of another law
_ARTICLE = re.compile("第(?P<number>[一二三四五六七八九十百]{1,5}|\\d{1,3})条")
_OTHER_LAW = re.compile(
    "民法|刑法|宪法|法典|诉讼法|复议法|处罚法|许可法|强制法|劳动|婚姻|公司法|合同"
)
_ASKS_MEANING = re.compile(
    "什么是|是什么|什么叫|叫什么|啥叫|啥是|是啥|什么意思|啥意思|何意|何谓|何为|含义|意思|定义|指|理解|解释|认定|算(?=.{1,12}吗)|属于(?=.{1,12}吗)|是(?:不是)?一回事|什么情况下?才?(?:算|叫|属于)|怎[样么]才?算|填[在到进]?哪|计[入在]哪|算[在到作]哪|归[到在为]哪"
    "|怎么填|如何填|怎样填|写些?(?:什么|啥|哪些)|填的?(?:都?是)?(?:什么|啥|哪些)|区别|不同|不一样|有哪些情形|情形(?:都|分别|各)?(?:有|是)哪|会(?:不会)?被?拒绝|(?:包括|包含|分为?)(?:哪|什么)[几些]?(?:种|类|情形)?|有哪几[种类]"
)
_ASKS_BASIS = re.compile("依据|出处|出自|来自哪|哪一?条|第几条|谁规定")
# What may stand beside the terms of a question that asks what they mean, and nothing more.
_ONLY_MEANING = re.compile(
    f"(?:{_ASKS_MEANING.pattern}|请问|请|一下|说说|讲讲|说明|表[二三四]|年报|报告|表格|[里中上]面?|这[一个]?|那[一个]?"
    "|一?[行栏格列项条]|申请人|情形|它|是不是|词|名词|概念|术语|数据|数|数量|到底|究竟|具体|分别|各自|各|两者|之间|有|什么|啥|何|怎么|如何|怎样|是|的|和|与|跟|同"
    r"|及|以及|谁|哪些|哪|个|应该|应当|该|要|呢|吗|啊|呀|政府信息公开|信息公开|[“”‘’\"'、,，。.?？!！:：;；（）()|])++"
)


def explain(question: str, topic: str = "") -> Answer | None:
    """The explanation of every term that the question names, None when it names none."""
    return next(filter(None, (_explained(question, text) for text in (question, topic))), None)


def asks_meaning(text: str) -> bool:
    """Whether a question asks what terms mean and nothing else (什么是规章), or for an article."""
    plain = for_matching(text)
    asks = _ASKS_MEANING.search(plain) and _labels_in(plain)
    return bool(asks or any(_of_article(plain)))


def names_term(text: str) -> bool:
    """Whether a term of the regulations stands in the text, whatever else does."""
    return any(_named_in(for_matching(text)))


def _explained(question: str, text: str) -> Answer | None:
    plain = for_matching(text)
    found = _labels_in(plain) or tuple(_of_article(plain)) or tuple(_named_in(plain))
    return _answer(question, found) if found else None


def _answer(question: str, definitions: tuple[Definition, ...]) -> Answer:
    statements: list[Statement] = []
    citations: list[Citation] = []
    for definition in definitions:
        first = len(citations)
        citations += (
            Citation(None, None, None, Place(quote=source.quote or None), source.name)
            for source in definition.sources
        )
        own_line = "\n" if statements else ""
        indices = tuple(range(first, len(citations)))
        named = "、".join(source.name for source in definition.sources)
        basis = f"依据：{named}。" if named and _ASKS_BASIS.search(question) else ""
        statements.append(Statement(f"{own_line}{definition.text}{basis}", indices))
    values = tuple(Value(n, unit) for d in definitions for n, unit in d.values)
    return Answer(question, tuple(statements), "answered", "definition", values, tuple(citations))


def _named_in(text: str) -> Iterator[Definition]:
    named = [d for d in DEFINITIONS if any(for_matching(name) in text for name in d.names)]
    yield from named or (d for d in DEFINITIONS if any(word in text for word in d.vague))


def _labels_in(text: str) -> tuple[Definition, ...]:
    """The terms of a question that names terms and nothing but them; empty for any other."""
    found: dict[str, Definition] = {}
    rest = text
    for label, definition in _by_label():
        if label in rest:
            found[label] = definition
            rest = rest.replace(label, "|" * len(label))
    if not found or not _ONLY_MEANING.fullmatch(rest):
        return ()
    in_order = sorted(found, key=text.index)
    return tuple({id(found[label]): found[label] for label in in_order}.values())


@cache
def _by_label() -> tuple[tuple[str, Definition], ...]:
    """Every name of a term with what it means, the longest first: 复议后起诉 is not 复议."""
    known: dict[str, Definition] = {}
    for definition in (*FORM_TERMS, *DEFINITIONS):
        for name in (*definition.labels, *definition.names):
            known.setdefault(for_matching(name), definition)
    return tuple(sorted(known.items(), key=lambda item: -len(item[0])))


def _of_article(text: str) -> Iterator[Definition]:
    """What is explained from the article of the regulations that a question names."""
    match = _ARTICLE.search(text)
    if match is None or _OTHER_LAW.search(text):
        return
    number = match["number"]
    words = number_in_words(int(number)) if number.isdigit() else number
    if chinese_numeral(words) is None:
        return
    name = article(words).name
    for definition in (*DEFINITIONS, *FORM_TERMS):
        if any(source.name == name for source in definition.sources):
            yield definition
