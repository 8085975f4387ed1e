"""The fields of the tab 起草 beside the tables: what was typed in them, as the desk takes it.

Pure. The invariant: a field that was left alone on this page is not written over what another page
saved into it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.drafting.preamble import Profile
from assistant.drafting.workbook import Workbook
from ingest.errors import NianbaoError

LONGEST_NOTES = 20_000  # characters; a whole report has a tenth of that
# 2026-01-20  2026年1月20日  2026/1/20
_DAY = re.compile(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?")


@dataclass(frozen=True, slots=True)
class Fields:
    """What stands in the fields of the tab beside the tables."""

    agency: str
    year: int
    signed_on: str
    notes: str
    address: str
    phone: str
    email: str
    website: str
    platforms: str

    def on(self, workbook: Workbook, since: "Fields | None" = None) -> Workbook:
        """The workbook with what was changed in the fields `since`, or with all that stands in them.

        What another page saved into a field that this page left alone stays. Raises NianbaoError for
        a day that is none.
        """
        old = since or _UNTOUCHED
        changed = replace(
            workbook,
            agency=self.agency.strip() if self.agency != old.agency else workbook.agency,
            year=self.year if self.year != old.year else workbook.year,
            signed_on=(
                text_to_day(self.signed_on)
                if self.signed_on != old.signed_on
                else workbook.signed_on
            ),
            profile=self.profile if self.profile != old.profile else workbook.profile,
        )
        return (
            changed.with_notes(self.notes[:LONGEST_NOTES]) if self.notes != old.notes else changed
        )

    @classmethod
    def of(cls, book: Workbook) -> "Fields":
        """The fields as they show a saved draft."""
        profile = book.profile
        return cls(
            book.agency,
            book.year,
            book.signed_on.isoformat() if book.signed_on else "",
            book.notes,
            profile.address,
            profile.phone,
            profile.email,
            profile.website,
            "、".join(profile.platforms),
        )

    @property
    def profile(self) -> Profile:
        """The agency's profile; platforms stand on lines, or apart by 、."""
        names = [name.strip() for name in re.split(r"[、\n，,;；]", self.platforms)]
        return Profile(
            self.address.strip(),
            self.phone.strip(),
            self.email.strip(),
            self.website.strip(),
            tuple(filter(None, names)),
        )


# As a new draft begins: nothing is typed, the year is always told.
_UNTOUCHED = Fields("", 0, *[""] * 7)


def fields_of(values: Sequence[object]) -> Fields:
    """The fields from the values of their components."""
    agency, year, *rest = values
    number = int(year) if isinstance(year, int | float) else 0
    return Fields(str(agency or ""), number, *(str(text or "") for text in rest))


def text_to_day(text: str) -> date | None:
    """The day that was typed, None for nothing; raises NianbaoError for anything else."""
    if not text.strip():
        return None
    match = _DAY.fullmatch(text.strip())
    try:
        return date(*map(int, match.groups())) if match else _refuse_day(text)
    except ValueError:
        return _refuse_day(text)


def _refuse_day(text: str) -> date:
    raise NianbaoError(f"成文日期“{text[:20]}”不是日期，请写成 2026-01-20 这样，或者留空。")
