"""`zonecheck dataplane`: the canonical form that certificates speak about."""

from pathlib import Path

import click

from zonecheck.cli.failure import Failure
from zonecheck.cli.language import said
from zonecheck.cli.options import debug_option, lang_option, output_option, topology_argument
from zonecheck.cli.result_file import replace_file
from zonecheck.cli.state_choice import in_state, state_option
from zonecheck.cli.streams import write_out
from zonecheck.dataplane import DataPlane
from zonecheck.dataplane.canonical import NoWordsError, canonical, canonical_bytes, canonical_hash
from zonecheck.formats import read_topology
from zonecheck.model.closure import Closure
from zonecheck.packets import PacketSpace
from zonecheck.report.lang import Lang


@click.command(
    help=said(
        "構成のデータプレーンを正準形のJSONで書く。証明書はこのJSONとそのハッシュについて述べる。"
        "ファイルに書いたもののSHA-256は --hash の値に等しい。形は docs/dataplane.md にある。",
        "Write the data plane of a design as canonical JSON, which certificates speak about. The "
        "SHA-256 of the file written is what --hash prints. docs/dataplane.md tells its shape.",
    )
)
@topology_argument
@click.option(
    "--closure",
    type=click.Choice([closure.value for closure in Closure]),
    default=Closure.UPPER.value,
    show_default=True,
    help=said(
        "宣言のないものを、最も漏れる側 (upper) と最も漏れない側 (lower) のどちらで読むか。",
        "Whether the undeclared does what leaks most (upper) or least (lower).",
    ),
)
@click.option(
    "--hash",
    "only_hash",
    is_flag=True,
    help=said("SHA-256のハッシュだけを書く。", "Write the SHA-256 hash only."),
)
@state_option
@output_option
@lang_option
@debug_option
def dataplane(
    *, topology: str, closure: str, only_hash: bool, state: str, output: str | None, lang: Lang
) -> None:
    """Write the canonical form of a data plane, or its hash."""
    del lang  # of errors only
    design = in_state(read_topology(topology), state)
    try:
        form = canonical(DataPlane(design, PacketSpace(), Closure(closure)))
    except NoWordsError as error:
        raise Failure(error.reason) from error
    # No line end after the form: the file is what is hashed, to the byte.
    text = f"{canonical_hash(form)}\n".encode() if only_hash else canonical_bytes(form)
    if output is None:
        write_out(text)
    else:
        replace_file(Path(output), text.decode("utf-8"))
