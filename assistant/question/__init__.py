"""From a question in words to a `Query`: agencies, years, measures, operation, and what is unclear.

`understanding` puts the parts together; `vocabulary`, `ratios`, `text_words` and `agencies` are the
words people use, as data; `subject`, `years`, `measures`, `operations` and `kinds` each find one
part of a query. All of it is pure.
"""

from assistant.question.several import filtered, nested, separate
from assistant.question.understanding import understand

__all__ = ["filtered", "nested", "separate", "understand"]
