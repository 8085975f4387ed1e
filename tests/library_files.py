"""Small annual reports as text files, for tests of the library: who, which year, what is said."""

from pathlib import Path

AGENCY = "云溪市青禾区档案局"


def report_text(
    agency: str = AGENCY,
    year: int = 2023,
    *,
    overview: str = "",
    problems: str = "政策解读形式单一，公开队伍人员变动较大。",
) -> str:
    """A report without its tables; what is said in parts one and five can be chosen."""
    overview = overview or f"{agency}全年主动公开信息五十二条，举办业务培训三次。"
    return f"""{agency}{year}年政府信息公开工作年度报告

一、总体情况
{overview}
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
{problems}
六、其他需要报告的事项
本年度没有收取信息处理费。
{agency}
{year + 1}年1月20日
"""


def write_report(
    folder: Path,
    agency: str = AGENCY,
    year: int = 2023,
    *,
    name: str | None = None,
    overview: str = "",
    problems: str = "政策解读形式单一，公开队伍人员变动较大。",
) -> Path:
    """A report written into `folder`, under the name of its agency and year unless told."""
    path = folder / (name or f"{agency}{year}.txt")
    path.parent.mkdir(parents=True, exist_ok=True)
    text = report_text(agency, year, overview=overview, problems=problems)
    path.write_text(text, encoding="utf-8")
    return path


def write_many(folder: Path, count: int, year: int = 2023) -> list[Path]:
    """Reports of `count` agencies, each with one practice and one problem of its own."""
    practices = ("政务直播间", "公开专窗", "回访热线", "村级公示屏", "解读漫画", "企业联络员")
    problems = ("栏目更新迟缓", "专职人员不足", "解读不够通俗", "答复说理欠缺", "档案移交滞后")
    return [
        write_report(
            folder,
            f"云溪市第{number}镇人民政府",
            year,
            overview=f"设立{practices[number % 6]}，共办理来访{number + 11}人次。",
            problems=f"{problems[number % 5]}，涉及{number + 3}个村。",
        )
        for number in range(count)
    ]
