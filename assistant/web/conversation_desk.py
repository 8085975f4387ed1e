"""What the list of conversations does: begin anew, come back, name, search, remove, hand out.

Whose conversation it is, is asked of the request each time, never of the browser.
"""

import gradio as gr

from assistant.web.chat_desk import Desk, buttons
from assistant.web.conversation import Exchange
from assistant.web.conversation_files import (
    MARKDOWN,
    WORD,
    conversation_to_markdown,
    conversation_to_word,
)
from assistant.web.conversations import Conversations
from assistant.web.downloads import immediate_link
from assistant.web.errors import asked_wrongly, told
from assistant.web.people import current_user
from assistant.web.turn import Turn
from assistant.web.uploads import Uploads

# What a conversation that is opened gives between its name and the list of all.
_SHOWN = 11


class ConversationDesk:
    """The handlers of the list, beside the desk of the conversation that is shown."""

    def __init__(self, desk: Desk, conversations: Conversations, uploads: Uploads) -> None:
        self._desk = desk
        self._conversations = conversations
        self._uploads = uploads

    @told
    def begin(
        self, turn: Turn | None, name: str, wanted: str, request: gr.Request
    ) -> tuple[object, ...]:
        """An empty conversation in place of the one that is shown."""
        self._desk.abandon(turn, name, request)
        return None, "", *buttons(is_running=False), *self._desk.opened("", wanted, request)

    @told
    def choose(
        self, turn: Turn | None, name: str, wanted: str, request: gr.Request, event: gr.EventData
    ) -> tuple[object, ...]:
        """The conversation that was chosen in the list in place of the one that is shown."""
        self._desk.abandon(turn, name, request)
        chosen = str(event.conversation)
        return None, "", *buttons(is_running=False), *self._desk.opened(chosen, wanted, request)

    @told
    def resume(self, request: gr.Request, name: str) -> tuple[object, ...]:
        """The conversation that this browser held before its page was loaded again, if any.

        Without one nothing is touched: who is quick may have asked by then.
        """
        if name and self._conversations.find(current_user(request), name):
            return self._desk.opened(name, "", request, is_first=True)[1:]
        return *(gr.skip(),) * _SHOWN, *self._desk.listed("", "", request)

    @told
    def rename(
        self, name: str, title: str, wanted: str, request: gr.Request
    ) -> tuple[str, str, str]:
        """Gives the conversation that is shown another name; the list with it."""
        self._conversations.rename(current_user(request), _named(name), title)
        return self._desk.listed(name, wanted, request)

    @told
    def remove(
        self, turn: Turn | None, name: str, wanted: str, request: gr.Request
    ) -> tuple[object, ...]:
        """Removes the conversation that is shown, with what was uploaded into it; begins anew."""
        owner = current_user(request)
        if turn:
            turn.settle()
        if self._conversations.is_of(owner, _named(name)):
            self._uploads.remove(name)
            self._conversations.remove(owner, name)
        return gr.update(visible=False), *self.begin(None, "", wanted, request)

    @told
    def markdown(self, name: str, request: gr.Request) -> str:
        """A link to the conversation as Markdown."""
        title, exchanges = self._taken(name, request)
        content = conversation_to_markdown(title, exchanges)
        return immediate_link(f"{title}.md", MARKDOWN, content)

    @told
    def word(self, name: str, request: gr.Request) -> str:
        """A link to the conversation as a Word file."""
        title, exchanges = self._taken(name, request)
        return immediate_link(f"{title}.docx", WORD, conversation_to_word(title, exchanges))

    def _taken(self, name: str, request: gr.Request) -> tuple[str, list[Exchange]]:
        owner = current_user(request)
        exchanges = self._conversations.find(owner, _named(name))
        if not exchanges:
            raise asked_wrongly("这个对话里还没有问答，先提一个问题。", "没有可导出的内容")
        return self._conversations.title(owner, name), exchanges


def _named(name: str) -> str:
    if not name:
        raise asked_wrongly("还没有对话，先提一个问题。", "没有对话")
    return name
