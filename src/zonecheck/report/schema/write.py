"""`python -m zonecheck.report.schema.write FOLDER`: a schema for each document for machines."""

import sys
from pathlib import Path

from zonecheck.report.schema.documents import DOCUMENTS, schema_text


def main(arguments: list[str]) -> None:
    """Write the schemas into the folder that is named."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for document in DOCUMENTS:
        (folder / document.file).write_text(schema_text(document), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
