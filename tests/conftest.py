"""What all tests share: the switch that rewrites expected trees, and steady property tests."""

from __future__ import annotations

import pytest
from hypothesis import settings

# The same examples on every machine: a test that fails today fails tomorrow, and in CI.
settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite",
        action="store_true",
        help="Write the expected trees of tests/sites anew; review the difference in git.",
    )


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite"))
