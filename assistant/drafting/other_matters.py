"""Section six: the fee statement, what the writer noted, what the place customarily reports.

The invariant: that no fee was collected is said only where the tables show it, since the processing
fee is part of 行政事业性收费, or where the writer noted it.
"""

import re

from assistant.drafting.overview import Material
from assistant.drafting.problem_phrases import CUSTOMARY, OTHER_MATTERS
from assistant.drafting.prose import Prose, joined, placeholder
from ingest.forms import FIRST_YEAR_OF_2021_FORM
from ingest.report import Concept

# 未收取信息处理费: told in the words of the section
_NONE = re.compile(
    r"(?:全年|本年度?|今年|我[局委办厅镇乡县区市省])*(?:没有|未|无)(?:收取|发生|产生)?(?:政府信息公开)?信息处理费。"
)
_FEES = Concept("proactive", "fees", "amount")
_UNPAID = Concept("requests", "other.fee_unpaid", "total")
_HANDLED = (
    Concept("requests", "new", "total"),
    Concept("requests", "carried_in", "total"),
)


def other_matters(material: Material) -> Prose:
    """Section six, a paragraph a matter."""
    fee, noted = _fee(material), material.noted("other")
    said = "".join(paragraph.text for paragraph in (*fee, *noted))
    customs = [placeholder(what) + "。" for what in missing_customs(material, said)]
    # Whether there is anything else, or nothing, only the writer can say.
    rest = [] if noted or customs else [material.say(OTHER_MATTERS, "anything_else")]
    return joined((*fee, *noted, *customs, *rest), "\n")


def missing_customs(material: Material, said: str) -> tuple[str, ...]:
    """What last year's section six reported and this year's text does not speak of."""
    last_year = material.facts.last_year
    section = last_year.section(6) if last_year else None
    if section is None:
        return ()
    return tuple(
        what
        for pattern, what in CUSTOMARY.values()
        if re.search(pattern, section.text) and not re.search(pattern, said)
    )


def _fee(material: Material) -> list[Prose]:
    facts = material.facts
    noted = [note for note in material.noted("fee") if not _NONE.fullmatch(note.text)]
    if noted or facts.year < FIRST_YEAR_OF_2021_FORM:
        return noted
    is_noted = any(note.head == "fee" for note in material.notes)
    if facts.number(_FEES) != 0 and not is_noted:
        return [material.say(OTHER_MATTERS, "fee.unknown")]
    if facts.number(_UNPAID):
        return [material.say(OTHER_MATTERS, "fee.unpaid", unpaid=facts.say(_UNPAID))]
    idle = all(facts.number(concept) == 0 for concept in _HANDLED)
    return [material.say(OTHER_MATTERS, "fee.none_no_requests" if idle else "fee.none")]
