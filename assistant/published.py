"""The published texts that rule the form, a place in one of them, and a term explained from them.

Types and names only: `assistant.definitions` and `assistant.form_terms` are the terms. A quote is
the wording of the published text; where only the content is certain, a source has no quote.
"""

from dataclasses import dataclass

from ingest.report import Number

REGULATIONS = "《中华人民共和国政府信息公开条例》（国务院令第711号）"
FORM_2021_NOTICE = (
    "《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》"
    "（国办公开办函〔2021〕30号）"
)
FORM_2019_NOTICE = (
    "《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》"
    "（国办公开办函〔2019〕60号）"
)
FEES = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a published text; `quote` is its wording, "" where only the content is given."""

    name: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """A term under all the names it is asked by, and what it means.

    `names` mean the term wherever they stand in a question that asks for an explanation; `labels`
    stand in questions of every sort, and mean it only where nothing else is asked (什么是规章).
    `vague` mean it where no other term is named (几天内).
    `values` are numbers of the explanation that stand in no quote, as (number, unit).
    """

    names: tuple[str, ...]
    text: str
    sources: tuple[Source, ...]
    values: tuple[tuple[Number, str], ...] = ()
    labels: tuple[str, ...] = ()
    vague: tuple[str, ...] = ()


def article(number: str, quote: str = "") -> Source:
    """An article of the regulations, numbered as they number it (三十六)."""
    return Source(f"{REGULATIONS}第{number}条", quote)
