"""Rules on wording and format: left-over mark-up, placeholders, known slips, punctuation."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from assistant.rules.rule import Evidence, Finding, Outcomes, rule
from assistant.rules.spelling import near_misses
from assistant.rules.texts import (
    Sentence,
    clipped,
    quote_evidence,
    section_to_sentences,
    sentences,
    words_evidence,
)
from ingest.characters import for_matching
from ingest.forms import form_of
from ingest.report import Report, Section

# **加粗**  ## 标题  <br>  &nbsp;  [bookmark: _GoBack]  {{name}}  HYPERLINK "…"  错误!未找到引用源
_RESIDUE = re.compile(
    r"\*\*[^*\n]+\*\*|\*\*|^#{1,6} |</?(?:br|p|div|span|font|td|tr|table)\b[^>]*>|&(?:nbsp|amp|lt|gt|quot);"
    r"|\[bookmark:[^\]]*\]|\{\{[^}]*\}\}|HYPERLINK|错误[!！]未(?:找到引用源|定义书签)|\ufffd",
    re.MULTILINE,
)


@rule("W101", "markup-left-over", "warning")
def markup_left_over(report: Report) -> Outcomes:
    """正文残留了转换文件留下的标记。

    为什么: 星号、书签、网页标签等不是正文，公布后有损严肃性，也会破坏检索。

    依据: 条例第五十条所称统一格式；公文格式要求。

    反例::

        sections:
          1: "[bookmark: _GoBack]本年度**公开信息8条**。"

    正例::

        sections:
          1: 本年度公开信息8条。

    处理: 在原文件中删去标记后重新生成。
    """
    for section in report.texts:
        for match in _RESIDUE.finditer(section.text):
            yield Finding(
                f"残留标记“{clipped(match[0], 20)}”。",
                (words_evidence(section, match[0], match.start()),),
                expected="",
                actual=match[0],
            )


# XX局  ××件  ____  （此处填写…）  待补充  TODO  【请补充：…】  and two circles (\u3007) for a name,
# which within a number in words are zeros.
_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z])[Xx]{2,}(?![A-Za-z])|×{2,}|[\uff0a*]{3,}|_{3,}|\uff3f{2,}|[（(]此处[^）)]*[）)]|待(?:补充|填写|核实后填)"
    r"|TO ?DO|【请[^】]*】|(?<![一二三四五六七八九十百千])\u3007\u3007(?![一二三四五六七八九])|[（(](?:略|示例|模板)[）)]"
)


# One of these stands in each of them; few sentences hold any.
_MARK_OF_PLACEHOLDER = re.compile("[Xx×*_T\uff0a\uff3f\u3007【]|此处|待[补填核]|略|示例|模板")


@rule("W102", "placeholder-left", "error")
def placeholder_left(report: Report) -> Outcomes:
    """正文留着没有填写的占位符。

    为什么: 占位符说明该处内容没有写完，公布即为差错。

    依据: 条例第五十条；国办公开办函〔2021〕30号“内容不准确不全面”的责任条款。

    反例::

        sections:
          1: 全年公开信息XX条，培训____次。

    正例::

        sections:
          1: 全年公开信息12条，培训2次。

    处理: 填上实际内容；没有发生的删去该句。
    """
    for sentence in sentences(report):
        text = sentence.text
        if _MARK_OF_BLANK.search(text) and (match := _COUNT_LEFT_OPEN.search(text)):
            yield Finding(
                f"件数没有填：{clipped(sentence.text[max(0, match.start() - 12) :])}",
                (quote_evidence(sentence),),
                actual=match[0],
            )
        if not _MARK_OF_PLACEHOLDER.search(sentence.text):
            continue
        for match in _PLACEHOLDER.finditer(_without_addresses(sentence.text)):
            yield Finding(
                f"留有占位符“{match[0]}”：{clipped(sentence.text)}",
                (quote_evidence(sentence),),
                actual=match[0],
            )


_MARK_OF_BLANK = re.compile(r"[×Xx_]|[（(]\s*[）)]|[ \u3000]{2}")
# 检查×次  收到（）件  培训__期  全年公开  条
_COUNT_LEFT_OPEN = re.compile(
    r"(?:(?<=[\u4e00-\u9fff])(?:[×Xx]|_{1,2}|[（(]\s*[）)])|(?<=收到|发布|公开|开展|举办|检查|办结|受理)[ \u3000]{2,})"
    r"(?=(?:件|次|名|期|份|篇|场|条)(?![例款文目线均时]))"
)
# An address of a page or of mail may hold xx or ___.
_ADDRESS = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+|[\w.-]+@[\w.-]+")


def _without_addresses(text: str) -> str:
    return _ADDRESS.sub(lambda m: " " * len(m[0]), text)


SLIPS: Mapping[str, str] = MappingProxyType(
    {
        "本年度止件数": "本年废止件数",
        "受理去到": "受理渠道",
        "问题包涵": "问题包含",
        "内容包涵": "内容包含",
        "规划性文件": "规范性文件",
        "双随意一公开": "双随机、一公开",
        "双随意、一公开": "双随机、一公开",
        "行政执法公式": "行政执法公示",
        "依公开申请": "依申请公开",
        "依法申请公开": "依申请公开",
        "年度转结": "年度结转",
        "上年转结": "上年结转",
        "政府信息公告条例": "政府信息公开条例",
        "政府信息公告工作": "政府信息公开工作",
        "政府信息工开": "政府信息公开",
        "政务工开": "政务公开",
        "行政复义": "行政复议",
        "行政诉颂": "行政诉讼",
        "现将有关情况报告如下如下": "现将有关情况报告如下",
    }
)
"""Slips seen in published reports → what was meant. Adding one is adding a line."""


@rule("W103", "known-slip", "warning")
def known_slip(report: Report) -> Outcomes:
    """正文或表头有常见的错字。

    为什么: 术语写错会改变意思，也影响检索。

    依据: 条例和统一格式的用语。

    反例::

        sections:
          6: 确保申请受理去到畅通。

    正例::

        sections:
          6: 确保申请受理渠道畅通。

    处理: 按提示改正；若原件无误而是识别造成，请核对原件。
    """
    found = list(sentences(report))
    whole = "\n".join(sentence.bare for sentence in found)
    made = {slip: meant for slip, meant in SLIPS.items() if slip in whole}
    for sentence in found:
        for slip, meant in made.items():
            if slip in sentence.bare:
                yield Finding(
                    f"“{slip}”疑为“{meant}”之误：{clipped(sentence.text)}",
                    (quote_evidence(sentence, slip if slip in sentence.text else None),),
                    expected=meant,
                    actual=slip,
                )
        yield from _near_misses(sentence, made)
    yield from _slips_in_labels(report)


def _near_misses(sentence: Sentence, slips: Iterable[str]) -> Iterator[Finding]:
    """Terms with one character wrong that are none of the slips."""
    known = " ".join(slip for slip in slips if slip in sentence.bare)
    for written, term in near_misses(sentence.bare):
        if written not in known and not any(slip in written for slip in known.split()):
            yield Finding(
                f"“{written}”疑为“{term}”之误：{clipped(sentence.text)}",
                (quote_evidence(sentence, written if written in sentence.text else None),),
                expected=term,
                actual=written,
            )


def _slips_in_labels(report: Report) -> Iterator[Finding]:
    """Misprinted labels of the tables, which the parser knows from the form and quotes in a doubt."""
    for name, table in report.tables.items():
        form = form_of(report.format).table(name)
        columns = (column for block in form.blocks for column in block.columns)
        meant = {for_matching(m): column.label for column in columns for m in column.misprints}
        for doubt in table.doubts:
            printed = for_matching(doubt.place.quote or "")
            if printed in meant:
                place = replace(doubt.place, table=None, column=None, section=form.section)
                yield Finding(
                    f"表头“{printed}”疑为“{meant[printed]}”之误。",
                    (Evidence(place),),
                    expected=meant[printed],
                    actual=printed,
                )


# 件数0件   提高…提高   数量为0件次
_REDUNDANT = re.compile(
    r"件数\d+件|(提高|加强|强化|推动|推进)[^，。；\n]{2,16}(?:的)?\1"
    # 严格执行执行  由由  政府信息政府信息: typed twice
    r"|([\u4e00-\u9fff]{3,8})\2|由由|把把|被被"
    r"|(执行|推进|加强|提高|落实|开展|进行|完善|强化|切实|不断|积极|严格|持续|认真)\3(?!情况)"
)


@rule("W107", "wording-redundant", "notice")
def wording_redundant(report: Report) -> Outcomes:
    """用语重复。

    为什么: 重复用语多是改稿时留下的，影响表达。

    依据: 公文用语应当准确、简洁。

    反例::

        sections:
          1: 切实提高各科室提高报送质量的主动性，全年收到申请件数3件。

    正例::

        sections:
          1: 切实提高各科室报送质量，全年收到申请3件。

    处理: 删去重复的词。
    """
    for sentence in sentences(report):
        if match := _REDUNDANT.search(sentence.text):
            yield Finding(
                f"用语重复“{clipped(match[0], 24)}”。", (quote_evidence(sentence, match[0]),)
            )
    announced = [s for s in sentences(report, 0, 1) if "报告如下" in s.bare]
    if len(announced) > 1:
        yield Finding(f"“报告如下”说了{len(announced)}遍。", tuple(map(quote_evidence, announced)))


_TEMPLATE_WORDS = (
    "多数部门",
    "部分地区",
    "一些地区",
    "各级政府部门",
    "部分政府部门",
    "有些单位和部门",
)


@rule("W108", "text-not-its-own", "warning")
def text_not_its_own(report: Report) -> Outcomes:
    """通篇泛论，看不出是本单位的报告。

    为什么: 套用范文或自动生成的文字没有本单位的工作，属敷衍应付。

    依据: 国办公开办函〔2021〕30号“内容雷同、敷衍塞责”的责任条款。

    反例::

        sections:
          1: 多数部门能够及时公开信息，部分地区公开质量仍有提升空间。

    正例::

        sections:
          1: 云溪市青禾区数据管理局全年公开信息83条，多数部门来函能够按时回复。

    处理: 改写为本单位本年度的做法和数据。
    """
    section = report.section(1)
    if section is None:
        return
    generic = [
        s for s in section_to_sentences(section) if any(w in s.bare for w in _TEMPLATE_WORDS)
    ]
    if generic and not _names_itself(section, report):
        yield Finding(
            f"总体情况没有写到本单位，却有泛论：{clipped(generic[0].text)}",
            tuple(map(quote_evidence, generic)),
        )


_OWN_WORDS = re.compile(
    r"全[省市县区州镇乡]|[我本](?:局|委|办|厅|县|区|市|镇|乡|街道|单位|机关|中心)"
)


def _names_itself(section: Section, report: Report) -> bool:
    text = for_matching(section.text)
    return bool(_OWN_WORDS.search(text)) or (report.agency or "") in text


# 依申请公开信息1条: applications are counted in 件
_WRONG_UNIT = re.compile(r"(?:依申请公开|申请)(?:信息|事项)?\d+条")


@rule("W109", "applications-counted-in-pieces-of-news", "notice")
def applications_counted_in_pieces_of_news(report: Report) -> Outcomes:
    """申请以“条”计数，与表三的“件”不一致。

    为什么: 表三以件为单位，用“条”容易与主动公开的信息条数混淆。

    依据: 国办公开办函〔2021〕30号附件，表三。

    反例::

        sections:
          1: 全年依申请公开信息1条。

    正例::

        sections:
          1: 全年收到公开申请1件。

    处理: 申请一律以“件”计。
    """
    for sentence in sentences(report, 1):
        if match := _WRONG_UNIT.search(sentence.bare):
            yield Finding(
                f"“{match[0]}”：申请应以“件”计。", (quote_evidence(sentence),), actual=match[0]
            )


# Words for the same thing of which a report should keep to one.
_RIVAL_TERMS = (("科室", "股室"), ("处室", "科室"), ("政务新媒体", "政务新媒介"))


@rule("W110", "terms-inconsistent", "notice")
def terms_inconsistent(report: Report) -> Outcomes:
    """同一事物前后用了两种叫法。

    为什么: 内设机构等名称前后不一，常是拼接不同文稿留下的。

    依据: 公文用语应当统一、准确。

    反例::

        sections:
          1: 有关科室负责人为成员。
          5: 加强与各相关股室的信息沟通。

    正例::

        sections:
          1: 有关股室负责人为成员。
          5: 加强与各相关股室的信息沟通。

    处理: 统一为本单位的正式名称。
    """
    for pair in _RIVAL_TERMS:
        used = [[s for s in sentences(report) if term in s.bare] for term in pair]
        if all(used):
            yield Finding(
                f"“{pair[0]}”与“{pair[1]}”混用。",
                tuple(quote_evidence(found[0]) for found in used),
            )
