"""Rules on personal data that must not be published: identity numbers, mobile numbers, cards."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.texts import Sentence, quote_evidence, sentences
from ingest.report import Report

# What people put between the groups of a long number: 138-1234-5678, 6222 0212 3456 7890 128.
_GAP = r"[-\s]?"
# 18 digits, the last may be X; digits before or after would make it another number.
_IDENTITY = re.compile(
    rf"(?<![0-9A-Za-z])\d{{6}}{_GAP}\d{{4}}{_GAP}\d{{2}}{_GAP}\d{{2}}{_GAP}\d{{3}}[0-9Xx]"
    r"(?![0-9A-Za-z])",
    re.ASCII,
)
_MOBILE = re.compile(rf"(?<![0-9-])1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?![0-9])", re.ASCII)
# Cards of Chinese banks begin with 62 and have 16 to 19 digits.
_BANK_CARD = re.compile(
    rf"(?<![0-9])62\d\d(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?(?![0-9])", re.ASCII
)
# One character for one: what is found in the plain text stands at the same place in the original.
_PLAIN = {0xFF10 + digit: str(digit) for digit in range(10)}
_PLAIN |= {ord("\uff38"): "X", ord("\uff58"): "x", ord("\uff0d"): "-", ord("—"): "-"}

# As many digits as the shortest of them has: few sentences hold any.
_LONG_NUMBER = re.compile(r"\d(?:-?\d){10}")


def _found(pattern: re.Pattern[str], sentence: Sentence) -> Iterator[tuple[str, str]]:
    """What the pattern finds, letter for letter, each with its digits alone."""
    if not _LONG_NUMBER.search(sentence.bare):
        return
    for match in pattern.finditer(sentence.text.translate(_PLAIN)):
        yield sentence.text[slice(*match.span())], re.sub(r"[-\s]", "", match[0])


# GB 11643-1999: weights of the first 17 digits, and the check digit for each remainder of 11.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


@rule("V101", "identity-number", "error")
def identity_number(report: Report) -> Outcomes:
    """正文出现了居民身份证号码。

    为什么: 身份证号码是敏感个人信息，公开即造成侵害，应立即撤下。

    依据: 条例第十五条；个人信息保护法第二十八条。

    反例::

        sections:
          1: 申请人（身份证号110101199003070433）要求公开征地批文。

    正例::

        sections:
          1: 申请人要求公开征地批文，文号110101199003070431不是身份证号码。

    处理: 删去号码；已公布的立即撤下并更换文件。
    """
    for sentence in sentences(report):
        for written, digits in _found(_IDENTITY, sentence):
            shown = f"{digits[:3]}…{digits[-2:]}"
            evidence = (quote_evidence(sentence, written),)
            if is_identity_number(digits):
                yield Finding(f"出现身份证号码（{shown}，校验位正确）。", evidence)
            elif _CALLED_SO.search(sentence.bare):
                what = f"出现疑似身份证号码（{shown}，校验位不符，可能有一位写错）。"
                yield Finding(what, evidence, severity="warning")
        yield from _old_numbers(sentence)


_CALLED_SO = re.compile(r"身份证(?:件)?(?:号码?)?(?:为|是)?:?\d")


# Fifteen digits, as issued until 1999: place, date of birth without the century, serial number
_OLD_IDENTITY = re.compile(
    r"(?<!\d)(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{4}(\d{6})\d{3}(?!\d)"
)


def _old_numbers(sentence: Sentence) -> Iterator[Finding]:
    """Numbers of fifteen digits have no check digit: only beside the words are they meant so."""
    if "身份证" not in sentence.bare:
        return
    for match in _OLD_IDENTITY.finditer(sentence.text):
        with suppress(ValueError):
            born = match[1]
            date(1900 + int(born[:2]), int(born[2:4]), int(born[4:]))
            yield Finding(
                f"出现15位身份证号码（{match[0][:3]}…{match[0][-2:]}）。",
                (quote_evidence(sentence, match[0]),),
            )


def is_identity_number(digits: str) -> bool:
    """Whether 18 characters are an identity number: a date that was, and the right check digit."""
    try:
        date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    total = sum(int(d) * w for d, w in zip(digits[:17], _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11] == digits[17].upper()


@rule("V102", "mobile-number", "warning")
def mobile_number(report: Report) -> Outcomes:
    """正文出现了手机号码。

    为什么: 手机号码多属个人信息；对外联系应公布办公电话。

    依据: 条例第十五条；个人信息保护法第四条、第十三条。

    反例::

        sections:
          6: 如有疑问请联系13900000000。

    正例::

        sections:
          6: 如有疑问请联系0599-0000000。

    处理: 换成办公电话；确系单位对外公布的工作手机可保留。
    """
    for sentence in sentences(report):
        for written, digits in _found(_MOBILE, sentence):
            yield Finding(
                f"出现手机号码{digits[:3]}****{digits[-4:]}。", (quote_evidence(sentence, written),)
            )


@rule("V103", "bank-card-number", "warning")
def bank_card_number(report: Report) -> Outcomes:
    """正文出现了银行卡号。

    为什么: 个人银行账户是敏感个人信息。

    依据: 条例第十五条；个人信息保护法第二十八条。

    反例::

        sections:
          6: 信息处理费缴入6222020000000000000。

    正例::

        sections:
          6: 信息处理费缴入同级国库。

    处理: 删去卡号；缴费渠道以收费通知为准。
    """
    for sentence in sentences(report):
        for written, digits in _found(_BANK_CARD, sentence):
            if _has_luhn_digit(digits):
                yield Finding(
                    f"出现银行卡号（尾号{digits[-4:]}）。", (quote_evidence(sentence, written),)
                )


def _has_luhn_digit(digits: str) -> bool:
    """ISO/IEC 7812: the last digit makes the weighted digit sum a multiple of ten."""
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


# Surnames that begin no common word after 申请人; 何 (何时), 任 (任何), 许 (许可) are left out.
_SURNAME = "[王李张刘陈杨黄赵吴周徐孙朱胡郭林罗郑梁谢宋唐韩冯邓曹彭萧董袁潘蒋蔡杜叶苏魏吕丁沈姚卢姜崔谭汪廖贾韦邹孟熊邱尹薛闫侯陶黎龚邵]"
_NAMED = re.compile(
    rf"(?:申请人|原告|投诉人|举报人|当事人)[:：]?(?P<name>{_SURNAME}[\u4e00-\u9fff某]{{1,2}}?)"
    r"(?=[,，。、；(（]|申请|不服|诉|提出|提起|向我|向本|要求)"
)
# （2023）鲁03行初12号
_CASE_NUMBER = re.compile(r"[（(〔\[]20\d{2}[）)〕\]][\u4e00-\u9fff]\d{0,6}行[初终申赔再]\w*?\d+号")


@rule("V104", "applicant-named", "warning")
def applicant_named(report: Report) -> Outcomes:
    """正文写出了申请人、原告的姓名，或附姓名的案号。

    为什么: 申请人姓名是个人信息，年报只需报告件数和结果。

    依据: 条例第十五条；个人信息保护法。

    反例::

        sections:
          1: 申请人王小禾申请公开征地批文，已予以公开。

    正例::

        sections:
          1: 申请人申请公开征地批文，已予以公开；申请人王某不服，提起行政复议。

    处理: 改为“某申请人”，案号确需保留的删去当事人姓名。
    """
    for sentence in sentences(report):
        for match in _NAMED.finditer(sentence.text):
            if "某" not in match["name"]:
                case = "及案号" if _CASE_NUMBER.search(sentence.text) else ""
                yield Finding(
                    f"写出了当事人姓名{case}（{match['name'][0]}某）。",
                    (quote_evidence(sentence, match[0]),),
                )


# zhangsan@163.com; an agency's own mailbox ends in gov.cn
_PRIVATE_MAILBOX = re.compile(
    r"[\w.+-]+@(?:qq|163|126|yeah|sina|sohu|139|189|gmail|hotmail|outlook|foxmail)\.(?:com|cn|net)",
    re.ASCII | re.IGNORECASE,
)


@rule("V105", "private-mailbox", "notice")
def private_mailbox(report: Report) -> Outcomes:
    """联系方式用了商业邮箱，可能是个人的。

    为什么: 个人邮箱属于个人信息，且人员变动后无人收信；受理渠道宜用机关邮箱。

    依据: 条例第十五条；个人信息保护法第四条。

    反例::

        sections:
          6: 联系邮箱：zhangsan1985@163.com。

    正例::

        sections:
          6: 联系邮箱：xxgk@qinghe.gov.cn。

    处理: 换成机关邮箱；确为机关公用的商业邮箱，可标为误报。
    """
    for sentence in sentences(report):
        for match in _PRIVATE_MAILBOX.finditer(sentence.text):
            yield Finding(
                f"“{match[0]}”是商业邮箱，请核实不是个人的。",
                (quote_evidence(sentence, match[0]),),
                actual=match[0],
            )
