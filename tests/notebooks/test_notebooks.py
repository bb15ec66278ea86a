"""Notebooks run as they stand."""

import json
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_every_code_cell_of_a_notebook_runs(path: Path) -> None:
    """Cells run in order in one name space, and none is stored with an output."""
    names: dict[str, Any] = {}
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    for cell in code:
        exec(compile("".join(cell["source"]), str(path), "exec"), names)
    assert code
    assert all(cell["outputs"] == [] for cell in code)
