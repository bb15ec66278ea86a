"""`python -m zonecheck.report.pages.write_check_pages FOLDER`: a page for each check."""

import sys
from pathlib import Path

from zonecheck.report.pages.check_facts import built_in_profiles, catalogue
from zonecheck.report.pages.check_pages import pages


def check_pages() -> dict[str, str]:
    """Return the pages as they are stored in `docs/checks/`, by file name."""
    return pages(catalogue(built_in_profiles()))


def main(arguments: list[str]) -> None:
    """Write the pages into the folder that is named; pages of no check are removed."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    wanted = check_pages()
    for stored in folder.glob("*.md"):
        if stored.name not in wanted:
            stored.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
