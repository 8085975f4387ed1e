"""Every word that is sent to a language model, one Markdown file each.

A prompt file opens with a head between two `---` lines that states its purpose and its variables;
below stands the text, in which `{name}` is a variable and nothing else uses braces. What is put
into a variable is text, never a template: a value that contains `{question}` stays as it is.

Knows nothing of models, questions or reports.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
_FENCE = "---\n"
_VARIABLE = re.compile(r"\{([a-z_]+)\}")  # {question}


@dataclass(frozen=True, slots=True)
class Prompt:
    """A text to send to a model, with the variables that it must be given."""

    name: str
    purpose: str
    variables: tuple[str, ...]
    text: str

    def __post_init__(self) -> None:
        used = set(_VARIABLE.findall(self.text))
        if used != set(self.variables):
            raise ValueError(
                f"prompt {self.name}: the head names {sorted(self.variables)}, "
                f"the text uses {sorted(used)}"
            )
        if set("{}") & set(_VARIABLE.sub("", self.text)):
            raise ValueError(f"prompt {self.name}: a brace that is no variable")

    def render(self, **values: str) -> str:
        """The text with each variable replaced by its value, in one pass.

        Raises KeyError when a variable is missing or one is given that the prompt does not have.
        """
        if set(values) != set(self.variables):
            raise KeyError(
                f"prompt {self.name} takes {sorted(self.variables)}, was given {sorted(values)}"
            )
        return _VARIABLE.sub(lambda match: values[match.group(1)], self.text)


def names() -> tuple[str, ...]:
    """The names of all prompts, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.md")))


def load(name: str) -> Prompt:
    """The prompt of that name.

    Raises KeyError when there is none, ValueError when its head and its text disagree.
    """
    path = FOLDER / f"{name}.md"
    if name not in names():
        raise KeyError(f"no prompt {name!r}; there are {', '.join(names())}")
    return parse_prompt(name, path.read_text("utf-8"))


def parse_prompt(name: str, source: str) -> Prompt:
    """The prompt written in `source`; raises ValueError when its head cannot be understood."""
    parts = source.split(_FENCE, 2)
    if len(parts) != 3 or parts[0]:
        raise ValueError(f"prompt {name}: the head must stand between two '---' lines")
    head = dict(_head_line(name, line) for line in parts[1].splitlines())
    if set(head) != {"purpose", "variables"}:
        raise ValueError(f"prompt {name}: the head must have purpose and variables, nothing else")
    variables = tuple(v.strip() for v in head["variables"].split(",") if v.strip())
    return Prompt(name, head["purpose"], variables, parts[2].strip())


def _head_line(name: str, line: str) -> tuple[str, str]:
    key, colon, value = line.partition(":")
    if not colon or not value.strip():
        raise ValueError(f"prompt {name}: not a head line: {line!r}")
    return key.strip(), value.strip()
