"""The writer's own bullet points → sentences, each with the part of the report it belongs to.

The words stay the writer's; only bullets, a missing full stop, half-width commas and 今年/去年 are
put right. The invariant: every number of a note's sentence is bound to the note, letter for letter.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from assistant.drafting.note_heads import Head, head_named, head_telling, head_told
from assistant.drafting.note_lines import bare_lines
from assistant.drafting.prose import NUMBERS, Origin, Prose, joined, number_prose, quoted

# A line that only names the part which the next ones belong to: ## 监督保障   （五）监督保障：
_HEADING = re.compile(r"^\s*#*\s*(?P<name>[^，。；,;\d]{2,20}?)\s*[:：]?\s*$")
# 问题：目录更新慢   公众号：青禾发布
_LABEL = re.compile(r"^(?P<name>[\u4e00-\u9fff]{2,10})[:：]\s*(?=\S)")
_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff）”》])[,;:](?=\S)")
_FULL_WIDTH = {",": "，", ";": "；", ":": "："}
# 公告 14 份: official texts have no space there
_SPACE = re.compile(r"(?<=[\u4e00-\u9fff])[ \t]+(?=\d)|(?<=\d)[ \t]+(?=[\u4e00-\u9fff])")
# 邮箱 a@b.cn
_CONTACT = re.compile(r"((?:联系人|电话|地址|传真|邮箱|邮编|网址))[ \t]+")
_END_MARKS = "。！？…"
# "园区通"  '数据服务'
_QUOTED = re.compile(r"""(["'])([^"'“”]{1,30})\1""")
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")
# 一是…；二是…
_ITEM = re.compile(r"(?:[，。；：:;]\s*|^)(?=[一二三四五六七八九]是)")
# What speaks of the note before it.
_GOES_ON = re.compile(r"^(?:其中|同比|较上年|比上年|与上年相比|此外|同时|以上|上述|合计|共计)")
_LISTED: frozenset[Head] = frozenset({"problem", "measure"})
# Fewer characters without a number are a word to be written about, no sentence.
LEAST_CHARACTERS = 5


# Of the heads that are not of section one.
_SECTIONS: Mapping[Head, int] = MappingProxyType(
    {"contact": 0, "problem": 5, "measure": 5, "remedied": 5, "fee": 6, "other": 6}
)


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
    def section(self) -> int:
        """The section that the note goes into."""
        return _SECTIONS.get(self.head, 1)

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
    is_marked = False
    before: Note | None = None
    for line, bare in bare_lines(text):
        heading = _heading(line, bare)
        if heading:
            current = head_named(heading) or head_told(heading)
            is_marked = heading != bare
            continue
        if current and not is_marked and head_telling(bare) not in (None, current):
            current = None  # A bare word holds for as long as nothing else is told.
        for note in _of_line(bare, current):
            before = _following(note, before)
            yield before


def _heading(line: str, bare: str) -> str:
    """The name in a line that names a part: marked as a heading, ending in a colon, or nothing else."""
    match = _HEADING.match(bare)
    if not match:
        return ""
    is_marked = line.lstrip().startswith("#") or bool(re.match(r"\s*[（(一二三四五六]", line))
    is_heading = bare.endswith((":", "：")) or (is_marked and bare[-1] not in _END_MARKS)
    return match["name"] if is_heading or head_named(match["name"]) else ""


def _of_line(bare: str, current: Head | None) -> Iterator[Note]:
    """The notes of a line: its sentences, or the items of a list that it holds."""
    label = _LABEL.match(bare)
    named = head_named(label["name"]) if label else None
    # 上年度问题 stays before what became of it: else it would read as this year's.
    body = bare[label.end() :] if label and named and named != "remedied" else bare
    told = named or (head_told(label["name"]) if label else None) or current
    head = told or head_told(body)
    if head in _LISTED and _ITEM.search(body):
        pieces = [piece.strip() for piece in _ITEM.split(body)]
    elif told:
        pieces = [body]
    else:
        pieces = [match[0].strip() for match in _SENTENCE.finditer(body)]
    for piece in filter(None, pieces):
        # The note is quoted as it was written, its label too.
        yield _note(bare if len(pieces) == 1 else piece, piece, told or head_told(piece))


def _note(text: str, body: str, head: Head | None) -> Note:
    return Note(text, _sentence(body, head), head or "general", is_placed=head is not None)


def _following(note: Note, before: Note | None) -> Note:
    """同比增加92条 belongs where the note before it does; the writer is asked all the same."""
    if before is None or not _GOES_ON.match(note.sentence):
        return note
    return replace(note, head=before.head, is_placed=False)


def _sentence(body: str, head: Head | None) -> str:
    spaced = _CONTACT.sub(r"\1：", body.strip()) if head == "contact" else body.strip()
    quoted_well = _QUOTED.sub(r"“\2”", _SPACE.sub("", spaced))
    text = _HALF_WIDTH.sub(lambda match: _FULL_WIDTH[match[0]], quoted_well)
    if len(text) < LEAST_CHARACTERS and head != "contact" and not NUMBERS.search(text):
        return _to_be_written(text.rstrip("，、：；.。！？"), head)
    return text if text[-1] in _END_MARKS else f"{text.rstrip('，、：；,.:;')}。"


def _to_be_written(word: str, head: Head | None) -> str:
    """A word noted alone says what is to be told, not what there is to tell."""
    if head in _LISTED:
        return f"{word}，【请补充：{'具体情形' if head == 'problem' else '具体做法'}】。"
    return f"【请补充：{word}的具体情况】。"
