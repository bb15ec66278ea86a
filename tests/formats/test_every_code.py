import re
from pathlib import Path

from tests.formats.reading import said_codes

GENERIC = {
    "file_text.py",
    "include.py",
    "nftables.py",
    "nftables_filters.py",
    "nftables_nat.py",
    "nftables_own.py",
    "nftables_sessions.py",
    "record.py",
    "scalars.py",
    "address_text.py",
    "service_text.py",
    "sections.py",
    "shape.py",
    "templates.py",
    "yaml_nodes.py",
    "yaml_syntax.py",
}


def test_every_code_is_provoked_by_a_test() -> None:
    """No problem is told in words that were never seen."""
    here = Path(__file__).parent
    tests = "\n".join(path.read_text(encoding="utf-8") for path in here.glob("*.py"))
    # Two files' tests build their codes from parts.
    tests += "file.no-permission file.unreadable"
    codes = {code for path, code, _ in said_codes() if path.name in GENERIC}
    unseen = {
        code
        for code in codes
        if not code.startswith("hint.") and not re.search(re.escape(code) + r"\b", tests)
    }
    assert not unseen
