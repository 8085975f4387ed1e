"""The legend of a chart: the colours of its series and, under the picture, their names.

Pure. The plot's own legend stands in one line and is cut where the picture ends, on a phone after
four names; this one wraps, and is read aloud.
"""

from collections.abc import Iterable, Mapping
from html import escape
from itertools import cycle
from typing import Final

# Told apart in both schemes and by people who do not see red and green alike (Okabe and Ito), then
# lighter and darker ones for pictures with many series.
COLOURS: Final = (
    "#0072B2", "#56B4E9", "#D55E00", "#E69F00", "#CC79A7", "#7F7F7F",
    "#009E73", "#B8A800", "#7B4FA3", "#8C564B", "#17A2A2", "#A33B4F",
)  # fmt: skip


def names_to_colours(names: Iterable[str]) -> Mapping[str, str]:
    """A colour for each name in its order; they begin anew when there are no more."""
    return dict(zip(dict.fromkeys(names), cycle(COLOURS), strict=False))


def legend_to_html(colours: Mapping[str, str]) -> str:
    """The names beside their colours."""
    entries = "".join(
        f"<li><i style='background:{colour}'></i>{escape(name)}</li>"
        for name, colour in colours.items()
    )
    return f"<ul class='nb-legend' aria-label='图例'>{entries}</ul>"
