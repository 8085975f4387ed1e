"""The number of a page as it stands on a line of its own: 3, - 3 -, 第 3 页 共 5 页, 3/5.

Knows how page numbers look, not where pages end: a line of nothing but a number may as well be a
cell of a table, one that is marked as a page number is none.
"""

import re

_MARKS = "[-—–－―─·~]"
_IN_WORDS = r"第\s*\d{1,3}\s*页(?:\s*[,，/(（]?\s*共\s*\d{1,3}\s*页\s*[)）]?)?"
_MARKED = re.compile(rf"\s*(?:{_IN_WORDS}|{_MARKS}+\s*\d{{1,3}}\s*{_MARKS}+)\s*")
_NUMBER = re.compile(
    rf"\s*(?:{_IN_WORDS}|{_MARKS}*\s*\d{{1,3}}\s*(?:/\s*\d{{1,3}}\s*)?{_MARKS}*)\s*"
)


def is_page_number(line: str) -> bool:
    """Whether a line may be the number of a page; a bare number may be.

    >>> is_page_number("— 3 —"), is_page_number("3"), is_page_number("3件")
    (True, True, False)
    """
    return _NUMBER.fullmatch(line) is not None


def is_marked_page_number(line: str) -> bool:
    """Whether a line is the number of a page and nothing else.

    >>> is_marked_page_number("— 3 —"), is_marked_page_number("3"), is_marked_page_number("-3")
    (True, False, False)
    """
    return _MARKED.fullmatch(line) is not None
