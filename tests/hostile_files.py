"""Files that hang, crash or fill up the programs that read them, made on the spot.

Each function returns the bytes of one file; the name says what is wrong with it.
"""

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BODY = "word/document.xml"


# --- Word -----------------------------------------------------------------------------------------


def docx(body: str, parts: Mapping[str, str] | None = None, head: str = "") -> bytes:
    """A DOCX with `body` inside `w:body`, other members as given, and `head` before the root."""
    document = f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return zipped({_BODY: document, **(parts or {})})


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx_with_a_swollen_member() -> bytes:
    return docx("<w:p/>" + " " * 60 * 1024 * 1024)


def docx_with_100000_members() -> bytes:
    names = {f"word/media/{i}.bin": b"" for i in range(100_000)}
    return zipped({_BODY: "", **names})


def docx_with_external_entity() -> bytes:
    head = '<!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    return docx("<w:p><w:r><w:t>&secret;</w:t></w:r></w:p>", head=head)


def docx_with_billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    head = f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'
    return docx("<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>", head=head)


def docx_with_deep_tables() -> bytes:
    depth = 3_000
    return docx("<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth)


def docx_with_a_million_cells() -> bytes:
    cell = "<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
    return docx("<w:tbl>" + ("<w:tr>" + cell * 100 + "</w:tr>") * 6_000 + "</w:tbl>")


# --- Web pages ------------------------------------------------------------------------------------


def webpage_100000_deep(inside: str, after: str = "") -> bytes:
    return ("<html><body>" + "<div>" * 100_000 + inside + "</div>" * 100_000 + after).encode()


def webpage_with_100000_rows() -> bytes:
    return ("<table>" + "<tr><td>甲</td><td>1</td><td>2</td></tr>" * 100_000 + "</table>").encode()


def webpage_with_deep_tables() -> bytes:
    return ("<table><tr><td>甲" * 20_000).encode()


# --- PDF ------------------------------------------------------------------------------------------


def pdf(objects: Iterable[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first must be the catalogue."""
    data = b"%PDF-1.7\n"
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(offsets) + 1, start)
    return data + trailer


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def _page(
    content: bytes,
    resources: bytes = b"<<>>",
    others: Iterable[bytes] = (),
    size: bytes = b"0 0 595 842",
) -> bytes:
    """A PDF of one page with this content stream (object 4) and more objects from 5 on."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources %s>>"
            % (size, resources),
            content,
            *others,
        ]
    )


def pdf_with_nested_forms() -> bytes:
    """Eight levels of form objects, each drawing the next ten times."""
    levels = 8
    forms = []
    for level in range(levels):
        draw = b"/F Do " * 10 if level < levels - 1 else b"0 0 m 1 1 l S "
        below = b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level)
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + below
        forms.append(_stream(draw, entries))
    return _page(_stream(b"/F Do " * 10), b"<</XObject<</F 5 0 R>>>>", forms)


def pdf_with_800_crossing_lines() -> bytes:
    font = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    places = [5 * n for n in range(1, 401)]
    lines = b"".join(b"%d 0 m %d 2010 l S 0 %d m 2010 %d l S\n" % (n, n, n, n) for n in places)
    text = b"BT /F1 9 Tf 1000 1000 Td (1) Tj ET"
    return _page(_stream(b"0.1 w\n" + lines + text), font, size=b"0 0 2010 2010")


def pdf_that_inflates_to_a_gigabyte() -> bytes:
    block = b"\n" * (16 * 1024 * 1024)
    packer = zlib.compressobj()
    packed = b"".join(packer.compress(block) for _ in range(64)) + packer.flush()
    twice = zlib.compress(packed)
    return _page(_stream(twice, b"/Filter[/FlateDecode/FlateDecode]"))


def pdf_without_text() -> bytes:
    """A page that holds one grey picture and nothing else, as a scanner makes it."""
    image = _stream(
        bytes([128] * 100),
        b"/Type/XObject/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8",
    )
    draw = b"q 595 0 0 842 0 0 cm /I Do Q"
    return _page(_stream(draw), b"<</XObject<</I 5 0 R>>>>", [image])


def pdf_without_letters() -> bytes:
    """A page in a font that says how its glyphs look and not which letters they are."""
    font = (
        b"<</Font<</F1<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts["
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/FontDescriptor"
        b"<</Type/FontDescriptor/FontName/X/Flags 4/Ascent 800/Descent -200>>"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>>>>>"
    )
    return _page(_stream(b"BT /F1 12 Tf 72 700 Td <001100120013001400150016> Tj ET"), font)


def pdf_of_lines(
    pages: Iterable[Iterable[str]], *, password: str | None = None, font: str = "STSong-Light"
) -> bytes:
    """A plain PDF with these lines on its pages; `password` is asked for when it is opened."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    lock = None
    if password is not None:
        lock = StandardEncryption(password, ownerPassword="owner", strength=128)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, encrypt=lock, invariant=1)
    for lines in pages:
        canvas.setFont(font, 11)
        for number, line in enumerate(lines):
            canvas.drawString(72, 770 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()
