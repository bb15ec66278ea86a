"""YAML syntax errors, told in terms of what was written rather than of the parser."""

import re

import yaml

from zonecheck.formats import full_width
from zonecheck.formats.file_text import LINE_BREAK
from zonecheck.formats.problems import Problems
from zonecheck.model.message import Message
from zonecheck.model.source import Source

_TAB_INDENT = re.compile(r"[ ]*\t")
_BARE_COLONS = re.compile(r"(^|[\s,\[{])::|::\s*($|[,\]}])")
_INDENTATION = re.compile(
    r"expected key|<block end>|'-' indicator|sequence entries are not allowed"
    r"|expected ':'|expected alphabetic"
)


def report_syntax_error(error: yaml.YAMLError, text: str, name: str, problems: Problems) -> None:
    """Report what PyYAML stopped at; its own words appear only for rare errors."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        problems.add(Source(name, 1, 1), "yaml.syntax", detail=str(error).partition("\n")[0])
        return
    mark, said = error.problem_mark, error.problem or ""
    opening = error.context_mark or mark
    lines = LINE_BREAK.split(text)
    line = lines[mark.line] if mark.line < len(lines) else ""
    source = Source(name, mark.line + 1, mark.column + 1)
    opened = Source(name, opening.line + 1, opening.column + 1)
    hint = _hint(line) or full_width.near(lines, mark.line)
    if _TAB_INDENT.match(line) or "tab character" in said or line[mark.column :][:1] == "\t":
        problems.add(source, "yaml.tab", hint=Message.of("hint.indent-with-spaces"))
    elif "mapping values are not allowed" in said or (hint and hint.code == "hint.quote-ipv6"):
        problems.add(source, "yaml.unexpected-colon", hint=hint or Message.of("hint.quote-colon"))
    elif "cannot start any token" in said:
        character = line[mark.column :][:1]
        hint = hint or Message.of("hint.quote-text")
        problems.add(source, "yaml.reserved-character", character=character, hint=hint)
    elif "expected ',' or" in said:
        problems.add(source, "yaml.unclosed-bracket", opened=opened.short, hint=hint)
    elif "unexpected end of stream" in said:
        problems.add(opened, "yaml.unclosed-quote", hint=hint)
    elif _INDENTATION.search(said):
        problems.add(source, "yaml.indentation", hint=hint or Message.of("hint.align"))
    else:
        problems.add(source, "yaml.syntax", detail=said, hint=hint)


def _hint(line: str) -> Message | None:
    """Return the likely cause where the line shows one."""
    if "${" in line:
        return Message.of("hint.quote-placeholder")
    if _BARE_COLONS.search(line):
        return Message.of("hint.quote-ipv6")
    return None
