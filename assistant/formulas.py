"""Which texts a spreadsheet would run as a formula, and how they are kept from it.

Pure; the one place that knows (OWASP, CSV injection).
"""

# What spreadsheets take for the beginning of a formula; the full-width sign too, after conversion.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula; a file that types its cells quotes it."""
    return text.startswith(_STARTS)


def defused(value: object) -> object:
    """For CSV, which types nothing: the text behind an apostrophe; anything but text as it is."""
    return f"'{value}" if isinstance(value, str) and starts_formula(value) else value
