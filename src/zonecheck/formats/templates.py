"""Repeated parts of a design: a template is written once and used with other words.

A template holds sections. Each `use` puts its arguments in the place of `${parameter}` in the
text of every key and scalar and adds the sections to those of the topology. What comes out
keeps the template's line as its source, and remembers where it was used.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.problems import Problems
from zonecheck.formats.record import Element, Field, Record
from zonecheck.formats.scalar_shapes import ID, TEXT
from zonecheck.formats.sections import join
from zonecheck.formats.shape import Items, ListOf, MapOf, Raw, Table
from zonecheck.formats.used_source import UsedSource
from zonecheck.formats.yaml_nodes import (
    DEFAULT_LIMITS,
    Limits,
    MappingNode,
    Node,
    ScalarNode,
    SequenceNode,
)
from zonecheck.model.message import Message
from zonecheck.model.source import Source

_PLACEHOLDER = re.compile(r"\$\{([^{}]*)\}")
_PARAMETERS_KEY = "parameters"
_PARAMETERS = ListOf(ID)
_BODY = Raw({"type": "object", "properties": {_PARAMETERS_KEY: {"type": "array"}}})
TEMPLATES = MapOf(ID, _BODY)
USE = ListOf(
    Record(
        "use",
        {
            "template": Field(ID, required=True, doc_en="Its name.", doc_ja="テンプレートの名前。"),
            "with": Field(
                MapOf(ID, TEXT),
                default=Table({}, {}),
                doc_en="The text for each parameter.",
                doc_ja="各パラメーターに入れる文字列。",
            ),
        },
    )
)


@dataclass(frozen=True, slots=True)
class _Template:
    name: str
    parameters: Items[str]
    body: MappingNode


def expand(
    root: MappingNode, problems: Problems, *, limits: Limits = DEFAULT_LIMITS
) -> MappingNode:
    """Return the root with every `use` expanded, and without `templates` and `use`."""
    templates = _read_templates(root, problems)
    expander = _Expander(templates, problems, limits)
    try:
        return expander.expand(root, None, ())
    except _Stop:
        return _without(root, "templates", "use")


def _without(node: MappingNode, *keys: str) -> MappingNode:
    return MappingNode(
        tuple(entry for entry in node.entries if entry[0].text not in keys), node.source
    )


def _entry(node: MappingNode, key: str) -> tuple[ScalarNode, Node] | None:
    return next((entry for entry in node.entries if entry[0].text == key), None)


def _read_templates(root: MappingNode, problems: Problems) -> Mapping[str, _Template]:
    entry = _entry(root, "templates")
    bodies = entry and TEMPLATES.read(entry[1], problems, entry[0].source)
    templates: dict[str, _Template] = {}
    for name, body in (bodies or {}).items():
        if not isinstance(body, MappingNode):
            problems.add(
                body.source, "shape.wrong-kind", found_kind=body.kind, expected_kinds="mapping"
            )
            continue
        templates[name] = _read_template(name, body, problems)
    return templates


def _read_template(name: str, node: MappingNode, problems: Problems) -> _Template:
    entry = _entry(node, _PARAMETERS_KEY)
    declared = entry and _PARAMETERS.read(entry[1], problems, entry[0].source)
    parameters = declared or Items.of([])
    body = _without(node, _PARAMETERS_KEY)
    nested = _entry(body, "templates")
    if nested:
        problems.add(nested[0].source, "template.nested-definition", template=name)
    used: set[str] = set()
    for scalar in _scalars(body):
        for found in _PLACEHOLDER.findall(scalar.text):
            used.add(found)
            if found not in parameters:
                problems.add(
                    scalar.source,
                    "template.unknown-parameter",
                    parameter=found,
                    template=name,
                    declared=", ".join(parameters) or "-",
                    hint=did_you_mean(found, parameters),
                )
        if "${" in _PLACEHOLDER.sub("", scalar.text):
            problems.add(scalar.source, "template.malformed-placeholder", text=scalar.text)
    if parameters:
        _check_parameters(name, parameters, used, problems)
    return _Template(name, parameters, body)


def _check_parameters(
    name: str, parameters: Items[str], used: set[str], problems: Problems
) -> None:
    first: dict[str, Source] = {}
    for parameter, source in zip(parameters, parameters.sources, strict=True):
        if parameter in first:
            place = first[parameter].short
            problems.add(source, "shape.duplicate-id", key=parameter, first=place)
        elif parameter not in used:
            problems.add(source, "template.unused-parameter", parameter=parameter, template=name)
        first.setdefault(parameter, source)


def _scalars(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, SequenceNode):
        for item in node.items:
            yield from _scalars(item)
    else:
        for key, value in node.entries:
            yield key
            yield from _scalars(value)


class _Stop(Exception):  # noqa: N818 - ends the expansion, not an error of its own
    """Ends the expansion after a problem that leaves nothing to go on with."""


class _Expander:
    def __init__(
        self, templates: Mapping[str, _Template], problems: Problems, limits: Limits
    ) -> None:
        self._templates = templates
        self._problems = problems
        self._limit = limits.nodes
        self._nodes = 0

    def expand(
        self, node: MappingNode, used_at: Source | None, chain: tuple[str, ...]
    ) -> MappingNode:
        """Return the sections of `node`, joined with those of every template it uses."""
        own = _without(node, "templates", "use")
        entry = _entry(node, "use")
        elements = entry and USE.read(entry[1], self._problems, entry[0].source)
        if not elements:
            return own
        parts = [own]
        for element in elements:
            # The source of a nested use already leads to the outer one.
            part = self._instance(element, chain)
            if part is not None:
                parts.append(part)
        return join(parts, self._problems, used_at or node.source)

    def _instance(self, element: Element, chain: tuple[str, ...]) -> MappingNode | None:
        name = element["template"]
        if name is None:
            return None
        template = self._templates.get(name)
        if template is None:
            self._problems.add(
                element.source_of("template"),
                "template.unknown",
                template=name,
                known=", ".join(self._templates) or "-",
                hint=did_you_mean(name, self._templates),
            )
            return None
        if name in chain:
            path = " -> ".join((*chain, name))
            self._problems.add(element.source, "template.recursion", chain=path)
            return None
        arguments = element["with"]
        if not self._arguments_fit(element, template, arguments):
            return None
        body = self._substituted(template.body, arguments, element.source)
        if not isinstance(body, MappingNode):
            raise TypeError("a mapping stays a mapping")
        return self.expand(body, element.source, (*chain, name))

    def _arguments_fit(
        self, element: Element, template: _Template, arguments: Table[str, str]
    ) -> bool:
        missing = [name for name in dict.fromkeys(template.parameters) if name not in arguments]
        unknown = [name for name in arguments if name not in template.parameters]
        for name in missing:
            self._problems.add(
                element.source, "template.missing-argument", parameter=name, template=template.name
            )
        for name in unknown:
            self._problems.add(
                arguments.sources[name],
                "template.unknown-argument",
                parameter=name,
                template=template.name,
                declared=", ".join(template.parameters) or "-",
                hint=did_you_mean(name, template.parameters),
            )
        return not missing and not unknown

    def _substituted(self, node: Node, arguments: Mapping[str, str], used_at: Source) -> Node:
        self._nodes += 1
        if self._nodes > self._limit:
            self._stop(used_at)
        place = node.source
        source = UsedSource(place.file, place.line, place.column, used_at)
        if isinstance(node, ScalarNode):
            return _filled(node, arguments, source)
        if isinstance(node, SequenceNode):
            items = tuple(self._substituted(item, arguments, used_at) for item in node.items)
            return SequenceNode(items, source)
        entries = []
        for key, value in node.entries:
            key_place = key.source
            key_source = UsedSource(key_place.file, key_place.line, key_place.column, used_at)
            filled = _filled(key, arguments, key_source)
            entries.append((filled, self._substituted(value, arguments, used_at)))
        return MappingNode(tuple(entries), source)

    def _stop(self, used_at: Source) -> NoReturn:
        hint = Message.of("hint.fewer-uses")
        self._problems.add(used_at, "template.too-many-nodes", limit=self._limit, hint=hint)
        raise _Stop


def _filled(node: ScalarNode, arguments: Mapping[str, str], source: Source) -> ScalarNode:
    if "${" not in node.text:
        return ScalarNode(node.text, node.plain, source)
    text = _PLACEHOLDER.sub(lambda found: arguments.get(found[1], found[0]), node.text)
    # An argument is text: `null` put in for a placeholder is that word, not nothing.
    return ScalarNode(text, False, source)  # noqa: FBT003 - a node's own field
