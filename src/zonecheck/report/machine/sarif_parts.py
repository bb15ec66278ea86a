"""The small pieces of a SARIF log: text, places and the steps of a code flow."""

from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote

from zonecheck.formats.used_source import uses
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.policy.verdict import Counterexample
from zonecheck.report.evidence_steps import evidence_steps
from zonecheck.report.machine.json_parts import Json
from zonecheck.report.printable import printable
from zonecheck.report.whole import WholeReport

ROOT = "%SRCROOT%"
"""What relative file names are relative to: the folder the command ran in."""


def sarif_text(text: str) -> str:
    """Return a text as a SARIF message: no placeholders and no links are read out of it."""
    plain = printable(text).replace("{", "{{").replace("}", "}}")
    return plain.replace("](", "] (")


def artifact_json(file: str) -> Json:
    """Return a file as a location: a relative name as it is, an absolute one as a file URI."""
    path = PurePath(_encodable(file))
    if path.is_absolute():
        return {"uri": path.as_uri()}
    return {"uri": quote(path.as_posix(), safe="/", errors="surrogateescape"), "uriBaseId": ROOT}


def _encodable(file: str) -> str:
    """Return a file name as the system may hand it over; what no file can be called is escaped."""
    try:
        file.encode(errors="surrogateescape")
    except UnicodeEncodeError:
        return printable(file)
    return file


def physical_json(source: Source) -> Json:
    """Return file, line and column."""
    region: Json = {"startLine": max(1, source.line)}
    if source.column >= 1:
        region["startColumn"] = source.column
    return {"artifactLocation": artifact_json(source.file), "region": region}


def location_json(source: Source, names: Sequence[tuple[str, str]] = ()) -> Json:
    """Return a place with what it is called there, as pairs of a kind and a name."""
    found: Json = {"physicalLocation": physical_json(source)}
    if names:
        found["logicalLocations"] = [
            {"name": printable(name), "kind": kind} for kind, name in names if name
        ]
    return found


def used_at_json(source: Source) -> list[Json]:
    """Return the places that used a template the source lies in."""
    return [
        {"id": number, "physicalLocation": physical_json(use), "message": {"text": "used at"}}
        for number, use in enumerate(uses(source), 1)
    ]


def code_flows_json(
    found: Counterexample | None, topology: Topology, whole: WholeReport, at: Source
) -> list[Json]:
    """Return the hops of a counterexample as one code flow, none if there is nothing to follow.

    A step that no file says anything of lies where the finding does, `at`.
    """
    if found is None:
        return []
    english = evidence_steps(found, topology, "en")
    japanese = evidence_steps(found, topology, "ja")
    if not english:
        return []
    locations = []
    for number, (step, ja) in enumerate(zip(english, japanese, strict=True), 1):
        place = step.source if step.source.line else whole.place(at)
        location = location_json(place, [("node", step.node)])
        location["message"] = {"text": sarif_text(step.text)}
        locations.append(
            {
                "location": location,
                "nestingLevel": step.depth,
                "executionOrder": number,
                "properties": {"ja": printable(ja.text)},
            }
        )
    return [{"threadFlows": [{"locations": locations}]}]
