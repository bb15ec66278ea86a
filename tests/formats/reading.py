"""Short ways to read YAML text in tests."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import zonecheck.formats
from zonecheck.formats.problems import Problems
from zonecheck.formats.yaml_nodes import DEFAULT_LIMITS, Limits, MappingNode, Node, parse_document

FORMATS = Path(zonecheck.formats.__file__).parent


def parsed(text: str, limits: Limits = DEFAULT_LIMITS) -> tuple[Node | None, Problems]:
    """Return the root of a text read as `f.yaml`, and the problems."""
    problems = Problems()
    return parse_document(text, "f.yaml", problems, limits=limits), problems


def node_of(text: str) -> Node:
    """Return the root of a text that has no problems."""
    node, problems = parsed(text)
    assert node is not None
    assert not problems.has_any, found(problems)
    return node


def mapping_of(text: str) -> MappingNode:
    """Return the root of a text that is a mapping without problems."""
    node = node_of(text)
    assert isinstance(node, MappingNode)
    return node


def found(problems: Problems) -> list[tuple[str, int, int]]:
    """Return code, line and column of each problem in order."""
    return [(item.code, item.source.line, item.source.column) for item in problems.in_order]


def hints(problems: Problems) -> list[dict[str, str]]:
    """Return the code and arguments of each hint in order."""
    return [{"code": item.hint.code, **item.hint.named} for item in problems.in_order if item.hint]


def said_codes() -> Iterator[tuple[Path, str, frozenset[str]]]:
    """Yield every code the room says literally, with its module and argument names."""
    for path in sorted(FORMATS.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            place = {"add": 1, "_stop": 1, "of": 0, "differs": 0}.get(node.func.attr)
            if place is None or len(node.args) <= place:
                continue
            code = node.args[place]
            if isinstance(code, ast.Constant) and isinstance(code.value, str) and "." in code.value:
                names = {item.arg for item in node.keywords if item.arg and item.arg != "hint"}
                yield path, code.value, frozenset(names)


def placeholders(wording: str) -> frozenset[str]:
    """Return the argument names a wording uses."""
    return frozenset(name for _, name, _, _ in Formatter().parse(wording) if name)
