"""What a refusal says of the library's holdings."""

from assistant.asking import ask
from tests.invented import invented_report
from tests.shelf import Shelf


def test_a_refusal_names_each_agency_once_with_its_years() -> None:
    held = [("白石市民政局", 2022), ("白石市民政局", 2023), ("白石市公安局", 2023)]
    library = Shelf([invented_report(agency=agency, year=year) for agency, year in held])
    answer = ask("海平县水利局2023年新收多少申请", library.as_library())
    assert answer.status == "unanswerable"
    assert "现有年报三份：白石市公安局（2023年）、白石市民政局（2022年、2023年）。" in answer.text
    assert len(answer.citations) == 3


def test_a_refusal_names_no_more_reports_than_anybody_reads() -> None:
    years = range(2005, 2025)
    library = Shelf([invented_report(agency="白石市民政局", year=year) for year in years])
    answer = ask("海平县水利局2023年新收多少申请", library.as_library())
    assert "现有年报二十份：白石市民政局（2005年、" in answer.text
    assert answer.text.endswith("2020年）等。")
