"""Whether a font says of its digits what they look like, as far as that shows without drawing them.

A PDF says twice which letter a code is: by how it is drawn (the font's own order or encoding) and,
for copying, by a map to Unicode. Where the two differ on a digit, the text layer reads another
number than the page shows. The invariant: a font that merely numbers its glyphs anew is believed.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from pdfminer.pdffont import (
    PDFCIDFont,
    PDFFont,
    PDFSimpleFont,
    PDFType3Font,
    PDFUnicodeNotDefined,
)

_DIGITS = "0123456789"
_PROGRAMS = ("FontFile", "FontFile2", "FontFile3")
# So many digits in their order are no accident: the font keeps the order of its glyphs.
_IN_ORDER = 5


def is_misnamed(font: PDFFont, codes: Collection[int]) -> bool:
    """Whether the digits among these codes of a font are drawn as other digits, or may be."""
    digits = dict(_digits(font, codes))
    if len(set(digits.values())) < len(digits):
        return True
    if isinstance(font, PDFCIDFont):
        return _is_out_of_order(digits)
    return isinstance(font, PDFSimpleFont) and _is_encoded_otherwise(font, digits)


def is_brought_along(font: PDFFont) -> bool:
    """Whether the shapes of a font's glyphs are in the file, so that they may be any."""
    return isinstance(font, PDFType3Font) or any(name in font.descriptor for name in _PROGRAMS)


def keeps_order(font: PDFFont, codes: Collection[int]) -> bool:
    """Whether the digits among these codes follow one another, so that one speaks for all."""
    return len({code - digit for code, digit in _digits(font, codes)}) <= 1


def _digits(font: PDFFont, codes: Collection[int]) -> Iterator[tuple[int, int]]:
    for code in codes:
        try:
            text = font.to_unichr(code)
        except PDFUnicodeNotDefined:
            continue
        if len(text) == 1 and text in _DIGITS:
            yield code, int(text)


def _is_out_of_order(digits: Mapping[int, int]) -> bool:
    """Whether most digits follow one another as glyphs, and another stands in the place of one."""
    if not digits:
        return False
    (first, count), *_ = Counter(code - digit for code, digit in digits.items()).most_common(1)
    if count < _IN_ORDER:
        return False
    return any(0 <= code - first <= 9 and code - first != digit for code, digit in digits.items())


def _is_encoded_otherwise(font: PDFSimpleFont, digits: Mapping[int, int]) -> bool:
    if font.unicode_map is None:
        return False
    encoded = {code: font.cid2unicode.get(code, "") for code in digits}
    same = [encoded[code] == str(digit) for code, digit in digits.items()]
    is_embedded = is_brought_along(font)
    other = any(encoded[c] in set(_DIGITS) - {str(digit)} for c, digit in digits.items())
    return other and (any(same) or not is_embedded)
