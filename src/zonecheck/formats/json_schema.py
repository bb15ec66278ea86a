"""JSON Schema (draft-07, the newest that yaml-language-server reads) from shapes."""

from typing import Any, Literal, Protocol

JsonSchema = dict[str, Any]
Language = Literal["en", "ja"]


class HasSchema(Protocol):
    """Anything that can write its own schema."""

    def json_schema(self, writer: "SchemaWriter") -> JsonSchema:
        """Return the schema, putting named parts into the writer's definitions."""
        ...


class SchemaWriter:
    """Holds the definitions and the language of one schema document."""

    def __init__(self, language: Language = "en") -> None:
        self._language = language
        self.definitions: dict[str, JsonSchema] = {}

    def described(self, schema: JsonSchema, doc_en: str, doc_ja: str) -> JsonSchema:
        """Return the schema with its description in the writer's language, if there is one."""
        doc = doc_ja if self._language == "ja" and doc_ja else doc_en
        if not doc:
            return schema
        if "$ref" in schema:
            # Draft-07 ignores everything beside a `$ref`.
            return {"description": doc, "allOf": [schema]}
        return {**schema, "description": doc}

    def define(self, name: str, schema: JsonSchema) -> JsonSchema:
        """Return a reference to a definition.

        Raises:
            ValueError: if the name already means something else.
        """
        if self.definitions.setdefault(name, schema) != schema:
            raise ValueError(f"two different shapes are named {name!r}")
        return {"$ref": f"#/definitions/{name}"}


def schema_document(
    shape: HasSchema, *, title: str, language: Language = "en", schema_id: str | None = None
) -> JsonSchema:
    """Return a whole schema document; equal shapes give equal documents."""
    writer = SchemaWriter(language)
    root = shape.json_schema(writer)
    document: JsonSchema = {"$schema": "http://json-schema.org/draft-07/schema#"}
    if schema_id:
        document["$id"] = schema_id
    document["title"] = title
    document["allOf"] = [root]
    document["definitions"] = dict(sorted(writer.definitions.items()))
    return document
