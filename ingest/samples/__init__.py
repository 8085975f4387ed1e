"""Invented sample reports (样例年报) in every format, to fill an empty library on first start.

The city, its bodies and every number are made up; one report holds mistakes on purpose. What each
document says stands in tests/samples.toml, from which they are written.
"""

from pathlib import Path

_SUFFIXES = frozenset({".txt", ".md", ".html", ".docx", ".pdf"})


def paths() -> list[Path]:
    """The sample documents, sorted by name."""
    folder = Path(__file__).parent
    return sorted(path for path in folder.iterdir() if path.suffix in _SUFFIXES)
