"""Fixtures shared by all tests: the real reports where they are present, and temporary libraries."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run, so that a run can be repeated; `HYPOTHESIS_PROFILE=search` hunts.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))

REAL_REPORTS = Path(__file__).parents[2] / "shared" / "reports"


@pytest.fixture(scope="session")
def real_reports() -> Path:
    """The folder of real published reports; skips, visibly, where it is not present."""
    if not REAL_REPORTS.is_dir():
        pytest.skip("真实年报样本不在本机（../shared/reports），跳过。")
    return REAL_REPORTS
