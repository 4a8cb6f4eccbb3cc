"""One graph of the examples for all tests that only read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.pipeline import build

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def examples_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a graph of all examples."""
    directory = tmp_path_factory.mktemp("examples") / "graph"
    build([EXAMPLES], directory, jobs=1)
    return directory
