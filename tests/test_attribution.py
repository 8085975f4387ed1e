import pytest

from assistant.answer import Citation
from assistant.attribution import is_attributed
from assistant.inventory import library_to_known
from assistant.question import understand
from assistant.retrieval import retrieve
from ingest.report import Place
from tests.bookcase import Bookcase, written_report
from tests.scripted_model import ScriptedModel

WATER, SPORT = "云溪县水务局", "云溪县体育局"


def passage(agency: str, year: int, quote: str) -> Citation:
    return Citation(f"{agency}{year}", agency, year, Place(section=1, quote=quote))


GIVEN = (
    passage(SPORT, 2023, "聘请社会监督员15名。组织业务培训5次，86人次参加。"),
    passage(WATER, 2022, "聘请社会监督员8名，每季度打分。"),
    passage(WATER, 2022, "组织业务培训三次，205人次参加。新收申请44件，比上年增加16件。"),
    passage(WATER, 2023, "聘请社会监督员20名参与评议。没有收取信息处理费。满意度约为92.8%。"),
)


def holds(text: str, *cited: int) -> bool:
    return is_attributed(text, [GIVEN[i - 1] for i in cited], GIVEN)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("云溪县水务局2022年聘请社会监督员8名。", (2,)),
        ("水务局2022年聘请了8名监督员。", (2,)),
        ("云溪县水务局2022年聘请社会监督员8名，2023年聘请20名。", (2, 4)),
        ("水务局2022年培训三次，体育局2023年培训5次。", (3, 1)),
        ("2022年新收申请44件，比上年增加16件。", (3,)),
        ("205人次参加了三次业务培训。", (3,)),
        ("没有收取信息处理费。", (4,)),
        ("水务局和体育局都聘请了社会监督员。", (1, 2)),
        ("满意度约为92.8%。", (4,)),
    ],
)
def test_what_a_passage_says_of_whom_and_of_what_holds(text: str, cited: tuple[int, ...]) -> None:
    assert holds(text, *cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("云溪县体育局聘请社会监督员8名。", (2,)),
        ("云溪县教育局聘请社会监督员8名。", (2,)),
        ("云溪县水务局2023年聘请社会监督员8名。", (2,)),
        ("云溪县水务局二〇二三年聘请社会监督员8名。", (2,)),
        ("云溪县水务局去年聘请社会监督员8名。", (2,)),
        ("水务局聘请社会监督员15名，体育局聘请社会监督员20名。", (4, 1)),
        ("水务局和体育局都聘请社会监督员15名。", (4, 1)),
        ("体育局和水务局分别聘请社会监督员20名和15名。", (4, 1)),
        ("聘请社会监督员15名。", (4, 1)),
        ("水务局2022年聘请社会监督员20名，2023年聘请社会监督员8名。", (2, 4)),
        ("水务局2022年和2023年都聘请社会监督员8名。", (2, 4)),
    ],
)
def test_a_right_number_of_another_agency_or_year_does_not_hold(
    text: str, cited: tuple[int, ...]
) -> None:
    assert not holds(text, *cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("业务培训8名，聘请社会监督员三次。", (2, 3)),
        ("组织社会监督员三次。", (3,)),
        ("新收申请16件。", (3,)),
        ("业务培训44件。", (3,)),
        ("组织业务培训205次。", (3,)),
        ("聘请社会监督员8万名。", (2,)),
        ("2022年1月聘请社会监督员8名。", (2,)),
    ],
)
def test_a_right_number_of_another_thing_does_not_hold(text: str, cited: tuple[int, ...]) -> None:
    assert not holds(text, *cited)


def test_a_separator_of_thousands_makes_no_other_number() -> None:
    told = [passage(WATER, 2023, "主动公开信息1,247条，其中政策文件12条。")]
    assert is_attributed("云溪县水务局2023年主动公开信息1247条，其中政策文件12条。", told, told)
    assert is_attributed("云溪县水务局2023年主动公开信息1,247条。", told, told)
    assert not is_attributed("云溪县水务局2023年主动公开信息247条。", told, told)


@pytest.mark.parametrize(
    "tail",
    [
        *("约8名", "超过8名", "近8名", "至少8名", "8名以上", "8名左右", "8余名", "不足8名"),
        *("8至20名", "三至八名", "数十名", "上百名", "半数", "占三成", "占三分之一", "占百分之八"),
        *("共计四十四", "肆拾肆名", "八〇名", "八十名", "８０名", "8 0 名", "⑧⑨名", "Ⅷ名", "-8名"),
        *(".8名", "第一名", "最多", "有所增加", "翻了一番", "是上年的两倍", " forty-four 名"),
        *("‘每月一评打分’", '"每月一评打分"', "的1/3"),
    ],
)
def test_what_is_reckoned_rounded_or_written_in_another_script_does_not_hold(tail: str) -> None:
    assert not holds(f"云溪县水务局2022年聘请社会监督员{tail}。", 2)


@pytest.mark.parametrize(
    "text", ["收取信息处理费。", "满意度为92.8%，没有聘请社会监督员参与评议。"]
)
def test_a_denial_turned_round_does_not_hold(text: str) -> None:
    assert not holds(text, 4)


def test_a_number_of_the_question_is_no_evidence_for_a_model() -> None:
    bookcase = Bookcase(written_report(WATER, 2023, s1="聘请社会监督员20名参与评议。"))
    query = understand(
        "云溪县水务局聘请的社会监督员是不是35名，怎么评议的", (), library_to_known(bookcase)
    )
    answer = retrieve(query, bookcase, ScriptedModel(["聘请社会监督员35名参与评议 [1]。"]))
    assert "聘请社会监督员35名" not in answer.text
    assert "没有依据，未采用" in answer.text


PROBLEMS = [
    passage(
        WATER,
        2023,
        "二是网站迁移以后，旧网址失效，部分历史公告无法打开；有的站只公布水位、不公布来源；"
        "公开工作由一名同志兼职承担，漏登河段9处。",
    )
]


@pytest.mark.parametrize(
    "text",
    [
        "云溪县水务局2023年旧网址失效，全部历史公告无法打开。",
        "云溪县水务局2023年的问题非常严重，局长应当辞职。",
        "云溪县水务局2023年旧网址失效，局长应当马上辞职。",
        "云溪县水务局2023年的问题已经解决。",
        "云溪县水务局2023年有的站不公布水位、只公布来源。",
        "云溪县水务局2023年公开工作由一名同志专职承担。",
        "云溪县水务局2023年约有9处河段漏登。",
        "云溪县水务局2023年的问题比体育局多。",
    ],
)
def test_a_clause_of_the_models_own_is_not_carried_by_true_ones(text: str) -> None:
    assert not is_attributed(text, PROBLEMS, GIVEN)


@pytest.mark.parametrize(
    "text",
    [
        "云溪县水务局2023年网站迁移后旧网址失效，部分历史公告打不开。",
        "水务局2023年主要有两方面问题：旧网址失效，漏登河段9处。",
        "水务局2023年公开工作由一名同志兼职承担，有的站不公布来源。",
    ],
)
def test_a_fair_wording_holds_clause_by_clause(text: str) -> None:
    assert is_attributed(text, PROBLEMS, PROBLEMS)
