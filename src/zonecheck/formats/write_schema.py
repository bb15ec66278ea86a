"""`python -m zonecheck.formats.write_schema FILE`: the JSON Schema of topology files."""

import json
import sys
from pathlib import Path

from zonecheck.formats.json_schema import schema_document
from zonecheck.formats.topology_schema import TOPOLOGY


def schema_text() -> str:
    """Return the schema as it is stored in `schemas/`."""
    document = schema_document(TOPOLOGY, title="zonecheck topology file (*.zones.yaml)")
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def main(arguments: list[str]) -> None:
    """Write the schema to the file that is named."""
    target = Path(arguments[0])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
