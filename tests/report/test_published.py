"""The published schemas: what they cover and refuse, and that they say what the code says."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import datetime
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
from click.testing import CliRunner

from tests.cli.test_capture import BAD, GOOD, Capture
from tests.published import FOLDER, published, validator_of
from tests.report import samples
from zonecheck.cli import main
from zonecheck.cli.format_names import JSON
from zonecheck.formats.input_file import InputFile
from zonecheck.model.message import Message
from zonecheck.model.own_policy import OwnPolicy
from zonecheck.policy.questions.kernel import KernelDisagreement, KernelView
from zonecheck.report.machine.kernel_json import render_kernel_json
from zonecheck.report.machine.record_json import render_record
from zonecheck.report.own_policies import OwnReport
from zonecheck.report.schema import DOCUMENTS, Document, schema_text
from zonecheck.report.schema.shapes import refs_in
from zonecheck.simulate import Packet, filtering

ROOT = Path(__file__).parents[2]
GOLDEN = {"cli": ROOT / "tests" / "cli" / "golden", "report": Path(__file__).parent / "golden"}
MINIMAL = "topologies/minimal"
LEAK = "tests/replay/minimal-leak.zones.yaml"
ELSEWHERE = ("zonecheck", "dataplane")
"""Schemas of what no `--format json` writes."""

BY_DATA = (
    *("arguments", "renamed", "denials", "odd", "background", "classes", "messages"),
    *("attributes", "checks/policies", "matrix/packets"),
)
"""Objects whose keys are data, or which leave out what is zero."""
OPTIONAL = (
    *("hops/policy_route", "hops/translations", "trace/deliveries/packet"),
    *("report/policies", "explain/policies"),
)
"""Keys of other objects that need not be there."""


def golden(room: str, name: str) -> str:
    """Return a document that is kept."""
    return (GOLDEN[room] / f"{name}.json").read_text(encoding="utf-8")


def said(*arguments: str) -> str:
    """Return what a command prints as JSON."""
    return CliRunner().invoke(main, [*arguments, "--format", "json"]).stdout


def recorded() -> str:
    """Return the record of a run with every kind of finding, and a policy of its own."""
    own = OwnPolicy("council", "sample-1", ("M-SRV",))
    return render_record(
        samples.verification(),
        samples.profile(),
        [InputFile.of("sample.zones.yaml", b"")],
        [OwnReport(own, samples.profile(), samples.waived(), 1)],
        exit_code=1,
        made=datetime.fromisoformat("2026-04-01T09:00:00+09:00"),
    )


def in_a_kernel() -> str:
    """Return a comparison with something in each of its lists."""
    reasons = (Message.of("kernel.delivered", place="a"),)
    ends = (ip_address("10.0.0.1"), ip_address("10.0.0.2"))
    packet = Packet(*ends, 6, 50000, 443)
    disagreement = KernelDisagreement(packet, "a/e0", 0, reasons, reasons)
    counted = ((reasons[0], 1),)
    lists = (reasons,) * 5
    view = KernelView("x", "", 3, 3, 1, (("drop.x", 1),), (disagreement,), counted, *lists)
    return render_kernel_json(view)


def judged(folder: Path) -> str:
    """Return the judgement of a capture with a violation, in files whole and cut."""
    capture = Capture(folder)
    paths = [capture.write([*GOOD, BAD]), capture.write(GOOD, "cut.pcap", tail=b"cut")]
    return capture.judge(*paths, "--all", "--format", "json").stdout


REAL: dict[str, tuple[Callable[[], str], ...]] = {
    "report": (lambda: golden("report", "everything"), lambda: golden("report", "waived")),
    "record": (recorded,),
    "explain": (lambda: golden("cli", "explain"), lambda: golden("cli", "explain-finding")),
    "trace": tuple(
        lambda name=name: golden("cli", f"trace-{name}")  # type: ignore[misc]
        for name in ("delivered", "dropped", "forged")
    ),
    "reach": (lambda: golden("cli", "reach"),),
    "matrix": (lambda: golden("cli", "matrix"),),
    "service-matrix": (lambda: said("matrix", MINIMAL, "--device", "fw", "--service", "tcp/443"),),
    "replay": (lambda: said("replay", "undeclared-permit", "--topology", LEAK),),
    "kernel": (in_a_kernel,),
    "diff": (lambda: said("diff", MINIMAL, LEAK), lambda: said("diff", LEAK, MINIMAL)),
    "checks": (lambda: said("checks", "mynumber-isolation"),),
    "profiles": (lambda: said("profiles", "soumu-alpha-prime"),),
}


@pytest.fixture(scope="module", params=[document.name for document in DOCUMENTS])
def real(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Return documents under one schema as commands write them, of everything one of a shape."""
    if request.param == "capture":
        texts = [judged(tmp_path_factory.mktemp("captures"))]
    else:
        texts = [make() for make in REAL[request.param]]
    found = [trimmed(published(text)) for text in texts]
    assert {name_of(document) for document in found} == {request.param}
    return found


def name_of(document: dict[str, Any]) -> str:
    """Return the name in the schema string of a document."""
    name: str = document["schema"].removeprefix("zonecheck.").partition("/")[0]
    return name


def shape_of(value: Any) -> object:
    """Return what two values have in common that differ in their texts and numbers only."""
    if isinstance(value, dict):
        return frozenset((key, shape_of(each)) for key, each in value.items())
    if isinstance(value, list):
        return frozenset(map(shape_of, value))
    return type(value).__name__


def trimmed(value: Any) -> Any:
    """Return a value in which no list has two objects of one shape."""
    if isinstance(value, dict):
        return {key: trimmed(each) for key, each in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return list({shape_of(each): each for each in map(trimmed, value)}.values())
    return value


def objects(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object in a value with the keys on the way to it."""
    if isinstance(value, dict):
        yield path, value
    items = value.items() if isinstance(value, dict) else ()
    for key, each in items:
        yield from objects(each, f"{path}/{key}")
    for each in value if isinstance(value, list) else ():
        yield from objects(each, path)


def each_kind(
    documents: list[Any],
) -> Iterator[tuple[str, dict[str, Any], Callable[[], bool], bool]]:
    """Yield objects, one of all with the same keys under the same key, and what is to be asked.

    That is whether its document is valid now; the last says whether its keys are met first here.
    """
    places: set[tuple[str, frozenset[str]]] = set()
    met: set[frozenset[str]] = set()
    for document in documents:
        valid = partial(validator_of(document).is_valid, document)
        for path, found in objects(document, name_of(document)):
            keys = frozenset(found)
            place = (path.rpartition("/")[2], keys)
            if place not in places:
                yield path, found, valid, keys not in met
            places.add(place)
            met.add(keys)
        assert valid()


def ends_in(path: str, ends: tuple[str, ...]) -> bool:
    """Return whether a path has one of these ends."""
    return any(f"/{path}".endswith(f"/{end}") for end in ends)


def test_no_object_may_have_a_key_nobody_declared(real: list[Any]) -> None:
    """At no depth: a reader knows all there can be."""
    for path, found, valid, _ in each_kind(real):
        found["not-declared"] = [None]
        assert not valid(), path
        del found["not-declared"]


def test_no_object_may_lack_a_key_but_those_that_are_said_to_be_optional(real: list[Any]) -> None:
    """A reader may take every other key for there, at every depth.

    Of an object that is elsewhere too, one key is enough: that its place asks for such an object.
    """
    for path, found, valid, is_new in each_kind(real):
        keys = tuple(found) if is_new else tuple(found)[:1]
        for key in () if ends_in(path, BY_DATA) else keys:
            value = found.pop(key)
            assert valid() is ends_in(f"{path}/{key}", OPTIONAL), f"{path}/{key}"
            found[key] = value


def with_json(command: click.Command, name: str) -> Iterator[str]:
    """Yield the names of commands that can write JSON."""
    context = click.Context(command)
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            inner = command.get_command(context, each)
            assert inner is not None
            yield from with_json(inner, f"{name} {each}".strip())
    for option in command.params:
        if isinstance(option.type, click.Choice) and JSON in option.type.choices:
            yield name


def test_every_command_that_writes_json_has_a_schema() -> None:
    """And no schema is of a command that writes none."""
    assert set(with_json(main, "")) == {document.command for document in DOCUMENTS}


def test_what_is_stored_is_what_the_code_declares() -> None:
    """Enums among it; `make schema` writes it anew. Nothing else is in the folder."""
    stored = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    declared = {document.file: schema_text(document) for document in DOCUMENTS}
    assert len(declared) == len(DOCUMENTS)
    others = {f"{name}.schema.json": stored.get(f"{name}.schema.json") for name in ELSEWHERE}
    assert stored == declared | others


def test_a_definition_says_the_same_in_every_schema() -> None:
    """Whoever reads a packet or a hop from one document reads it from all."""
    meant: dict[str, Any] = {}
    for document in DOCUMENTS:
        schema = json.loads((FOLDER / document.file).read_text(encoding="utf-8"))
        definitions = schema.get("definitions", {})
        assert refs_in(schema) == set(definitions)
        for name, shape in definitions.items():
            assert meant.setdefault(name, shape) == shape


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_a_schema_is_named_as_its_documents_name_it(document: Document) -> None:
    """By `$id`, by the constant in it and by its file, and it is draft-07."""
    schema = json.loads((FOLDER / document.file).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == jsonschema.Draft7Validator.META_SCHEMA["$schema"]
    assert schema["$id"] == schema["properties"]["schema"]["const"]
    assert schema["required"][0] == "schema"


def test_decisions_are_those_the_simulator_takes() -> None:
    """Every word it has for one, and no other."""
    words = {
        value
        for name, value in vars(filtering).items()
        if name.isupper() and isinstance(value, str)
    }
    schema = json.loads((FOLDER / "trace.schema.json").read_text(encoding="utf-8"))
    verdict = schema["definitions"]["decision"]["properties"]["verdict"]
    assert set(verdict["enum"]) == words


@pytest.mark.parametrize("half", [0, 1], ids=["en", "ja"])
def test_the_page_of_reports_names_every_schema(half: int) -> None:
    """With its string and its file, in both languages."""
    text = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8").split("\n---\n")[half]
    for document in DOCUMENTS:
        assert f"`{document.schema}` | [{document.name}](../schemas/{document.file})" in text


def test_an_enum_refuses_what_the_code_never_says() -> None:
    """A verdict of another name is no document of ours."""
    document = json.loads(golden("report", "everything"))
    assert validator_of(document).is_valid(document)
    changed = deepcopy(document)
    changed["checks"][0]["status"] = "safe"
    assert not validator_of(changed).is_valid(changed)
