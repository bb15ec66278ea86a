"""Everything said of two zones is said of IPv6 too, whether anybody planned IPv6 or not."""

from zonecheck.model.attachment import AttachmentPoint
from zonecheck.policy.analysis import Analysis
from zonecheck.policy.check import PACKETS, Check, Outcome
from zonecheck.policy.checks.separation import count_pairs
from zonecheck.policy.checks.zoning import domains_of_two_zones
from zonecheck.policy.crossing import crossings, excused_by, finding_of


def ask_ipv6_parity(analysis: Analysis) -> Outcome:
    """No IPv6 packet crosses between two zones unless declared, link-local ones included.

    Packets to declared addresses are judged like `undeclared-permit` judges them. Two zones in
    one broadcast domain reach each other by link-local addresses, which every stack makes itself.
    """

    def relevant(a: AttachmentPoint, b: AttachmentPoint) -> bool:
        return analysis.zone_of(a) != analysis.zone_of(b)

    declared = excused_by(analysis.excuses(analysis.declared_legs, tunnels=True))
    version_6 = analysis.space.box(6)
    found = crossings(
        analysis,
        analysis.reach,
        relevant,
        lambda flow, origin, destination: declared(flow, origin, destination) & version_6,
    )
    findings = [finding_of(analysis, item, "ipv6-parity.packet") for item in found]
    crossed = {frozenset(finding.zones) for finding in findings}
    on_link, _ = domains_of_two_zones(analysis, "ipv6-parity.link-local")
    findings += [each for each in on_link if frozenset(each.zones) not in crossed]
    return Outcome(tuple(findings), count_pairs(analysis, relevant))


CHECKS = (Check("ipv6-parity", 1, (PACKETS,), ask_ipv6_parity),)
