"""占全部办结多少, after a number was given: the share that the number asked about before has. Pure."""

import re

from assistant.query import Query

_SHARE_OF = re.compile("^(?:那么?|它们?|这些|其|又|[,，])*占(?!比|地|用|据)")


# 市政府占几成, after the sum of all
_PART = re.compile("占(?=了?(?:几成|多少|百分之|几分之))")


def with_its_part(question: str, before: Query | None) -> str:
    """The question with the measure of the one before named as the part, where it names only a whole."""
    if before and before.operation == "sum" and len(before.agencies) != 1:
        question = _PART.sub("占合计的", question)
    match = _SHARE_OF.search(question)
    if match is None or before is None or before.kind != "lookup" or len(before.measures) != 1:
        return question
    return f"{before.measures[0].name}占{question[match.end() :]}"
