"""`zonecheck matrix`: what passes between zones, or through one firewall with one service."""

from dataclasses import replace

import click

from zonecheck.cli.device_choice import device_with_rules
from zonecheck.cli.failure import Failure
from zonecheck.cli.format_names import JSON
from zonecheck.cli.language import said
from zonecheck.cli.options import common_options, deliver
from zonecheck.cli.profile_choice import profile_for
from zonecheck.cli.state_choice import in_state, state_option
from zonecheck.formats import Problems, read_topology
from zonecheck.formats.iptables.read_save import read_openers
from zonecheck.formats.iptables.save_text import read_save
from zonecheck.formats.service_text import service as read_service
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.closure import Closure
from zonecheck.model.filter import Action, Filter
from zonecheck.model.message import Message
from zonecheck.model.profile import Profile
from zonecheck.model.service import Service
from zonecheck.model.source import Source
from zonecheck.model.topology import Topology
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.ledger.undeclared import undeclared_items
from zonecheck.policy.questions.matrix import matrix_view
from zonecheck.policy.questions.service_matrix import (
    ServiceMatrix,
    matrix_of_device,
    matrix_of_rules,
)
from zonecheck.report.lang import Lang
from zonecheck.report.machine.matrix_json import render_matrix_json
from zonecheck.report.machine.service_matrix_json import render_service_matrix_json
from zonecheck.report.text.matrix import render_matrix_text
from zonecheck.report.text.service_matrix import render_service_matrix_text
from zonecheck.report.zone_names import zone_names


@click.command(
    help=said(
        "領域と領域の間で何が通り、どの宣言によるかを示す。--device と --service を指定すると、"
        "そのファイアウォールでの権利が等しいアドレスの組と、どの組からどの組へ接続を開けるかを"
        "示す。--iptables には構成ファイルなしで iptables-save の出力を指定できる。",
        "Show what may pass between every two zones, and by which declared channel. With --device "
        "and --service, show the classes of addresses of equal rights at that firewall and which "
        "may open the service to which; --iptables asks a bare iptables-save file the same.",
    )
)
@click.argument("topology", metavar="[TOPOLOGY]", required=False)
@click.option("--profile", "profile_name", metavar="P", help=said("プロファイル。", "Profile."))
@click.option("--device", metavar="FW", help=said("ファイアウォール。", "A firewall."))
@click.option("--service", metavar="S", help=said("サービス。例 tcp/22", "Such as tcp/22."))
@click.option(
    "--iptables", metavar="FILE", help=said("iptables-save の出力。", "From iptables-save.")
)
@click.option(
    "--ip6tables", metavar="FILE", help=said("ip6tables-save の出力。", "From ip6tables-save.")
)
@click.option(
    "--chain",
    default="FORWARD",
    show_default=True,
    metavar="C",
    help=said("filter テーブルのチェイン。", "A chain of the filter table."),
)
@state_option
@common_options
def matrix(
    *,
    topology: str | None,
    profile_name: str | None,
    device: str | None,
    service: str | None,
    iptables: str | None,
    ip6tables: str | None,
    chain: str,
    state: str,
    form: str,
    lang: Lang,
    output: str | None,
) -> None:
    """Show a matrix."""
    files = {version: path for version, path in ((4, iptables), (6, ip6tables)) if path is not None}
    if (topology is None) is not bool(files) or (files and device is not None):
        raise Failure(Message.of("error.matrix-needs-one"))
    if topology is not None and device is None:
        if service is not None:
            raise Failure(Message.of("error.matrix-needs-device"))
        deliver(_zones(topology, profile_name, state, form, lang), output)
        return
    if service is None:
        raise Failure(Message.of("error.matrix-needs-service"))
    if profile_name is not None:
        raise Failure(Message.of("error.matrix-no-zones"))
    asked = _service(service)
    if topology is not None and device is not None:
        found = _of_device(in_state(read_topology(topology), state), device, asked)
    else:
        found = _of_files(files, chain, asked)
    as_json = form == JSON
    text = render_service_matrix_json(found) if as_json else render_service_matrix_text(found, lang)
    deliver(text, output)


def _zones(topology: str, profile_name: str | None, state: str, form: str, lang: Lang) -> str:
    design = in_state(read_topology(topology), state)
    profile = profile_for(design, profile_name) if profile_name or design.profile else None
    analysis = Analysis(design, profile or Profile("", "", "", "", (), ()), Closure.UPPER)
    view = matrix_view(analysis, undeclared=len(undeclared_items(design)))
    if form == JSON:
        return render_matrix_json(view)
    return render_matrix_text(view, zone_names(design, profile, lang), lang)


def _service(text: str) -> Service:
    problems = Problems()
    node = ScalarNode(text, plain=True, source=Source("--service", 1, 1))
    found = read_service(node, problems)
    problems.raise_if_any()
    assert found is not None
    return replace(found, established=False)


def _of_device(design: Topology, name: str, service: Service) -> ServiceMatrix:
    return matrix_of_device(device_with_rules(design, name), service)


def _of_files(files: dict[int, str], chain: str, service: Service) -> ServiceMatrix:
    problems = Problems()
    rules: dict[int, Filter] = {}
    for version, path in files.items():
        tables = read_save(path, problems)
        if tables is None or problems.has_any:
            continue
        found = read_openers(tables, chain, version, problems)
        if found is not None:
            rules[version] = Filter(chain, found[0], Action.DENY)
        elif not problems.has_any:
            problems.add(Source(path, 1, 1), "iptables.no-filter-chain", chain=chain)
    problems.raise_if_any()
    return matrix_of_rules(chain, rules, service)
