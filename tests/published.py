"""Documents for machines, held against the schemas that integrators are given."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

FOLDER = Path(__file__).parents[1] / "schemas"


@cache
def validator(name: str) -> jsonschema.Draft7Validator:
    """Return what holds a document against the stored schema of this name."""
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    return jsonschema.Draft7Validator(schema)


def validator_of(document: dict[str, Any]) -> jsonschema.Draft7Validator:
    """Return what holds a document against the schema that it names."""
    return validator(document["schema"].removeprefix("zonecheck.").partition("/")[0])


def published(text: str | bytes) -> Any:
    """Return a document that is valid under the schema it names in its first key."""
    document = json.loads(text)
    assert next(iter(document)) == "schema"
    validator_of(document).validate(document)
    return document
