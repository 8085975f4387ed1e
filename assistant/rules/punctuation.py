"""Rules on punctuation: pairs, half-width signs, unfinished sentences."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from assistant.rules.cells import TABLE_LABELS
from assistant.rules.rule import Evidence, Finding, Outcomes, rule
from assistant.rules.texts import (
    clipped,
    quote_evidence,
    section_to_sentences,
    words_evidence,
)
from ingest.characters import half_width_signs
from ingest.forms import form_of
from ingest.report import Report, Section

_PAIRS: Mapping[str, str] = MappingProxyType({"《": "》", "“": "”", "【": "】", "〔": "〕"})
# （一） 1） (2) at the start of a paragraph: a number, not a bracket.
_ITEM_NUMBER = re.compile(r"(?m)^\s*\d{1,2}[)）]")


@rule("W104", "brackets-unbalanced", "notice")
def brackets_unbalanced(report: Report) -> Outcomes:
    """括号、书名号或引号不成对，或引号里又用双引号。

    为什么: 不成对的符号使文件名和引文的起止不清。

    依据: GB/T 15834—2011《标点符号用法》。

    反例::

        sections:
          1: 印发《信息发布审核办法，逐级审核。

    正例::

        sections:
          1: 印发《信息发布审核办法》，逐级审核。

    处理: 补上或删去多余的一半；引号内再引用时用单引号。
    """
    for section in report.texts:
        for paragraph in re.finditer(r"[^\n]+", section.text):
            problem = _unbalanced(_ITEM_NUMBER.sub("", paragraph[0]))
            if problem:
                quote, what = problem
                yield Finding(f"{what}：{clipped(quote)}", (words_evidence(section, quote),))


def _unbalanced(text: str) -> tuple[str, str] | None:
    """The words from the first unpaired mark on, and what is wrong; None when all are paired."""
    stack: list[tuple[str, int]] = []
    for found in _BRACKET.finditer(text):
        index, mark = found.start(), found[0]
        closing = _closing(mark)
        if closing:
            if mark == "“" and any(open_ == "“" for open_, _ in stack):
                return text[index : index + 40], "双引号内又用双引号"
            stack.append((mark, index))
        elif mark in _CLOSERS:
            if not stack or _closing(stack[-1][0]) != _plain_closer(mark):
                return text[max(0, index - 20) : index + 1], f"“{mark}”没有对应的前一半"
            stack.pop()
    if stack:
        mark, index = stack[-1]
        return text[index : index + 40], f"“{mark}”没有对应的后一半"
    return None


_BRACKET = re.compile("[《》“”【】〔〕（）()]")
_CLOSERS = frozenset("》”】〕）)")


def _closing(mark: str) -> str | None:
    return ")" if mark in "（(" else _PAIRS.get(mark)


def _plain_closer(mark: str) -> str:
    return ")" if mark in "）)" else mark


@rule("W105", "half-width-punctuation", "notice")
def half_width_punctuation(report: Report) -> Outcomes:
    """正文或表头行名里用了半角标点，电话号码里用了破折号，或夹有异常的空格。

    为什么: 全角半角混用不合公文排版要求；破折号、异常空格使电话号码不能直接拨打，也查找不到。

    依据: GB/T 15834—2011《标点符号用法》。

    反例::

        sections:
          1: 明确职责,加强培训。

    正例::

        sections:
          1: 明确职责，加强培训。

    处理: 改为全角标点；电话区号后用半角连字符，异常的空格改为普通空格或删去。
    """
    for section in report.texts:
        signs = [(s, half_width_signs(s.text)) for s in section_to_sentences(section)]
        found = [sentence for sentence, count in signs if count]
        if found:
            count = sum(count for _, count in signs)
            yield Finding(
                f"有{count}处半角标点，如：{clipped(found[0].text)}",
                tuple(map(quote_evidence, found)),
                actual=count,
            )
        yield from _odd_characters(section)
    yield from _half_width_labels(report)


def _half_width_labels(report: Report) -> Iterator[Finding]:
    """A finding for the labels of each table that are printed with half-width signs."""
    for name, table in report.tables.items():
        if table.labels:
            section = form_of(report.format).table(name).section
            places = [replace(place, table=None, section=section) for place in table.labels]
            yield Finding(
                f"{TABLE_LABELS[name]}的行名列名有{len(places)}格用了半角标点，"
                f"如：{clipped(places[0].quote or '')}",
                tuple(map(Evidence, places)),
                actual=len(places),
            )


# 0900—5550166: a dash where a hyphen belongs
_DASH_IN_PHONE = re.compile(r"(?<!\d)0\d{2,3}[\u2012-\u2015]+\d{7,8}(?!\d)")
# Spaces of a width that no keyboard types, and those without any; not U+00A0 and U+3000, which
# word processors put in themselves.
_ODD_SPACE = re.compile(r"[\u2000-\u200b\u202f\u205f\ufeff]")
_SHOWN_BESIDE = 12


def _odd_characters(section: Section) -> Iterator[Finding]:
    """A finding for all the phone numbers with a dash, and one for all the odd spaces."""
    phones = list(_DASH_IN_PHONE.finditer(section.text))
    if phones:
        yield Finding(
            f"电话号码里用了破折号：{phones[0][0]}，应为半角连字符“-”。",
            tuple(words_evidence(section, m[0], m.start()) for m in phones),
            actual=phones[0][0],
        )
    lines = [m for m in re.finditer(r"[^\n]+", section.text) if _ODD_SPACE.search(m[0].strip())]
    if lines:
        found = [(line, space) for line in lines for space in _ODD_SPACE.finditer(line[0])]
        line, space = found[0]
        before = line[0][max(0, space.start() - _SHOWN_BESIDE) : space.start()]
        yield Finding(
            f"有{len(found)}处异常的空格（U+{ord(space[0]):04X}），如“{before}”之后。",
            tuple(_beside(section, line, space) for line, space in found),
            actual=len(found),
        )


def _beside(section: Section, line: re.Match[str], space: re.Match[str]) -> Evidence:
    """The words about an odd space, which alone nobody could see."""
    start = max(0, space.start() - _SHOWN_BESIDE)
    quote = line[0][start : space.end() + _SHOWN_BESIDE]
    return words_evidence(section, quote, line.start() + start)


# 以下问题；一是   。。   ，。   、，
_DOUBLED = re.compile(r"[，。；、：][，。；、：]|如下[；，]|以下[^。；，]{0,8}；")
_ENDS_A_PARAGRAPH = "。！？；：:;.!?”》）)…"
# A paragraph shorter than this without an end mark is a heading or a list entry.
LEAST_PARAGRAPH_CHARACTERS = 40


@rule("W106", "sentence-unfinished", "notice")
def sentence_unfinished(report: Report) -> Outcomes:
    """段末没有标点，或标点重复、误用。

    为什么: 句子没有写完，或在转换文件时断开，读者会误以为缺文。

    依据: GB/T 15834—2011《标点符号用法》。

    反例::

        sections:
          5: 主要存在以下问题；一是目录更新不及时，，抽查发现九个条目过期。

    正例::

        sections:
          5: 主要存在以下问题：一是目录更新不及时，抽查发现九个条目过期。

    处理: 补上或改正标点；确认此处没有缺文。
    """
    for section in report.texts:
        unended = []
        for paragraph in re.finditer(r"[^\n]+", section.text):
            text = paragraph[0].strip()
            if match := _DOUBLED.search(text):
                yield Finding(
                    f"标点“{match[0]}”用得不当：{clipped(text[max(0, match.start() - 15) :])}",
                    (words_evidence(section, text[max(0, match.start() - 15) : match.end() + 10]),),
                )
                continue
            long = len("".join(text.split())) >= LEAST_PARAGRAPH_CHARACTERS
            if (long and text[-1] not in _ENDS_A_PARAGRAPH) or _breaks_off(section, paragraph):
                unended.append(text)
        if unended:
            # A writer who leaves out the mark does so throughout: one finding a part.
            more = f"等{len(unended)}段" if len(unended) > 1 else ""
            yield Finding(
                f"段末没有句末标点：…{unended[0][-20:]}{more}",
                tuple(words_evidence(section, text[-40:]) for text in unended),
            )


# （五）…  二是…: what follows is another statement
_NEXT_STATEMENT = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.]|[一二三四五六七八九]是)"
)


def _breaks_off(section: Section, paragraph: re.Match[str]) -> bool:
    """Whether a paragraph ends in a comma though the next begins a statement of its own."""
    rest = section.text[paragraph.end() :]
    ends_open = paragraph[0].rstrip()[-1:] in ("，", "、")
    return ends_open and (not rest.strip() or bool(_NEXT_STATEMENT.match(rest)))


# 《云溪市政府信息公开基本 and, on the next line, 目录》: a title or quotation torn in two
_TORN = re.compile(r"(?P<open>[《“])(?P<head>[^》”\n]{1,30})\n(?P<tail>[^《“》”\n]{1,30})[》”]")


@rule("W111", "paragraph-torn", "notice")
def paragraph_torn(report: Report) -> Outcomes:
    """一段话在书名或引号中间断成了两段。

    为什么: 多是换页或转换时断开的，书名因此残缺，无法检索。

    依据: 公文格式要求。

    反例::

        sections:
          1: |-
            修订《青禾区政府信息公开基本
            目录（2023年版）》，明确公开时限。

    正例::

        sections:
          1: 修订《青禾区政府信息公开基本目录（2023年版）》，明确公开时限。

    处理: 把断开的两行接成一段；若是读取造成，请核对原件。
    """
    for section in report.texts:
        for match in _TORN.finditer(section.text):
            yield Finding(
                f"“{match['open']}{match['head']}”后断行，下一行是“{clipped(match['tail'], 16)}”。",
                (words_evidence(section, match[0]),),
            )
        for quote in _joined(section):
            yield Finding(
                f"一段话在句子中间断成了两段：“{quote}”。", (words_evidence(section, quote),)
            )


# More lines than this that end within a sentence are how the file wraps its lines.
MOST_TORN = 3
LEAST_WHOLE = 5
AROUND = 10  # characters quoted on either side


def _joined(section: Section) -> Iterator[str]:
    """The words around each place where the parser had to join lines of a file without pages."""
    text = section.text
    torn = [
        start.offset
        for start in section.starts
        if start.page is None and start.offset and text[start.offset - 1] not in "\n。！？；;：:"
    ]
    whole = len(section.starts) - len(torn)
    if len(torn) <= MOST_TORN and whole >= LEAST_WHOLE:
        for offset in torn:
            before = text[:offset].split("\n")[-1][-AROUND:]
            yield before + text[offset:].split("\n")[0][:AROUND]
