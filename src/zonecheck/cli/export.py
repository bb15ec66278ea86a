"""`zonecheck export`: the model in the words of something that enforces it."""

from collections.abc import Sequence

import click

from zonecheck.cli.device_choice import device_with_rules
from zonecheck.cli.export_diagrams import DIAGRAMS
from zonecheck.cli.failure import Failure
from zonecheck.cli.language import said
from zonecheck.cli.options import (
    debug_option,
    deliver,
    lang_option,
    output_option,
    quiet_option,
    topology_argument,
)
from zonecheck.cli.state_choice import in_state, state_option
from zonecheck.cli.streams import note
from zonecheck.formats import read_topology
from zonecheck.formats.nftables import nft_ruleset
from zonecheck.formats.nftables_ruleset import NftRuleset
from zonecheck.model.device import Device
from zonecheck.model.message import Message
from zonecheck.report.lang import Lang
from zonecheck.report.words import phrase, say


@click.group(
    help=said(
        "機器の設定（nftables: 証明したとおりのものを設置するため）や、構成全体の図"
        "（dot、mermaid、drawio）を書く。",
        "Write the configuration of a device (nftables), so that what was proved is what gets "
        "installed, or the whole design as a drawing (dot, mermaid, drawio).",
    )
)
def export() -> None:
    """Write the model in another form."""


for _diagram in DIAGRAMS:
    export.add_command(_diagram)


@export.command(
    help=said(
        "機器一台のフィルター・変換・送信元検査・管理通信を nft -f で読める形で書く。モデルより"
        "狭くなる点は標準エラーに並べる。書けないものは規則の場所を示すエラーになる。",
        "Write the filters, translations, source checks and own plane of a device for `nft -f`. "
        "Where it is stricter than the model is listed on stderr. What cannot be written is an "
        "error that names the rule and its line.",
    )
)
@topology_argument
@click.option(
    "--device", "device_id", required=True, metavar="ID", help=said("機器。", "The device.")
)
@click.option(
    "--interface",
    "pairs",
    multiple=True,
    metavar="ID=NAME",
    help=said(
        "インターフェイスのカーネルでの名前（なければ ID）。何度でも指定できる。",
        "What the kernel calls an interface, else its ID; may be given several times.",
    ),
)
@state_option
@output_option
@quiet_option
@lang_option
@debug_option
def nftables(
    *,
    topology: str,
    device_id: str,
    pairs: tuple[str, ...],
    state: str,
    output: str | None,
    quiet: bool,
    lang: Lang,
) -> None:
    """Write one device as a ruleset of nft."""
    design = in_state(read_topology(topology), state)
    device = device_with_rules(design, device_id)
    ruleset = nft_ruleset(design, device, names=_names(device, pairs))
    deliver(_worded(ruleset, lang), output)
    for difference in () if quiet else ruleset.differences:
        note(phrase(lang, "export.differs", text=say(difference, lang)))


def _worded(ruleset: NftRuleset, lang: Lang) -> str:
    """Return the ruleset with a sentence under the code of each difference in its first lines."""
    sentences = iter(ruleset.differences)
    lines = []
    for line in ruleset.text.splitlines():
        lines.append(line)
        if line.startswith("# differs: "):
            lines.append(f"#   {say(next(sentences), lang)}")
    return "\n".join(lines) + "\n"


def _names(device: Device, pairs: Sequence[str]) -> dict[str, str]:
    known = {face.id for face in device.interfaces}
    found = {}
    for pair in pairs:
        face, _, name = pair.partition("=")
        if not name or face not in known:
            raise Failure(Message.of("error.interface-pair", given=pair, device=device.id))
        found[face] = name
    return found
