"""Every document for machines: `schemas/NAME.schema.json` is that of `zonecheck.NAME/N`."""

import json
from dataclasses import dataclass
from typing import Final

from zonecheck.report.machine import (
    capture_json,
    catalogue_json,
    diff_json,
    explain_json,
    json_report,
    kernel_json,
    matrix_json,
    reach_json,
    record_json,
    replay_json,
    service_matrix_json,
    trace_json,
)
from zonecheck.report.schema.asked import KERNEL, MATRIX, REACH, REPLAY, SERVICE_MATRIX, TRACE
from zonecheck.report.schema.captured import CAPTURE, CAPTURED
from zonecheck.report.schema.catalogued import CHECKS, PROFILES
from zonecheck.report.schema.counterexamples import COUNTEREXAMPLES
from zonecheck.report.schema.differing import DIFF, DIFFERING
from zonecheck.report.schema.explained import EXPLAIN, EXPLAINED
from zonecheck.report.schema.parts import PARTS
from zonecheck.report.schema.recorded import RECORD, RECORDED
from zonecheck.report.schema.shapes import Shape, exactly, refs_in
from zonecheck.report.schema.verdicts import REPORT, VERDICTS

_GROUPS: Final = (PARTS, COUNTEREXAMPLES, VERDICTS, RECORDED, EXPLAINED, CAPTURED, DIFFERING)
_DEFINITIONS: Final = {name: shape for group in _GROUPS for name, shape in group.items()}
"""One namespace for all documents, so that a name means the same in each."""
if len(_DEFINITIONS) != sum(map(len, _GROUPS)):
    raise ValueError("two definitions have one name")


@dataclass(frozen=True, slots=True)
class Document:
    """What one command writes: the schema string in it, and its shape without that key."""

    schema: str
    command: str
    title: str
    body: Shape

    @property
    def name(self) -> str:
        """Return the name of the document, which its file has."""
        return self.schema.removeprefix("zonecheck.").partition("/")[0]

    @property
    def file(self) -> str:
        """Return the name of the file that holds the schema."""
        return f"{self.name}.schema.json"


DOCUMENTS: Final = (
    Document(
        json_report.SCHEMA, "verify", "The report of `zonecheck verify --format json`", REPORT
    ),
    Document(
        record_json.SCHEMA, "verify", "The record of one run of `zonecheck verify --record`", RECORD
    ),
    Document(
        explain_json.SCHEMA,
        "explain",
        "The explanation of `zonecheck explain --format json`",
        EXPLAIN,
    ),
    Document(
        trace_json.SCHEMA, "trace", "The way of a packet, `zonecheck trace --format json`", TRACE
    ),
    Document(
        reach_json.SCHEMA,
        "reach",
        "What gets from X to Y, `zonecheck reach --format json`",
        REACH,
    ),
    Document(
        matrix_json.SCHEMA,
        "matrix",
        "What passes between zones, `zonecheck matrix --format json`",
        MATRIX,
    ),
    Document(
        service_matrix_json.SCHEMA,
        "matrix",
        "Who reaches whom by a service through one firewall, "
        "`zonecheck matrix --service --format json`",
        SERVICE_MATRIX,
    ),
    Document(
        capture_json.SCHEMA,
        "capture",
        "The judgement of a capture, `zonecheck capture --format json`",
        CAPTURE,
    ),
    Document(
        replay_json.SCHEMA,
        "replay",
        "Packets pushed through the model, `zonecheck replay --format json`",
        REPLAY,
    ),
    Document(
        kernel_json.SCHEMA,
        "replay",
        "A design in the kernel beside the model, `zonecheck replay --kernel --format json`",
        KERNEL,
    ),
    Document(
        diff_json.SCHEMA,
        "diff",
        "What differs between two designs, `zonecheck diff --format json`",
        DIFF,
    ),
    Document(
        catalogue_json.CHECKS_SCHEMA,
        "checks",
        "The catalogue of checks, `zonecheck checks --format json`",
        CHECKS,
    ),
    Document(
        catalogue_json.PROFILES_SCHEMA,
        "profiles",
        "Profiles, `zonecheck profiles --format json`",
        PROFILES,
    ),
)


def schema_of(document: Document) -> Shape:
    """Return the JSON Schema of a document, with the definitions it needs."""
    body = document.body
    needed = refs_in(body)
    while more := {name for one in needed for name in refs_in(_DEFINITIONS[one])} - needed:
        needed |= more
    schema: Shape = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": document.schema,
        "title": document.title,
        **body,
        "properties": {"schema": exactly(document.schema), **body["properties"]},
        "required": ["schema", *body["required"]],
    }
    if needed:
        schema["definitions"] = {n: s for n, s in _DEFINITIONS.items() if n in needed}
    return schema


def schema_text(document: Document) -> str:
    """Return the schema as it is stored in `schemas/`."""
    return json.dumps(schema_of(document), ensure_ascii=False, indent=2) + "\n"
