"""What of a PDF page's letters can be seen, noted while the page is interpreted.

pdfminer takes a page apart and forgets in which mode a letter was printed, what it was clipped to,
how faint it is and whether its layer is switched off. Here each letter keeps that: its
`graphicstate` is a `Sight`. Only this module knows how pdfminer goes through a page.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pdfplumber.page
from pdfminer.converter import PDFPageAggregator
from pdfminer.pdffont import PDFCIDFont, PDFFont
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter
from pdfminer.pdftypes import dict_value, list_value, resolve1, stream_value
from pdfminer.psparser import literal_name
from pdfminer.utils import apply_matrix_pt
from pdfplumber.utils.exceptions import PdfminerException

from ingest.readers.pdf_fonts import is_brought_along, is_misnamed, keeps_order
from ingest.report import Box

# "3 Tr": letters neither filled nor stroked; 7 only clips. Recognised text is laid under pictures so.
_UNSEEN_MODES = frozenset({3, 7})
_OUTLINES_ONLY = 1
# "2 Tr": filled and outlined; the outlines of hollow letters show on the paper that fills them.
_OUTLINED_MODES = frozenset({2, 6})
# Where pdfminer hands on the code of a letter, after its matrix and font.
_CODE = 3
_FAINTEST = 0.05
# Spaces whose numbers are light, or the four inks of every printer.
_PLAIN_SPACES = frozenset(
    {"DeviceGray", "DeviceRGB", "DeviceCMYK", "CalGray", "CalRGB", "ICCBased", "Pattern"}
)
# Spaces whose numbers are how much ink is laid on: 1 is what 0 is elsewhere.
_INKS = frozenset({"Separation", "DeviceN"})
_WHITE_OF_LAB = 100.0
# Maps from Unicode to the letters of a font that no file brings along: UniGB-UCS2-H.
_UNICODE_MAP = "UCS2"
_UNICODE_BYTES = 2
_DIGIT_CODE = re.compile(rb"\0[0-9]|\xff[\x10-\x19]")
_PLAIN_BLENDS = frozenset({"Normal", "Compatible"})


class Sight(PDFGraphicState):
    """A graphics state that also says what can be seen.

    `clip` is what is drawn is cut to, in pdfminer's own coordinates, None where it is not cut.
    `font` is that of the letters of a string.
    `is_faint` says that letters filled so cannot be seen, `is_sheer` that what is under them can, as `is_blended` does of colours that are mixed.
    """

    clip: Box | None = None
    is_faint = False
    is_sheer = False
    is_blended = False
    is_unseen = False
    is_outlined = False
    font: PDFFont | None = None

    def copy(self) -> "Sight":
        """The same, to be changed apart."""
        kept = Sight()
        kept.__dict__.update(self.__dict__)
        return kept


@dataclass(frozen=True, slots=True)
class Look:
    """What was noted of a page: the state in which each shape and picture was drawn.

    The key is the `id` of its item in `page.layout`. `is_misnamed` says that a font of the page may
    show other digits than its text reads; `fonts` names those that the file brings along, with
    whether one of their digits speaks for all.
    """

    sights: Mapping[int, Sight]
    is_misnamed: bool
    fonts: Mapping[PDFFont, bool]


def look_at(page: pdfplumber.page.Page) -> Look:
    """Take a page apart, so that `page.layout` holds letters that know whether they can be seen.

    Raises PdfminerException for whatever pdfminer raises on a damaged page, as pdfplumber does.
    """
    device = _Device(page.pdf.rsrcmgr, pageno=page.page_number, laparams=page.pdf.laparams)
    interpreter = _Interpreter(device, _switched_off(page))
    try:
        interpreter.process_page(page.page_obj)
    except Exception as error:
        raise PdfminerException(error) from error
    page._layout = device.get_result()
    misnamed = device.drops_signs or any(is_misnamed(f, codes) for f, codes in device.codes.items())
    fonts = {
        font: keeps_order(font, codes)
        for font, codes in device.codes.items()
        if is_brought_along(font)
    }
    return Look(device.sights, misnamed, fonts)


def _switched_off(page: pdfplumber.page.Page) -> frozenset[int]:
    """The object numbers of the layers that are not shown when the file is opened."""
    layers = resolve1(page.pdf.doc.catalog.get("OCProperties"))
    shown_first = resolve1(layers.get("D")) if isinstance(layers, dict) else None
    off = resolve1(shown_first.get("OFF")) if isinstance(shown_first, dict) else None
    listed = off if isinstance(off, list) else []
    return frozenset(layer.objid for layer in listed if hasattr(layer, "objid"))


class _Device(PDFPageAggregator):
    """Notes of each string whether it is printed invisibly."""

    is_off = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.sights: dict[int, Sight] = {}
        self.codes: dict[PDFFont, set[int]] = defaultdict(set)
        # Whether letters beside digits are shown that pdfminer leaves out.
        self.drops_signs = False

    # The state in which an image is drawn, which pdfminer does not hand on.
    state = Sight()

    def render_string(self, textstate: Any, seq: Any, ncs: Any, graphicstate: Any) -> None:
        unseen = textstate.render in _UNSEEN_MODES or graphicstate.is_faint or self.is_off
        graphicstate.is_unseen = unseen
        graphicstate.font = textstate.font
        graphicstate.is_outlined = textstate.render in _OUTLINED_MODES
        if textstate.render == _OUTLINES_ONLY:
            graphicstate.ncolor = graphicstate.scolor
        self.drops_signs = self.drops_signs or _drops_sign(textstate.font, seq)
        super().render_string(textstate, seq, ncs, graphicstate)

    def render_char(self, matrix: Any, font: Any, *arguments: Any) -> float:
        self.codes[font].add(arguments[_CODE])
        return super().render_char(matrix, font, *arguments)

    def paint_path(self, gstate: Any, *arguments: Any) -> None:
        before = len(self.cur_item._objs)
        super().paint_path(gstate, *arguments)
        for item in self.cur_item._objs[before:]:
            self.sights[id(item)] = gstate.copy()

    def render_image(self, name: str, stream: Any) -> None:
        super().render_image(name, stream)
        if self.cur_item._objs:
            self.sights[id(self.cur_item._objs[-1])] = self.state


class _Interpreter(PDFPageInterpreter):
    """Keeps account of clipping paths, of transparency and of layers that are switched off."""

    def __init__(self, device: _Device, switched_off: frozenset[int]) -> None:
        super().__init__(device.rsrcmgr, device)
        self._shows = device
        self._switched_off = switched_off
        # For each marked part that is open, whether it belongs to a layer that is switched off.
        self._marked: tuple[bool, ...] = ()
        # What a form object is drawn with: the sight of the page at that place.
        self._inherited: Sight | None = None

    def dup(self) -> "_Interpreter":
        """An interpreter for a form object, which is drawn within what its page is clipped to."""
        inner = _Interpreter(self._shows, self._switched_off)
        inner._marked = self._marked
        inner._inherited = self._sight.copy()
        return inner

    @property
    def _sight(self) -> Sight:
        assert isinstance(self.graphicstate, Sight)
        return self.graphicstate

    def init_state(self, ctm: Any) -> None:
        super().init_state(ctm)
        self.graphicstate = self._inherited.copy() if self._inherited else Sight()

    def execute(self, streams: Sequence[object]) -> None:
        box = resolve1(stream_value(streams[0]).get("BBox")) if streams else None
        if self._inherited and isinstance(box, list) and len(box) == 4:
            left, bottom, right, top = (float(resolve1(side)) for side in box)
            corners = ((left, bottom), (left, top), (right, bottom), (right, top))
            self._clip_to([apply_matrix_pt(self.ctm, corner) for corner in corners])
        super().execute(streams)
        self._shows.is_off = any(self._marked)

    def do_Do(self, xobjid_arg: Any) -> None:  # noqa: N802
        """Draw an object, unless its layer is switched off."""
        found = resolve1(self.xobjmap.get(literal_name(xobjid_arg)))
        before = self._marked
        self._shows.state = self._sight.copy()
        if self._switched_off and hasattr(found, "get"):
            self._mark(found.get("OC"))
        super().do_Do(xobjid_arg)
        self._marked = before
        self._shows.is_off = any(before)

    def do_W(self) -> None:  # noqa: N802
        """Clip to the path; curves are taken for their box, so that too little is cut."""
        points = [(float(x), float(y)) for x, y in _points(self.curpath)]
        if points:
            self._clip_to([apply_matrix_pt(self.ctm, point) for point in points])

    do_W_a = do_W  # noqa: N815

    def _clip_to(self, points: Sequence[tuple[float, float]]) -> None:
        across, up = zip(*points, strict=True)
        box = (min(across), min(up), max(across), max(up))
        clip = self._sight.clip
        if clip:
            box = (
                max(box[0], clip[0]),
                max(box[1], clip[1]),
                min(box[2], clip[2]),
                min(box[3], clip[3]),
            )
        self._sight.clip = box

    def do_cs(self, name: Any) -> None:
        """Choose a colour space, which begins with black, or with the whole of its ink."""
        super().do_cs(name)
        self._sight.ncolor = 0.0

    def do_scn(self) -> None:
        """Choose a colour, told as the gray or colour that is seen where pdfminer hands on inks."""
        space = self._sight.ncs
        given = self.argstack[-space.ncomponents :]
        super().do_scn()
        if space.name not in _PLAIN_SPACES:
            self._sight.ncolor = _seen(space.name, given)

    def do_gs(self, name: Any) -> None:
        """Take over how faint what follows is filled."""
        states = dict_value(self.resources.get("ExtGState", {}))
        state = resolve1(states.get(literal_name(name)))
        if not isinstance(state, dict):
            return
        if isinstance(alpha := resolve1(state.get("ca")), int | float):
            self._sight.is_faint = alpha <= _FAINTEST
            self._sight.is_sheer = alpha < 1
        if "BM" in state:
            self._sight.is_blended = literal_name(resolve1(state["BM"])) not in _PLAIN_BLENDS

    def do_BMC(self, tag: Any) -> None:  # noqa: N802
        self._mark(None)
        super().do_BMC(tag)

    def do_BDC(self, tag: Any, props: Any) -> None:  # noqa: N802
        layer = None
        if self._switched_off and literal_name(tag) == "OC":
            properties = dict_value(self.resources.get("Properties", {}))
            layer = properties.get(literal_name(props))
        self._mark(layer)
        super().do_BDC(tag, props)

    def do_EMC(self) -> None:  # noqa: N802
        self._marked = self._marked[:-1]
        self._shows.is_off = any(self._marked)
        super().do_EMC()

    def _mark(self, layer: object) -> None:
        """Begin a part that belongs to this layer, None where it belongs to no layer."""
        content = resolve1(layer)
        members: object = content.get("OCGs") if isinstance(content, dict) else None
        several = list_value(members) if isinstance(resolve1(members), list) else [members]
        numbers = {getattr(one, "objid", None) for one in chain([layer], several)}
        self._marked = (*self._marked, bool(numbers & self._switched_off))
        self._shows.is_off = any(self._marked)


def _drops_sign(font: PDFFont, strings: Sequence[object]) -> bool:
    """Whether pdfminer leaves out a letter of a string with digits: −133 would be read as 133.

    It knows of no letter for some codes of the maps that take Unicode as it is; viewers show them.
    """
    name = font.cmap.attrs.get("CMapName") if isinstance(font, PDFCIDFont) else None
    if not isinstance(name, str) or _UNICODE_MAP not in name:
        return False
    return any(
        not chr(int.from_bytes(code, "big")).isspace()
        for string in strings
        if isinstance(string, bytes) and _DIGIT_CODE.search(string)
        for code in _unknown_codes(font, string)
    )


def _unknown_codes(font: PDFFont, string: bytes) -> Iterator[bytes]:
    """The codes of a string for which pdfminer knows no letter."""
    if len(list(font.decode(string))) * _UNICODE_BYTES < len(string):
        codes = (string[i : i + _UNICODE_BYTES] for i in range(0, len(string), _UNICODE_BYTES))
        yield from (code for code in codes if not list(font.decode(code)))


def _seen(space: str, given: Sequence[Any]) -> Any:
    """A colour as the gray that is about as dark, None where that is not known."""
    values = [value for value in given if isinstance(value, int | float)]
    if not values or len(values) < len(given):
        return None
    if space in _INKS:
        return 1.0 - max(values)
    return values[0] / _WHITE_OF_LAB if space == "Lab" else None


def _points(path: Sequence[Any]) -> list[tuple[Any, Any]]:
    """The points of a path's segments, those that bend it included."""
    return [
        (segment[place], segment[place + 1])
        for segment in path
        for place in range(1, len(segment) - 1, 2)
    ]
