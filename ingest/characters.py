"""Bytes → text, and text → the form in which two labels can be compared.

Knows encodings and look-alike characters; nothing of reports. What people see is always the text
letter for letter: `for_matching` is only for comparing.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# CJK Radicals Supplement (U+2E81–U+2EF3) → the ideograph that each looks like, in code order:
# PDF fonts put them into text layers (⺠ for 民). Source: Unicode 14, EquivalentUnifiedIdeograph.
# Kangxi radicals and compatibility ideographs need no table: NFKC maps them.
_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻"
    "⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳"
)
_IDEOGRAPHS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿"
    "肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_LOOK_ALIKES = str.maketrans(_RADICALS, _IDEOGRAPHS)
_ANY_RADICAL = re.compile(f"[{_RADICALS[0]}-{_RADICALS[-1]}]")
# Zero-width, bidi and format marks, every space, control characters and variation selectors.
_IGNORED = re.compile("[\\s\u00ad\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\ufe00-\ufe0f\ufeff]")
_ANY_FORMAT = frozenset({"Cc", "Cf", "Cn", "Co", "Zl", "Zp", "Zs"})

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Pages and editors say gb2312 or gbk and mean whatever Windows wrote: GB18030 holds them all.
_GB = re.compile(
    r"(?:x-)?(?:gb[-_]?2312(?:-80)?|gbk|gb[-_]?18030|cp936|ms936|euc-cn|chinese)", re.I
)
# Words that stand in every report: text that holds one was decoded rightly.
_TELLTALES = ("政府", "公开", "信息", "年度", "报告", "申请")
# What GB18030 gives for the UTF-8 replacement character, and UTF-8 read as Latin-1.
_MOJIBAKE = re.compile("锟斤拷|烫烫烫|(?:[\u00c0-\u00ff][\u0080-\u00bf\u2018-\u203a]{1,2}){4}")
# More undecodable characters than this share and nothing that was read can be relied on.
LOST_SHARE = 0.02


def for_matching(text: str) -> str:
    """The text as it is compared: no spaces, no invisible marks, look-alikes and widths unified.

    >>> for_matching("（ 一 ） ⺠政"), for_matching("结 果 维 持")
    ('(一)民政', '结果维持')
    """
    if len(text) <= _LABEL_LENGTH:
        return _folded_label(text)
    return _folded_paragraph(text) if len(text) <= _PARAGRAPH_LENGTH else _folded(text)


def _folded(text: str) -> str:
    if _ANY_RADICAL.search(text):
        text = text.translate(_LOOK_ALIKES)
    plain = unicodedata.normalize("NFKC", text)
    visible = _IGNORED.sub("", plain)
    if visible.isascii():
        return visible
    # What is printable is of none of the invisible categories, and spaces are gone already.
    if not visible.isprintable():
        visible = "".join(character for character in visible if not _is_invisible(character))
    if len(visible) == len(plain) or unicodedata.is_normalized("NFKC", visible):
        return visible
    return unicodedata.normalize("NFKC", visible)


# A half-width comma, semicolon, colon or bracket with Chinese on its left or right.
_HALF_WIDTH_SIGN = re.compile(r"[\u4e00-\u9fff][,;:()]|[,;:()][\u4e00-\u9fff]")


def half_width_signs(text: str) -> int:
    """How many half-width punctuation marks stand beside Chinese characters.

    >>> half_width_signs("(区分处理的, 只计这一情形）"), half_width_signs("3,000件（1）")
    (2, 0)
    """
    return 0 if text.isascii() else len(_HALF_WIDTH_SIGN.findall(text))


# The same labels are compared in every document, a paragraph by each step that reads this one.
_LABEL_LENGTH = 40
_PARAGRAPH_LENGTH = 2000
_folded_label = lru_cache(maxsize=8192)(_folded)
_folded_paragraph = lru_cache(maxsize=256)(_folded)


@lru_cache(maxsize=8192)
def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _ANY_FORMAT


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text from bytes. `lost` counts undecodable characters; `guessed` marks a weak guess."""

    text: str
    encoding: str
    lost: int = 0
    guessed: bool = False

    @property
    def is_garbled(self) -> bool:
        """Whether so much was lost, or decoded wrongly before, that nothing can be relied on."""
        if _MOJIBAKE.search(self.text) and not _is_telling(self.text):
            return True
        return self.lost > max(3, len(self.text) * LOST_SHARE)


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of `data`; a byte order mark comes first, then what is valid, then `declared`.

    UTF-8 that is valid throughout is UTF-8 whatever was declared; a declared gb2312 or gbk is
    read as GB18030. Never raises: what cannot be decoded becomes U+FFFD and is counted.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lossy(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data, declared)
    return Decoded(text, "utf-8", text.count("\ufffd"))


def _not_utf8(data: bytes, declared: str | None) -> Decoded:
    known = _known_encoding(declared)
    candidates = [known] if known else ["gb18030", "utf-8"]
    decoded = min((_lossy(data, name) for name in candidates), key=_implausibility)
    guessed = known is None and not _is_telling(decoded.text)
    return Decoded(decoded.text, decoded.encoding, decoded.lost, guessed)


def _implausibility(decoded: Decoded) -> tuple[bool, int]:
    return not _is_telling(decoded.text), decoded.lost


def _is_telling(text: str) -> bool:
    return any(word in text for word in _TELLTALES)


def _known_encoding(declared: str | None) -> str | None:
    """The declared encoding under Python's name; None when it is unknown or plainly wrong."""
    name = (declared or "").strip().lower()
    if not name or name.startswith("utf"):
        return None
    if _GB.fullmatch(name):
        return "gb18030"
    try:
        "一".encode(name)
    except (LookupError, UnicodeEncodeError):
        return None  # servers put iso-8859-1 on everything, and no Chinese can be written in it
    return name


def _lossy(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding.removesuffix("-sig"), text.count("\ufffd"))
