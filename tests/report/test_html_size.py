"""The page of a city with a mistake in it, as the command writes it."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.report.test_html import assert_stays_inside
from zonecheck.cli import main

MISTAKES = Path(__file__).parents[2] / "topologies" / "mistakes"
THREE = Path(__file__).parent / "browser" / "three-mistakes.zones.yaml"
MOST_BYTES = 5_000_000
EVERY = os.environ.get("ZONECHECK_EVERY") == "1"
FILES = [*sorted(MISTAKES.glob("*.zones.yaml")), THREE]
CHOSEN = FILES if EVERY else [file for file in FILES if file.name.startswith("m05")]
"""That which is found most often; ZONECHECK_EVERY=1 takes all."""


@pytest.mark.parametrize("file", CHOSEN, ids=lambda file: file.name)
def test_a_page_can_be_passed_on_by_mail(file: Path, tmp_path: Path) -> None:
    """It has less than 5 MB, and leads nowhere else."""
    output = tmp_path / "report.html"
    arguments = ["verify", str(file), "--format", "html", "-o", str(output), "-q"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code in (0, 1, 2)
    data = output.read_bytes()
    assert len(data) < MOST_BYTES
    assert_stays_inside(data.decode())
