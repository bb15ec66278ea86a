"""The keys of a file as a page: every record the reader knows, from its own declarations."""

from collections.abc import Iterator
from typing import Any, Final

from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import ID, PORT_NAME, TEXT
from zonecheck.formats.shape import Choice, ListOf, MapOf, Nullable, OneOf, Raw, Scalar, Shape
from zonecheck.report.lang import Lang
from zonecheck.report.words import phrase

_WRITTEN: Final = "<!-- make docs-reference writes this page: change the code, not the text. -->"
_SHORT: Final[dict[Shape[Any], str]] = {
    ID: "value.id",
    PORT_NAME: "value.port-name",
    TEXT: "value.text",
}
_AnyShape = Shape[Any]


def schema_page(root: Record, name: str, lang: Lang) -> str:
    """Return the page of a file's keys; `name` chooses its title and introduction."""
    lines = [
        f"# {phrase(lang, f'schema.{name}.title')}",
        "",
        _WRITTEN,
        "",
        phrase(lang, f"schema.{name}.about"),
        "",
    ]
    for record in records(root):
        lines += _section(record, lang)
    return "\n".join(lines).rstrip() + "\n"


def records(root: Record) -> list[Record]:
    """Return a record and all it may hold, each once, in the order they are met."""
    found: dict[str, Record] = {}
    waiting: list[_AnyShape] = [root]
    while waiting:
        shape = waiting.pop()
        if isinstance(shape, Record):
            if shape.name in found:
                continue
            found[shape.name] = shape
        waiting.extend(reversed(list(_parts(shape))))
    return list(found.values())


def _parts(shape: _AnyShape) -> Iterator[_AnyShape]:
    match shape:
        case Record():
            for declared in shape.fields.values():
                yield declared.shape
        case OneOf():
            yield from shape.shapes
        case ListOf():
            yield shape.item
        case MapOf():
            yield shape.value
        case Nullable():
            yield shape.shape
        case Choice(otherwise=more) if more is not None:
            yield more
        case Choice() | Scalar() | Raw():
            pass
        case _:
            raise TypeError(f"no page can show a {type(shape).__name__}")


def _section(record: Record, lang: Lang) -> list[str]:
    heads = [phrase(lang, f"schema.{head}") for head in ("key", "value", "needed", "meaning")]
    about = _doc(record, lang)
    rows = [
        [
            f"`{key}`",
            value_text(declared.shape, lang),
            _needed(declared, lang),
            _meaning(declared, lang),
        ]
        for key, declared in record.fields.items()
    ]
    return [
        f"## {record.name}",
        "",
        *([about, ""] if about else []),
        *(f"| {' | '.join(row)} |" for row in [heads, ["---"] * len(heads), *map(_cells, rows)]),
        "",
    ]


def _cells(row: list[str]) -> list[str]:
    return [cell.replace("|", "\\|") for cell in row]


def _doc(declared: Record | Field | Scalar[Any], lang: Lang) -> str:
    return declared.doc_ja if lang == "ja" else declared.doc_en


def _meaning(declared: Field, lang: Lang) -> str:
    """Return what a field says of itself, else what the record in it says of itself."""
    own, shape = _doc(declared, lang), declared.shape
    while not own and not isinstance(shape, Record):
        inner = list(_parts(shape))
        if not inner:
            return ""
        shape = inner[0]
    return own or (_doc(shape, lang) if isinstance(shape, Record) else "")


def _needed(declared: Field, lang: Lang) -> str:
    if declared.required:
        return phrase(lang, "schema.required")
    default = declared.default
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return f"`{default}`" if isinstance(default, str | int) and default != "" else ""


def value_text(shape: _AnyShape, lang: Lang) -> str:
    """Return in words what a shape reads."""
    match shape:
        case Record():
            return f"[{shape.name}](#{shape.name})"
        case Scalar():
            return _scalar(shape, lang)
        case Choice():
            words = phrase(lang, "value.and").join(f"`{word}`" for word in shape.words)
            more = [] if shape.otherwise is None else [value_text(shape.otherwise, lang)]
            return phrase(lang, "value.or").join([words, *more])
        case OneOf():
            return phrase(lang, "value.or").join(value_text(each, lang) for each in shape.shapes)
        case Nullable():
            either = (value_text(shape.shape, lang), phrase(lang, "value.nothing"))
            return phrase(lang, "value.or").join(either)
        case ListOf():
            code = "value.one-or-list" if shape.allow_single else "value.list"
            return phrase(lang, code, item=value_text(shape.item, lang))
        case MapOf():
            key, value = value_text(shape.key, lang), value_text(shape.value, lang)
            return phrase(lang, "value.map", key=key, value=value)
        case _:
            return phrase(lang, "value.any")


def _scalar(shape: Scalar[Any], lang: Lang) -> str:
    if shape in _SHORT:
        return phrase(lang, _SHORT[shape])
    doc = _doc(shape, lang)
    if doc:
        return doc.rstrip("。.")
    for each in (shape.schema, *shape.schema.get("anyOf", ())):
        if "minimum" in each:
            low, high = each["minimum"], each["maximum"]
            return f"`{low}`" if low == high else phrase(lang, "value.numbers", low=low, high=high)
    words = [word for word in shape.schema.get("enum", ()) if isinstance(word, str)]
    if not words:
        return phrase(lang, "value.text")
    if set(words) == {"true", "false"}:
        return phrase(lang, "value.truth")
    return phrase(lang, "value.and").join(f"`{word}`" for word in words)
