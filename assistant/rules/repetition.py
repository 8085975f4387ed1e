"""Rules on what a report says twice in the same words."""

from assistant.rules.rule import Finding, Outcomes, rule
from assistant.rules.texts import Sentence, clipped, quote_evidence, sentences
from ingest.report import Report

# Shorter sentences recur by chance: 本年度没有发生。
LEAST_CHARACTERS = 18


@rule("W112", "sentence-repeated", "notice")
def sentence_repeated(report: Report) -> Outcomes:
    """同一句话在文中出现了两次。

    为什么: 整句重复多是粘贴时没有删净，或开头与结尾各写了一遍联系方式。

    依据: 国办公开办函〔2021〕30号“发布内容准确”的要求。

    反例::

        preamble: 如对本报告有疑问，请与青禾区数据管理局办公室联系，电话0599-2345678。
        sections:
          6: 本年度未收取信息处理费。如对本报告有疑问，请与青禾区数据管理局办公室联系，电话0599-2345678。

    正例::

        preamble: 如对本报告有疑问，请与青禾区数据管理局办公室联系，电话0599-2345678。
        sections:
          6: 本年度未收取信息处理费。

    处理: 保留一处，删去重复的句子。
    """
    seen: dict[str, Sentence] = {}
    for sentence in sentences(report):
        # A bracket that one of the two lacks makes them no less the same.
        words = "".join(character for character in sentence.bare if character.isalnum())
        if len(words) < LEAST_CHARACTERS:
            continue
        first = seen.setdefault(words, sentence)
        if first is not sentence:
            yield Finding(
                f"这句话前面已有：{clipped(sentence.text)}",
                (quote_evidence(sentence), quote_evidence(first)),
            )
