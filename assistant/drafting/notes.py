"""The writer's own bullet points → sentences, each with the part of the report it belongs to.

The words stay the writer's; only bullets, a missing full stop, half-width commas and 今年/去年 are
put right. The invariant: every number of a note's sentence is bound to the note, letter for letter.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from assistant.drafting.prose import Origin, Prose, joined, number_prose, quoted

Head: TypeAlias = Literal[
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

# -  *  •  1.  （2）  三、  ①
_BULLET = re.compile(
    r"^\s*(?:[-*•·●▪◆■]+|\d{1,2}[.、\uff0e)）](?!\d)|[（(][\d一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]+、|[①-⑳])\s*"
)
# A line that only names the part which the next ones belong to: ## 监督保障   （五）监督保障：
_HEADING = re.compile(r"^\s*#*\s*(?P<name>[^，。；,;\d]{2,20}?)\s*[:：]?\s*$")
# 培训：举办两期  问题：目录更新慢
_LABEL = re.compile(r"^(?P<name>[\u4e00-\u9fff]{2,10})[:：]\s*(?=\S)")
_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff）”》])[,;:](?=\S)")
_FULL_WIDTH = {",": "，", ";": "；", ":": "："}
_END_MARKS = "。！？；…"

# Words that tell where a note belongs, the most telling first.
_WORDS: tuple[tuple[Head, re.Pattern[str]], ...] = (
    ("fee", re.compile(r"处理费")),
    ("remedied", re.compile(r"上年(?:度)?(?:的|提出的|存在的|查出的)?[^，。]{0,12}问题|已整改|整改完成")),
    # 上年个别栏目更新不及时，今年逐月巡查
    ("remedied", re.compile(r"^(?:上年|去年)度?[^，。]*(?:不够|不及时|不规范|不到位|不足|滞后|薄弱|欠缺|偏少|偏慢)[^。]*(?:今年|本年|已)")),
    ("problem", re.compile(r"^(?:存在)?(?:的)?(?:主要)?(?:问题|不足)|不够|不足|滞后|有待|薄弱|欠缺|不及时|偏少|偏慢|不规范")),
    ("measure", re.compile(r"^(?:改进|措施|下一步|打算|明年)|下一步|今后|将(?!军)|拟(?=[\u4e00-\u9fff])")),
    ("duties", re.compile(r"社会评议|责任追究|追责|问责|工作考核|考核")),
    ("other", re.compile(r"建议|提案|工作要点|创新|其他(?:需要)?(?:报告)?事项|重大事项")),
    ("assurance", re.compile(r"培训|监督|检查|保障|人员|经费|领导小组|专人|督查|测评|监督员")),
    ("requests", re.compile(r"依申请|公开申请|申请人|答复|复议|诉讼|结转")),
    ("management", re.compile(r"审核|审查|目录|管理|清理|规范性文件|台账|保密|校对|归档|制度")),
    ("platforms", re.compile(r"平台|网站栏目|专栏|公众号|新媒体|微博|客户端|查阅点|公报|网站改版|栏目")),
    ("proactive", re.compile(r"公开|发布|解读|回应|信息|推送|发稿|网站")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """One bullet point: as written, as a sentence, and where it belongs.

    `is_placed` is false where no word told where it belongs.
    """

    text: str
    sentence: str
    head: Head
    is_placed: bool = True

    @property
    def origin(self) -> Origin:
        """The note as the origin of its numbers."""
        return Origin("notes", quote=self.text)

    def prose(self, year: int) -> Prose:
        """The sentence with its numbers bound; 今年 becomes the year of the report."""
        # After a digit the year would read as one number with it.
        sentence = re.sub(r"(?<=[\d.,])今年", "本年度", self.sentence.replace("去年", "上年"))
        written = number_prose(year, Origin("year", year=year)) + "年"
        pieces = [quoted(piece, self.origin) for piece in sentence.split("今年")]
        return joined((pieces[0], *(written + piece for piece in pieces[1:])))


def read_notes(text: str) -> tuple[Note, ...]:
    """The notes in order; a line that only names a part says where the following ones belong."""
    return tuple(_notes(text))


def _notes(text: str) -> Iterator[Note]:
    current: Head | None = None
    for line in text.splitlines():
        bare = _BULLET.sub("", line).strip()
        if not bare:
            continue
        heading = _HEADING.match(bare) if _is_heading(line, bare) else None
        if heading:
            current = _head_of(heading["name"])
            continue
        yield _note(bare, current)


def _is_heading(line: str, bare: str) -> bool:
    """Whether a line names a part: marked as a heading, or ending in a colon."""
    is_marked = line.lstrip().startswith("#") or bool(re.match(r"\s*[（(一二三四五六]", line))
    return bare.endswith((":", "：")) or (is_marked and bare[-1] not in _END_MARKS)


def _note(bare: str, current: Head | None) -> Note:
    label = _LABEL.match(bare)
    labelled = _head_of(label["name"]) if label else None
    body = bare[label.end() :] if label and labelled else bare
    head = labelled or _head_of(body) if current is None else (labelled or current)
    return Note(bare, _sentence(body), head or "general", is_placed=head is not None)


def _head_of(text: str) -> Head | None:
    return next((head for head, words in _WORDS if words.search(text)), None)


def _sentence(body: str) -> str:
    text = _HALF_WIDTH.sub(lambda match: _FULL_WIDTH[match[0]], body.strip())
    return text if text[-1] in _END_MARKS else f"{text.rstrip('，、：.')}。"
