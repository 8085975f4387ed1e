"""What stands beside a draft as HTML: whether it can be published, and each suggestion to act on.

Pure and escaping.
"""

from collections.abc import Mapping
from html import escape

from assistant.answer import Citation
from assistant.drafting.draft import Draft
from assistant.drafting.revision import Revision
from assistant.drafting.suggestions import Kind, Suggestion
from assistant.render import SECTION_WORDS, SEVERITY_WORDS, place_to_text
from assistant.rules.texts import clipped

# In the order in which they are shown: what is wrong, what is lacking, what could be better.
KIND_WORDS: Mapping[Kind, str] = {
    "input": "材料有疑",
    "mandatory": "必备内容",
    "placeholder": "待补充",
    "check": "核查",
    "last_year": "上年的问题",
    "numbers": "数据反映的问题",
    "stale": "沿用上年",
    "vague": "写得空泛",
    "peer": "同行做法",
    "model": "润色",
}
_LONGEST_QUOTE = 160  # characters
_TOLD = 120  # characters of a quote that a suggestion repeats
MOST_CITED = 3


def verdict_to_html(draft: Draft) -> str:
    """Whether the draft could be published as it stands, and what stands in the way."""
    verdict = draft.verdict
    if verdict is None:
        return ""
    tags = "".join(
        f"<span class='nb-tag nb-tag-{name}'>{word} {verdict.count(name)}</span>"
        for name, word in SEVERITY_WORDS.items()
    )
    lacking = f"<span class='nb-tag nb-tag-warning'>待补充 {len(verdict.lacking)}</span>"
    date = "" if draft.signed_on else "<span class='nb-tag nb-tag-warning'>没有成文日期</span>"
    good = verdict.is_publishable and draft.signed_on
    said = (
        "<b class='nb-good'>可以公布：没有待补充之处，核查没有错误和警告。</b>"
        if good
        else "<b class='nb-bad'>还不能公布</b>"
    )
    numbers = (
        f"<span class='nb-note'>正文 {len(draft.numbers)} 个数，个个有出处（点数字查看）</span>"
    )
    return f"<div class='nb-verdict'>{said}{'' if good else lacking + date}{tags}{numbers}</div>"


def suggestions_to_html(draft: Draft, revision: Revision) -> str:
    """The suggestions that were neither accepted nor set aside, by kind, each with its buttons."""
    shown = [s for s in draft.suggestions if s.key not in revision.dismissed]
    hidden = len(draft.suggestions) - len(shown)
    groups = "".join(
        _group(word, [s for s in shown if s.kind == kind]) for kind, word in KIND_WORDS.items()
    )
    again = (
        f"<p class='nb-note'>已忽略 {hidden} 条 <button type='button' class='nb-copy' data-act='reopen'>"
        "都显示出来</button></p>"
        if hidden
        else ""
    )
    return groups + again or "<p class='nb-good'>没有别的建议了。</p>"


def _group(word: str, suggestions: list[Suggestion]) -> str:
    if not suggestions:
        return ""
    cards = "".join(map(_card, suggestions))
    return f"<details class='nbd-group' open><summary>{word} {len(suggestions)}</summary>{cards}</details>"


def _named(citation: Citation) -> str:
    """Whose report is cited; the tables of the form are the writer's own."""
    if citation.source == "填表" or not citation.agency:
        return "本年数据" if citation.source == "填表" else citation.source
    return f"{citation.agency}{citation.year or ''}年"


def _card(suggestion: Suggestion) -> str:
    said = suggestion.text + suggestion.why
    citations = "".join(_citation(each, said) for each in suggestion.citations[:MOST_CITED])
    return (
        f"<article class='nb-card nbd-card' data-key='{escape(suggestion.key)}'>"
        f"<p><span class='nb-tag'>{SECTION_WORDS[suggestion.section]}</span> {escape(suggestion.text)}</p>"
        f"<p class='nb-note'>{escape(suggestion.why)}</p>{citations}{_actions(suggestion)}</article>"
    )


def _citation(citation: Citation, said: str) -> str:
    """Where it stands, with the words unless the suggestion itself quotes them."""
    if citation.report is None:
        head = citation.source
    else:
        head = f"{_named(citation)}　{place_to_text(citation.place)}"
    quote = citation.place.quote or ""
    shown = quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE]}……"
    is_new = quote and clipped(quote, _TOLD) not in said and quote not in said
    body = f"<blockquote class='nb-quote'>{escape(shown)}</blockquote>" if is_new else ""
    return f"<p class='nb-note nbd-cited'>依据：{escape(head)}</p>{body}"


def _actions(suggestion: Suggestion) -> str:
    dismiss = "<button type='button' class='nb-copy' data-act='dismiss'>忽略</button>"
    if suggestion.kind == "placeholder":
        return (
            "<div class='nbd-supply'><input aria-label='要填写的内容' placeholder='填写后写入正文'>"
            f"<button type='button' class='nb-copy' data-act='supply'>填入</button>{dismiss}</div>"
        )
    if not suggestion.insertions:
        return f"<div>{dismiss}</div>"
    fields = "".join(
        f"<textarea rows='2' data-part='{insertion.part}' aria-label='写入正文的话'>"
        f"{escape(insertion.prose.text)}</textarea>"
        for insertion in suggestion.insertions
    )
    accept = "<button type='button' class='nb-copy' data-act='accept'>采纳，写入正文</button>"
    return f"{fields}<div>{accept}{dismiss}</div>"
