"""`python -m zonecheck.report.pages.write_schema_pages FOLDER`: the keys of our files."""

import sys
from pathlib import Path

from zonecheck.formats.profile_schema import PROFILE
from zonecheck.formats.topology_schema import TOPOLOGY
from zonecheck.report.lang import LANGS
from zonecheck.report.pages.schema_pages import schema_page

ROOTS = {"topology": TOPOLOGY, "profile": PROFILE}


def schema_pages() -> dict[str, str]:
    """Return the pages as they are stored in `docs/reference/`, by file name."""
    return {
        f"{name}-schema{'.ja' if lang == 'ja' else ''}.md": schema_page(root, name, lang)
        for name, root in ROOTS.items()
        for lang in LANGS
    }


def main(arguments: list[str]) -> None:
    """Write the pages into the folder that is named."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
