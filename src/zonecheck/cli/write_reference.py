"""`python -m zonecheck.cli.write_reference FOLDER`: the page of all commands.

It is in the language of the environment: help texts are made when commands are imported, so
each language takes a run of its own.
"""

import os
import sys
from pathlib import Path

from zonecheck.cli import main as zonecheck
from zonecheck.cli.language import default_lang
from zonecheck.cli.reference import command_page


def main(arguments: list[str]) -> None:
    """Write the page into the folder that is named."""
    lang = default_lang(os.environ)
    target = Path(arguments[0]) / ("cli.ja.md" if lang == "ja" else "cli.md")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(command_page(zonecheck, lang), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
