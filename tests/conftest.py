"""Fixtures shared by all tests: the real reports where they are present, and temporary libraries."""

from pathlib import Path

import pytest

REAL_REPORTS = Path(__file__).parents[2] / "shared" / "reports"


@pytest.fixture(scope="session")
def real_reports() -> Path:
    """The folder of real published reports; skips, visibly, where it is not present."""
    if not REAL_REPORTS.is_dir():
        pytest.skip("真实年报样本不在本机（../shared/reports），跳过。")
    return REAL_REPORTS
