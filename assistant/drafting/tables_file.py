"""The file that a writer names for tables: a report of any kind, its JSON, or an Excel file."""

from pathlib import Path

from assistant.drafting.spreadsheet_tables import xlsx_to_tables
from assistant.opening import open_report
from assistant.settings import Settings
from ingest.errors import UnreadableFile, os_reason
from ingest.report import Report

SUFFIXES = (".xlsx", ".xlsm", ".json")
"""What is read here beside the files that a report can be."""
_EXCEL = frozenset({".xlsx", ".xlsm"})


def open_tables(path: Path, settings: Settings) -> Report:
    """The report, or the tables alone, in the file.

    Raises what parsing raises, and UnreadableFile for a file that is too large or cannot be opened.
    """
    if path.suffix.lower() not in _EXCEL:
        return open_report(path, settings)
    try:
        if path.stat().st_size > settings.max_megabytes * 1024 * 1024:
            raise UnreadableFile(
                f"《{path.name}》超过 {settings.max_megabytes} MB，没有读取。请只保留三张法定表格。"
            )
        return xlsx_to_tables(path.read_bytes(), path.name)
    except OSError as error:
        raise UnreadableFile(
            f"《{path.name}》打不开（{os_reason(error)}）。请检查路径和权限。"
        ) from error
