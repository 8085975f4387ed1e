"""Rules on how a report says the agency can be reached."""

import re

from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.texts import quote_evidence, sentences
from ingest.report import Report

# 电话/传真：4180090  (seven or eight digits with no area code before them)
_LOCAL_PHONE = re.compile(r"(?:电话|传真)[^\d]{0,6}(?P<number>\d{7,8})(?![\d-])")
# http:/www…  http//…  www..gov.cn
_BROKEN_ADDRESS = re.compile(r"https?:/(?!/)[\w.]+|https?//[\w.]+|www\.\.[\w.]+")


# 0999-23456: an area code before fewer than seven digits
_CUT_PHONE = re.compile(r"(?:电话|传真)[^\d]{0,6}0\d{2,3}[-—)]\d{1,6}(?![\d-])")

# 地址:柳荫路21号1, : a house number with one more digit behind it
_CUT_STREET = re.compile(r"地址[^,。;]{2,30}号\d{1,2}(?=[,;。)]|$)")


# One of these stands in each of them.
_REACHED_BY = re.compile("电话|传真|地址|http|www")


@rule("I113", "contact-incomplete", "notice")
def contact_incomplete(report: Report) -> Outcomes:
    """联系电话没有区号或少了数字，或网址、地址写得不完整。

    为什么: 外地的公众按所写的联系方式找不到人。

    依据: 条例第十二条：指南应当载明联系方式；各地编制要求的通行做法。

    反例::

        sections:
          6: 如有疑问请与本机关联系（电话：4180090）。

    正例::

        sections:
          6: 如有疑问请与本机关联系（电话：0599-4180090）。

    处理: 补上区号，核对号码的位数，核对网址能否打开。
    """
    for sentence in sentences(report):
        if not _REACHED_BY.search(sentence.bare):
            continue
        for match in (
            *_LOCAL_PHONE.finditer(sentence.bare),
            *_CUT_PHONE.finditer(sentence.bare),
            *_BROKEN_ADDRESS.finditer(sentence.bare),
            *_CUT_STREET.finditer(sentence.bare),
        ):
            yield Finding(
                f"联系方式不完整：{match[0]}", (quote_evidence(sentence),), actual=match[0]
            )
