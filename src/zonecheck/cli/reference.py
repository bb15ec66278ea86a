"""The page of all commands, from what `--help` is made of."""

from collections.abc import Iterator
from typing import Final

import click

from zonecheck.report.lang import Lang
from zonecheck.report.words import phrase

_WRITTEN: Final = "<!-- make docs-reference writes this page: change the code, not the text. -->"


def command_page(group: click.Group, lang: Lang) -> str:
    """Return the page of a group; its help texts are in the language they were imported in."""
    lines = [
        f"# {phrase(lang, 'commands.title')}",
        "",
        _WRITTEN,
        "",
        phrase(lang, "commands.about"),
        "",
    ]
    for name, command in _commands(group, "zonecheck", None):
        lines += _section(name, command, lang)
    return "\n".join(lines).rstrip() + "\n"


def _commands(
    command: click.Command, name: str, above: click.Context | None
) -> Iterator[tuple[click.Context, click.Command]]:
    context = click.Context(command, info_name=name, parent=above)
    yield context, command
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            found = command.get_command(context, each)
            if found is not None:
                yield from _commands(found, each, context)


def _section(context: click.Context, command: click.Command, lang: Lang) -> list[str]:
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    options = [each for each in command.params if isinstance(each, click.Option)]
    lines = [f"## {context.command_path}", "", "```text", usage, "```", ""]
    lines += [(command.help or "").strip(), ""]
    if options:
        lines += [f"| {phrase(lang, 'commands.option')} | {phrase(lang, 'commands.meaning')} |"]
        lines += ["|---|---|", *(_row(option, lang) for option in options), ""]
    return lines


def _row(option: click.Option, lang: Lang) -> str:
    names = ", ".join([*option.opts, *option.secondary_opts])
    form = f"{names} {_value(option)}".strip()
    meaning = [(option.help or "").strip()]
    if option.required:
        meaning.append(phrase(lang, "commands.required"))
    if option.multiple:
        meaning.append(phrase(lang, "commands.repeated"))
    if option.show_default and isinstance(option.default, str | int):
        meaning.append(phrase(lang, "commands.default", value=f"`{option.default}`"))
    cells = [f"`{form}`", ("" if lang == "ja" else " ").join(meaning)]
    written = [cell.replace("|", "\\|") for cell in cells]
    return f"| {' | '.join(written)} |"


def _value(option: click.Option) -> str:
    if option.is_flag or option.count:
        return ""
    if isinstance(option.type, click.Choice):
        return "|".join(str(choice) for choice in option.type.choices)
    return option.metavar or option.type.name.upper()
