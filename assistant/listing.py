"""What the library holds and what happened to each file, as the contract's JSON.

Knows the names of the fields in docs/contracts.md; reads only what the library gives out.
"""

from collections.abc import Mapping

from vectorstore.holdings import Entry, Ingested
from vectorstore.library import Library


def ingested_to_dict(item: Ingested) -> Mapping[str, object]:
    """What became of one file: its status, one sentence, and the report where there is one."""
    report = item.report
    return {
        "source": item.source,
        "status": item.status,
        "message": item.message,
        "report": report.id if report else None,
        "agency": report.agency if report else None,
        "year": report.year if report else None,
        "format": report.format if report else None,
        "warnings": len(report.warnings) if report else None,
    }


def entry_to_dict(entry: Entry) -> Mapping[str, object]:
    """One report of the library: what it is, where it came from, whether it is the current one."""
    return {
        "id": entry.id,
        "agency": entry.agency,
        "year": entry.year,
        "format": entry.format,
        "title": entry.title,
        "source": entry.source,
        "signed_on": entry.signed_on.isoformat() if entry.signed_on else None,
        "warnings": entry.warning_count,
        "edition": entry.edition,
        "current": entry.current,
        "added_at": entry.added_at.isoformat(),
    }


def library_to_dict(library: Library) -> Mapping[str, object]:
    """Everything the library holds: its folder, agencies, years, and an entry per report."""
    return {
        "folder": str(library.folder),
        "agencies": library.agencies(),
        "years": library.years(),
        "reports": [entry_to_dict(entry) for entry in library.entries()],
    }
