"""A question about whether a report is right → what the rule catalogue says to it.

Which rules a question means is data (`SUBJECTS`). A finding is told in the rule's own words with
its evidence cited; where nothing was found, what was checked is said, and for 表三 the balance is
shown with its numbers. What could not be decided is never told as right.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.answer import (
    Answer,
    Citation,
    Statement,
    Value,
    answer_evidence,
    count_in_words,
    document_texts,
)
from assistant.checking.check import check
from assistant.grounding import numbers_in
from assistant.inventory import current_entries, refuse
from assistant.query import Query
from assistant.rules import RULES, Check, Evidence, Finding
from ingest.report import Concept, ParseWarning, Place, Report
from vectorstore.holdings import Entry
from vectorstore.library import Library

# Checking a report takes some tenths of a second: of more reports, the questioner names one.
MOST_REPORTS = 12
# Which of many are wrong is asked of more, since only those are told.
MOST_LOOKED_THROUGH = 60
MOST_FINDINGS = 8
# A side of a finding that is longer is a sentence, not a value.
LONGEST_VALUE_CHARACTERS = 30


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question asks to be checked: `rules` are rule ids, or letters of whole families."""

    name: str
    words: re.Pattern[str]
    rules: tuple[str, ...]

    @property
    def about(self) -> str:
        """The subject as a phrase, "" for everything."""
        return f"{self.name}方面" if self.name else ""

    def includes(self, rule: str) -> bool:
        """Whether a rule bears on the subject; every rule does when it names none."""
        return not self.rules or rule.startswith(self.rules)

    def of(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings of its rules."""
        return [finding for finding in findings if self.includes(finding.rule)]


def _subject(name: str, words: str, rules: str) -> Subject:
    return Subject(name, re.compile(words), tuple(rules.split()))


SUBJECTS: tuple[Subject, ...] = (
    _subject("单元格", "哪一?个?(?:单元)?格", "P R D"),
    _subject("错字", "错字|错别字|笔误|打错|表头", "W103 W102"),
    _subject("标点", "标点|书名号|引号|括号", "W104 W105 W106"),
    _subject("残留格式和占位文字", "残留|占位|星号|格式符|乱码", "W101 W102"),
    _subject("雷同", "雷同|照抄|抄袭|重复去年|和去年一样", "Y106 Y107 Y108"),
    _subject(
        "单位",
        "错单位|单位(?:名称?)?(?:写|填|用)?错|别的单位|其他单位|别的局|另一个单位|别人|写成|串了|张冠李戴",
        "I104 I105 I106",
    ),
    _subject("落款", "落款|签署|日期|署名", "I103 I104 S111"),
    _subject("年度", "年份|年度(?:对|错|一致|不)|哪一年的", "I101 I102 I112"),
    _subject("引用", "文号|引用|过期|废止|依据对", "I107 I108 I109"),
    _subject("个人信息", "身份证|隐私|手机号|个人信息", "V"),
    _subject("正文与表格", "文表|正文.*表|文字.*表|表.*正文|(?<!前后)一致", "N"),
    _subject("数字一致", "前后一致|前后矛盾|自相矛盾|数(?:字|据).{0,4}一致", "N R P D Y"),
    _subject("表二", "表二|表2", "P"),
    _subject("表四", "表四|表4", "D"),
    _subject(
        "表三勾稽",
        "勾稽|平衡|平不平|[三3表]不平|不平[?？。]?$|三平|[三3]平|平吗|平了吗|平没平",
        "R101 R102 R103 R104 R105 R109",
    ),
    _subject("表三", "表三|表3", "R"),
    _subject("分项与合计", "分项|对得上|加起来|其中|加总|合计对", "N"),
    _subject("结构", "缺|漏|少了|没写|不全|完整|齐全|六个部分", "S"),
    _subject("跨年衔接", "衔接|上年.*结转.*对|跨年|和去年", "Y"),
)
_TABLE = re.compile("表([二三四234])")
_IN_WORDS = {"2": "二", "3": "三", "4": "四"}
_ORDER = ("表二", "表三", "表四")
EVERYTHING = Subject("", re.compile(""), ())
_ASKS_WHICH = re.compile(
    "哪些(?:单位|报告|年报|部门|局)|哪[几一]?[份家个]|谁|(?:不平|有错|有误|有问题)的(?:有|是)?哪"
)
_ASKS_REASON = re.compile("为什么|为何|为啥|凭什么|什么原因|依据|规定")
_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2}")
_BALANCE = ("new", "carried_in", "total", "carried_over")


def answer_check(query: Query, library: Library) -> Answer:
    """What the rules say of the reports asked about, one after another."""
    entries = [entry for entry in current_entries(library) if _is_meant(query, entry)]
    if not entries:
        return _refused(query, library, "资料库没有要核查的这份年报。")
    subject = question_to_subject(query.question)
    asks_which = len(entries) > 1 and bool(_ASKS_WHICH.search(query.question))
    if len(entries) > (MOST_LOOKED_THROUGH if asks_which else MOST_REPORTS):
        return _refused(query, library, "年报较多，请指明要核查哪个单位、哪个年度。")
    telling = _Telling(query.question, only_wrong=asks_which)
    for entry in entries:
        report = library.report(entry.id)
        telling.tell(report, check(report, library), subject)
    return _with_count(telling, len(entries), subject) if asks_which else telling.to_answer()


def _with_count(telling: "_Telling", checked: int, subject: Subject) -> Answer:
    """The reports found wrong, with how many were looked through and how many only need polish."""
    looked = f"查了{count_in_words(checked)}份年报，"
    if not telling.statements:
        opening = f"{looked}{subject.about}没有发现问题。"
    else:
        wrong = len(dict.fromkeys(telling.wrong))
        opening = f"{looked}{subject.about}有错误或疑点的有{count_in_words(wrong)}份：\n"
    answer = telling.to_answer()
    answer = replace(answer, statements=(Statement(opening), *answer.statements))
    if not telling.polished:
        return answer
    more = count_in_words(telling.polished)
    return answer.with_lines(f"\n另有{more}份没有错误，只有写法上的提示，指明单位再问可以看到。")


def _is_meant(query: Query, entry: Entry) -> bool:
    return (not query.agencies or entry.agency in query.agencies) and (
        not query.years or entry.year in query.years
    )


def _refused(query: Query, library: Library, sentence: str) -> Answer:
    return refuse(query.question, sentence, library, method="check", agencies=query.agencies)


def question_to_subject(question: str) -> Subject:
    """The subject that a question is about; everything when it names none.

    Several tables named (表三平吗，表四呢) are one subject of all their rules.
    """
    if len(tables := dict.fromkeys(_TABLE.findall(question))) > 1:
        of_tables = [s for s in SUBJECTS if s.name in (f"表{_IN_WORDS.get(t, t)}" for t in tables)]
        return Subject(
            "、".join(s.name for s in sorted(of_tables, key=lambda s: _ORDER.index(s.name))),
            re.compile(""),
            tuple(rule for s in of_tables for rule in s.rules),
        )
    return next((s for s in SUBJECTS if s.words.search(question)), EVERYTHING)


@dataclass
class _Telling:
    """The answer while it is being put together; `only_wrong` passes over reports without fault."""

    question: str
    only_wrong: bool = False
    statements: list[Statement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    polished: int = 0

    def tell(self, report: Report, result: Check, subject: Subject) -> None:
        """Tell what the rules of a subject say of one report."""
        findings = _worth_telling(_on_the_number_asked(self.question, subject.of(result.findings)))
        if self.only_wrong and all(finding.severity == "notice" for finding in findings):
            self.polished += bool(findings)
            findings = ()
        slips = _label_slips(report) if subject.rules and subject.includes("W103") else ()
        whose = f"{report.agency}{report.year}年年报{subject.about}"
        if findings or slips:
            self.wrong.append(report.id)
            count = count_in_words(len(findings) + len(slips))
            self._say(f"{whose}有{count}处需要核对：", report, _title(report))
            self._tell_wrong(report, findings, slips)
        elif not self.only_wrong:
            self._tell_right(report, result, subject, whose)

    def _tell_wrong(
        self, report: Report, findings: Sequence[Finding], slips: Sequence[ParseWarning]
    ) -> None:
        for slip in slips:
            self._say(f"{slip.message}。", report, (slip.place,), reckoned=True)
        for finding in findings[:MOST_FINDINGS]:
            self._tell_finding(report, finding)
        if len(findings) > MOST_FINDINGS:
            more = count_in_words(len(findings) - MOST_FINDINGS)
            self._say(f"另有{more}处，见“核查”。", report, ())

    def _tell_right(self, report: Report, result: Check, subject: Subject, whose: str) -> None:
        """Nothing was found: what was checked, and what could not be decided."""
        undecided = [u for u in result.undecided if subject.includes(u.rule)]
        if undecided:
            self._say(f"{whose}没有发现问题，但有的无法判断：", report, _title(report))
        else:
            passed = [r for r, v in result.verdicts.items() if v == "pass" and subject.includes(r)]
            count = count_in_words(len(passed))
            self._say(f"{whose}没有发现问题，{count}条规则均通过。", report, _title(report))
        for reason in undecided:
            self._say(reason.message, report, _places(report, reason.evidence), reckoned=True)
        if subject.includes("R102") and result.verdicts.get("R102") == "pass":
            self._show_balance(report)

    def _tell_finding(self, report: Report, finding: Finding) -> None:
        for side in (finding.actual, finding.expected):
            if side is not None and len(str(side)) <= LONGEST_VALUE_CHARACTERS:
                self.values.append(Value(side, "", report.agency, report.year))
        advice = f"建议：{finding.suggestion}" if finding.suggestion else ""
        text = f"{finding.message}{advice}{self._reason(finding)}"
        self._say(text, report, _places(report, finding.evidence), reckoned=True)

    def _reason(self, finding: Finding) -> str:
        """Why it is wrong and by what, where the question asks so."""
        if not _ASKS_REASON.search(self.question):
            return ""
        page = RULES[finding.rule].page
        return f"理由：{page.why}依据：{page.basis}"

    def _show_balance(self, report: Report) -> None:
        cells = {row: report.cell(Concept("requests", row, "total")) for row in _BALANCE}
        numbers = {row: cell.value for row, cell in cells.items() if cell.value is not None}
        if len(numbers) < len(cells):
            return
        self.values += (Value(n, "件", report.agency, report.year) for n in numbers.values())
        self._say(
            "总计列：本年新收{new}＋上年结转{carried_in}＝办理结果总计{total}＋结转下年度{carried_over}，"
            "其余各列也平衡。".format(**numbers),
            report,
            (
                replace(cell.place, table="requests", row=row, column="total")
                for row, cell in cells.items()
            ),
        )

    def _say(
        self, text: str, report: Report, places: Iterable[Place], *, reckoned: bool = False
    ) -> None:
        """Add a statement on these places; `reckoned` numbers are a rule's own arithmetic."""
        first = len(self.citations)
        self.citations += (
            Citation(report.id, report.agency, report.year, place)
            for place in dict.fromkeys(places)
        )
        own_line = "\n" if self.statements else ""
        indices = tuple(range(first, len(self.citations)))
        self.statements.append(Statement(f"{own_line}{text}", indices))
        if reckoned:
            self.values += _unsaid(text, self.to_answer())

    def to_answer(self) -> Answer:
        """What has been told so far."""
        return Answer(
            self.question, tuple(self.statements), "answered", "check",
            tuple(self.values), tuple(self.citations),
        )  # fmt: skip


def _title(report: Report) -> tuple[Place]:
    """The report as a whole: its title, or the heading it begins with where it has none."""
    if report.title or not report.sections:
        return (Place(quote=report.title),)
    first = report.sections[0]
    return (Place(page=first.page, line=first.line, section=first.number, quote=first.heading),)


def _label_slips(report: Report) -> tuple[ParseWarning, ...]:
    """Labels of tables that the parser could only infer: misprints, most often."""
    return tuple(warning for warning in report.warnings if warning.code == "label-inferred")


def _worth_telling(findings: Sequence[Finding]) -> Sequence[Finding]:
    """The errors and warnings; advice only where there is nothing graver."""
    grave = [finding for finding in findings if finding.severity != "notice"]
    return grave or findings


def _on_the_number_asked(question: str, findings: Sequence[Finding]) -> Sequence[Finding]:
    """The findings that speak of a number of the question (56条), all when none does."""
    asked = {n.value for n in numbers_in(question) if n.unit != "年"}
    about = [f for f in findings if asked & {n.value for n in numbers_in(f.message)}]
    return about or findings


def _places(report: Report, evidence: Iterable[Evidence]) -> Iterator[Place]:
    """The places in this report; one in another is told in the finding's words.

    A rule may word what it read (a date); only words of the document itself are quoted.
    """
    texts = tuple(document_texts(report))
    for place in (e.place for e in evidence if e.report in (None, report.id)):
        quote = place.quote
        stands = quote is None or any(quote in text for text in texts)
        yield place if stands else replace(place, quote=None)


def _unsaid(text: str, answer: Answer) -> Iterator[Value]:
    """What a rule's message reckons and nothing states yet: dates, sums and differences."""
    evidence = answer_evidence(answer)
    for day in dict.fromkeys(_DATE.findall(text)):
        if not evidence.digits_are_grounded(day):
            evidence.add_text(day)
            yield Value(day)
    for number in numbers_in(text):
        if not evidence.admits(number):
            whole = number.value == int(number.value)
            yield Value(int(number.value) if whole else float(number.value), number.unit)
