"""Records: mappings with a fixed set of fields, read into elements that know their places."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zonecheck.formats import full_width
from zonecheck.formats.json_schema import JsonSchema, SchemaWriter
from zonecheck.formats.nearest import did_you_mean
from zonecheck.formats.other_words import meant_by
from zonecheck.formats.problems import Problems
from zonecheck.formats.shape import Nullable, Shape
from zonecheck.formats.yaml_nodes import Kind, MappingNode, Node, ScalarNode, is_empty
from zonecheck.model.source import Source


@dataclass(frozen=True, eq=False)
class Field:
    """One field of a record; `default` is its value where it is not given."""

    shape: Shape[Any]
    required: bool = False
    doc_en: str = ""
    doc_ja: str = ""
    default: Any = None


@dataclass(frozen=True, slots=True)
class Element:
    """What a record read: every field's value, and where those given are written.

    `source` is where the element's id is written, or where the element begins if it has none.
    A field that was given but could not be read holds its default; a problem says why.
    `has_strays` means that it has keys of no field: one of them may stand for what it lacks.
    """

    record: str
    values: Mapping[str, Any]
    source: Source
    sources: Mapping[str, Source] = field(default_factory=dict)
    has_strays: bool = False

    def __getitem__(self, name: str) -> Any:
        """Return a field's value, its default if it is not given; raises KeyError."""
        return self.values[name]

    def given(self, name: str) -> bool:
        """Return whether the file declares the field; raises KeyError for no such field."""
        if name not in self.values:
            raise KeyError(name)
        return name in self.sources

    def source_of(self, name: str) -> Source:
        """Return where a field's value is written, the element's own place if it is not."""
        return self.sources.get(name, self.source)


@dataclass(frozen=True, eq=False)
class Record(Shape[Element]):
    """A mapping with named fields; unknown keys are problems that name the nearest field."""

    name: str
    fields: Mapping[str, Field]
    doc_en: str = ""
    doc_ja: str = ""

    @property
    def kinds(self) -> frozenset[Kind]:
        """Return the mapping kind."""
        return frozenset({"mapping"})

    @property
    def required(self) -> tuple[str, ...]:
        """Return the names of the fields that must be given."""
        return tuple(name for name, declared in self.fields.items() if declared.required)

    def _read(self, node: Node, problems: Problems, place: Source) -> Element:
        values = {name: declared.default for name, declared in self.fields.items()}
        sources: dict[str, Source] = {}
        first_keys: dict[str, Source] = {}
        has_strays = False
        for key, child in node.entries if isinstance(node, MappingNode) else ():
            declared = self.fields.get(key.text)
            if declared is None:
                has_strays = True
                self._report_unknown(key, problems)
            elif key.text in first_keys:
                first = first_keys[key.text].short
                problems.add(key.source, "shape.duplicate-key", key=key.text, first=first)
            else:
                value = declared.shape.read(child, problems, key.source)
                first_keys[key.text] = key.source
                # What an empty value stands for is written at its key, if anywhere.
                sources[key.text] = key.source if is_empty(child) else child.source
                if value is not None or (is_empty(child) and isinstance(declared.shape, Nullable)):
                    values[key.text] = value
        for name in self.required:
            if name not in sources:
                problems.add(place, "shape.missing-key", key=name, record=self.name)
        return Element(self.name, values, place, sources, has_strays)

    def _report_unknown(self, key: ScalarNode, problems: Problems) -> None:
        problems.add(
            key.source,
            "shape.unknown-key",
            key=key.text,
            record=self.name,
            allowed=", ".join(self.fields),
            hint=full_width.in_word(key.text, key.source)
            or meant_by(key.text, self.fields)
            or did_you_mean(key.text, self.fields),
        )

    def json_schema(self, writer: SchemaWriter) -> JsonSchema:
        """Return a reference to this record's definition."""
        schema: JsonSchema = {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                name: self._field_schema(declared, writer) for name, declared in self.fields.items()
            },
        }
        if self.required:
            schema["required"] = list(self.required)
        return writer.define(self.name, writer.described(schema, self.doc_en, self.doc_ja))

    @staticmethod
    def _field_schema(declared: Field, writer: SchemaWriter) -> JsonSchema:
        schema = writer.described(
            declared.shape.json_schema(writer), declared.doc_en, declared.doc_ja
        )
        if isinstance(declared.default, str | int | bool) and "$ref" not in schema:
            schema = {**schema, "default": declared.default}
        return schema
