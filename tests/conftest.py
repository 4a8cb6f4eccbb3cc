"""Shared fixtures: the real disclosures, when they stand beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with ``corpus/`` and ``gold/``; tests that need it are skipped where it is missing.

    In continuous integration (``CI`` set) a missing corpus is a failure.
    """
    if (SHARED / "corpus").is_dir():
        return SHARED
    if os.environ.get("CI"):
        pytest.fail("the real disclosures (shared/corpus beside the checkout) are required in CI")
    pytest.skip("needs the real disclosures in shared/corpus beside the checkout")
