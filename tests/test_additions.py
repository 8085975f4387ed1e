"""What a model's sentence may not add, turn round or join; and fair wordings that hold."""

import pytest

from assistant.answer import Citation
from assistant.attribution import is_attributed
from ingest.report import Place

WATER = "云溪县水务局"
QUOTES = (
    "公开工作由办公室一名同志兼管，参加县里组织的培训2次。",
    "水质公告图表少，居民看了仍不清楚能否饮用；部分水站检测结束一个月后才公布结果。",
    "由中心站代管偏远水站的公告，县局只设链接；对旧页面设置自动跳转，补录历史公告64条；"
    "检测结束后10个工作日内必须公布，由水质科每月通报。",
    "上一年提出的栏目难找问题，通过合并栏目得到缓解。",
    "安排1名专职人员和2名配合人员，水质科同志带领全体职工学习；公告质量有待提高。",
)
GIVEN = tuple(
    Citation(f"r{i}", WATER, 2023, Place(section=5, quote=quote)) for i, quote in enumerate(QUOTES)
)


def holds(text: str, *cited: int) -> bool:
    return is_attributed(f"{WATER}2023年{text}", [GIVEN[i - 1] for i in cited], GIVEN)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("组织培训2次。", 1),
        ("举办培训2次。", 1),
        ("由门卫一名同志兼管公开工作。", 1),
        ("公开工作由办公室一名同志兼管，因此更新迟缓。", 1),
        ("因图表少，部分水站检测结束一个月后才公布结果。", 2),
        ("部分水站检测开始一个月后才公布结果。", 2),
        ("居民看了就清楚能否饮用。", 2),
        ("部分水站拒绝公布结果。", 2),
        ("由偏远水站代管中心站的公告。", 3),
        ("由县局代管偏远水站的公告。", 3),
        ("删除历史公告64条。", 3),
        ("由办公室每月通报。", 3),
        ("检测结束前10个工作日内必须公布。", 3),
        ("由中心站每月通报。", 3),
        ("由法院责令公布。", 3),
        ("对旧页面每月通报。", 3),
        ("偏远水站的公告设置自动跳转。", 3),
        ("通过撤销栏目得到缓解。", 4),
        ("栏目难找问题源于合并栏目。", 4),
        ("栏目难找问题引发投诉。", 4),
        ("安排2名专职人员和1名配合人员。", 5),
        ("全体职工带领水质科同志学习。", 5),
        ("公告质量提高。", 5),
    ],
)
def test_what_a_sentence_adds_turns_round_or_joins_does_not_hold(text: str, cited: int) -> None:
    assert not holds(text, cited)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("公开工作由办公室的一名同志兼管。", 1),
        ("参加了县里组织的2次培训。", 1),
        ("公开工作由一名同志兼管。", 1),
        ("参加培训2次。", 1),
        ("主要问题是水质公告图表少。", 2),
        ("水质公告的图表少，居民看了仍不清楚能否饮用。", 2),
        ("部分水站在检测结束一个月后才公布结果。", 2),
        ("承认水质公告图表少。", 2),
        ("部分水站的结果在检测结束一个月后才公布。", 2),
        ("由中心站代管偏远水站的公告。", 3),
        ("规定检测结束后10个工作日内必须公布。", 3),
        ("水质科每月通报。", 3),
        ("给旧页面设置了自动跳转，补录了64条历史公告。", 3),
        ("县局只设链接。", 3),
        ("要求检测结束以后10个工作日内公布，由水质科每月通报。", 3),
        ("补录了历史公告64条。", 3),
        ("通过合并栏目缓解了栏目难找问题。", 4),
        ("栏目难找问题得到缓解。", 4),
        ("针对上一年提出的栏目难找问题，合并了栏目。", 4),
        ("栏目难找的问题，通过合并栏目缓解。", 4),
        ("安排了1名专职人员和2名配合人员。", 5),
        ("水质科同志带领全体职工学习。", 5),
        ("公告质量还有待提高。", 5),
    ],
)
def test_a_fair_wording_of_what_the_passages_say_holds(text: str, cited: int) -> None:
    assert holds(text, cited)
