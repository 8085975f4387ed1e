"""The outline of a report as data: the six parts and the five heads of the first, as printed.

The headings of 国办公开办函〔2021〕30号, with the variants seen in published reports.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SectionForm:
    """One of the six parts with its official heading and the variants seen in print."""

    number: int
    heading: str
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SubheadForm:
    """One of the five heads that 总体情况 covers; `keywords` betray the content without the head."""

    number: int
    heading: str
    variants: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


SECTIONS: tuple[SectionForm, ...] = (
    SectionForm(1, "总体情况", ("政府信息公开总体情况", "政府信息公开工作总体情况", "概述")),
    SectionForm(
        2,
        "主动公开政府信息情况",
        ("行政机关主动公开政府信息情况", "政府信息主动公开情况", "主动公开情况"),
    ),
    SectionForm(
        3,
        "收到和处理政府信息公开申请情况",
        ("行政机关收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请的情况"),
    ),
    SectionForm(
        4,
        "政府信息公开行政复议、行政诉讼情况",
        (
            "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
            "因政府信息公开工作被申请行政复议、提起行政诉讼的情况",
            "因政府信息公开工作被申请行政复议或提起行政诉讼情况",
            "政府信息公开行政复议和行政诉讼情况",
            "政府信息公开行政复议及行政诉讼情况",
            "政府信息公开行政复议行政诉讼情况",
        ),
    ),
    SectionForm(
        5,
        "存在的主要问题及改进情况",
        (
            "政府信息公开工作存在的主要问题及改进情况",
            "存在的主要问题及改进措施",
            "存在问题及改进情况",
            "存在的问题及改进情况",
            "存在问题及改进措施",
            "存在的问题及改进措施",
            "存在的主要问题和改进情况",
        ),
    ),
    SectionForm(6, "其他需要报告的事项", ("其它需要报告的事项", "需要报告的其他事项")),
)

SUBHEADS: tuple[SubheadForm, ...] = (
    SubheadForm(
        1,
        "主动公开",
        ("主动公开情况", "主动公开政府信息情况", "政府信息主动公开情况"),
        ("主动公开",),
    ),
    SubheadForm(2, "依申请公开", ("依申请公开情况", "依公开申请情况"), ("依申请", "信息公开申请")),
    SubheadForm(
        3,
        "政府信息管理",
        ("政府信息管理情况", "信息管理"),
        ("信息管理", "规范性文件", "保密审查", "三审三校", "先审后发"),
    ),
    SubheadForm(
        4,
        "政府信息公开平台建设",
        ("平台建设", "平台建设情况", "信息平台建设", "政府信息公开平台建设情况"),
        ("平台建设", "门户网站", "公众号", "政务新媒体", "专栏"),
    ),
    SubheadForm(
        5,
        "监督保障",
        ("监督保障情况", "监督保障机制", "强化监督保障"),
        ("监督保障", "培训", "考核", "监督"),
    ),
)
