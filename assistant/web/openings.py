"""What is drawn when the page is opened: parts of all tabs, in one event.

Gradio goes through the whole page before and after each event, and a page that opens with ten of
them is slow to take the first key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import gradio as gr
from gradio.components import Component

# A handler of Gradio's: what it takes and gives are the values of components.
Drawing = Callable[..., tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Opening:
    """What `draw` gives, from the request and the inputs, goes to the outputs."""

    draw: Drawing
    inputs: Sequence[Component]
    outputs: Sequence[object]


def connect_openings(page: gr.Blocks, openings: Sequence[Opening]) -> gr.events.Dependency:
    """Draws all of them when the page is opened; one that fails says so and leaves the others be."""

    def draw(request: gr.Request, *values: object) -> list[object]:
        drawn: list[object] = []
        given = list(values)
        for opening in openings:
            own, given = given[: len(opening.inputs)], given[len(opening.inputs) :]
            drawn.extend(_drawn(opening, request, own))
        return drawn

    return page.load(
        draw,
        [component for opening in openings for component in opening.inputs],
        [component for opening in openings for component in opening.outputs],
        queue=False,
        api_name=False,
        show_progress="hidden",
    )


def _drawn(opening: Opening, request: gr.Request, values: Sequence[object]) -> Sequence[object]:
    try:
        return opening.draw(request, *values)
    except gr.Error as error:
        gr.Warning(str(error.message), title=error.title)
        return [gr.skip()] * len(opening.outputs)
