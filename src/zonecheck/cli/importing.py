"""`zonecheck import`: rules of other systems as words of a topology file."""

import click

from zonecheck.cli.language import said
from zonecheck.cli.options import debug_option, deliver, lang_option, output_option
from zonecheck.formats import Problems
from zonecheck.formats.build_config import policy_of
from zonecheck.formats.file_text import shown_path
from zonecheck.formats.iptables.interfaces import Interfaces, names_in
from zonecheck.formats.iptables.read_save import FORMATS, Imported, Path, read_path
from zonecheck.formats.iptables.rules_yaml import filter_yaml
from zonecheck.formats.iptables.save_text import read_save
from zonecheck.model.source import Source
from zonecheck.report.lang import Lang
from zonecheck.report.words import phrase


@click.command(
    help=said(
        "他のシステムの設定を構成ファイルの書き方にして出力する。FORMAT は iptables-save または "
        "ip6tables-save。読みを広げた行は注釈として先頭に並べる。機器の下に貼り付けて使う。",
        "Write the rules of another system in the words of a topology file, to be pasted under a "
        "device. FORMAT is iptables-save or ip6tables-save. Lines that are read as more or less "
        "than they say are listed first, as comments.",
    )
)
@click.argument("form", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.argument("file", metavar="FILE")
@click.option(
    "--interface",
    "interfaces",
    multiple=True,
    metavar="NAME",
    help=said(
        "機器の持つインターフェース（すべて指定すると、否定や + を正確に読める）。",
        "An interface the device has; with all of them named, negations and + are read exactly.",
    ),
)
@output_option
@lang_option
@debug_option
def import_rules(
    *, form: str, file: str, interfaces: tuple[str, ...], output: str | None, lang: Lang
) -> None:
    """Write rules as a topology file says them."""
    problems = Problems()
    version = FORMATS[form]
    source = Source(shown_path(file), 1, 1)
    tables = read_save(file, problems)
    problems.raise_if_any()
    assert tables is not None
    names = interfaces or names_in([tables])
    known = Interfaces({name: name for name in names}, closed=bool(interfaces))
    read = read_path(tables, Path.FORWARD, version, known, problems)
    if read is None and not problems.has_any:
        problems.add(source, "iptables.no-filter-chain", chain=Path.FORWARD.name)
    problems.raise_if_any()
    assert read is not None
    translates = any(chain.lines for chain in tables.get("nat", {}).values())
    deliver(_text(read, source, lang, translates=translates), output)


def _text(read: Imported, source: Source, lang: Lang, *, translates: bool) -> str:
    """Return the rules after what is to be known about them."""
    lines = [phrase(lang, "import.from", file=source.file)]
    if translates:
        lines.append(phrase(lang, "import.nat"))
    if read.widened:
        lines.append(phrase(lang, "import.widened", count=len(read.widened)))
    lines += [
        phrase(lang, "import.line", place=item.source.short, reasons=", ".join(item.reasons))
        for item in read.widened
    ]
    rules = filter_yaml(policy_of({read.version: read}, source))
    return "".join(f"# {line}\n" for line in lines) + rules
