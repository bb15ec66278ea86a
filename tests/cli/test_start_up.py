"""Starting the command line costs no engine."""

import json
import subprocess
import sys

import pytest

HEAVY = ("scapy", "matplotlib", "networkx", "numpy", "hypothesis", "yaml", "xlsxwriter")
OURS = ("zonecheck.packets", "zonecheck.dataplane", "zonecheck.prove", "zonecheck.policy")


def _loaded_after(code: str) -> set[str]:
    program = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return set(json.loads(run.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "code",
    [
        "import zonecheck.cli",
        "import zonecheck.cli\nzonecheck.cli.main(['--help'], standalone_mode=False)",
        "import zonecheck.cli\nzonecheck.cli.main(['--version'], standalone_mode=False)",
    ],
)
def test_help_and_version_load_no_engine(code: str) -> None:
    """Neither heavy libraries nor our own engine are imported before a command needs them."""
    loaded = _loaded_after(code)
    assert "zonecheck.cli" in loaded
    assert loaded.isdisjoint(HEAVY)
    assert loaded.isdisjoint(OURS)


def test_only_a_workbook_loads_what_writes_workbooks() -> None:
    """Nor does a text report load any other format."""
    loaded = _loaded_after("import zonecheck.cli.verify")
    assert "xlsxwriter" not in loaded
    assert "zonecheck.report.machine.sarif" not in loaded
    assert "zonecheck.report.html" not in loaded
