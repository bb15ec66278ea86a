"""Profiles: what one policy asks for, as data, with its exact citations."""

from dataclasses import dataclass, field
from typing import Final

from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.zone import Zone

STRENGTHS: Final = {
    "must": "error",
    "in-principle": "error",
    "as-needed": "warning",
    "as-far-as-possible": "advice",
    "desirable": "advice",
}
"""How a text may put a rule, each with the highest level it allows.

In the order given: しなければならない, 原則として, 必要に応じ, 可能な限り, 望ましい.
"""

CHANNELS: Final = "channels"
SANITISED: Final = "sanitised"
BASES: Final = ("municipal-policy", "national-R6.10", "national-R7.3", "custom")
INTERNET_EDGES: Final = ("traffic", "attachment", "none")
ISOLATION_EXCEPTIONS: Final = (CHANNELS, SANITISED)


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause of the policy document, as reports print it, with the words it stands on."""

    clause: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class CheckPolicy:
    """How a profile asks for one check: its citations and what a violation counts as.

    `strength` is how the text puts it, one of `STRENGTHS`; the level is never above what that
    allows. A finding of a `waivable` check may be waived with a reason.
    """

    check: str
    citations: tuple[Citation, ...]
    level: str = "error"
    severity: str = "high"
    strength: str = "must"
    waivable: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Isolation:
    """That a zone is kept apart from others (none named: from all), but for the exceptions.

    `channels` excuses the packets of declared channels, `sanitised` lets payload pass by accepted
    sanitiser services; `payload` is the direction that is judged, `in` or `both`.
    """

    zone: str
    others: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    payload: str = "both"
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class FlowLimits:
    """How narrow a specific flow has to be.

    `bind` are the restrictions it must name. An end may have no more addresses than one prefix of
    `ipv4_prefix` and one of `ipv6_prefix` bits holds, a flow no more than `ports` ports.
    """

    bind: tuple[str, ...] = ("ip", "port", "mac")
    ipv4_prefix: int = 24
    ipv6_prefix: int = 64
    ports: int = 16


@dataclass(frozen=True)
class Profile:
    """One policy in one edition.

    `methods` are the sanitising methods its text accepts; `sanitise` is `import` (only what
    comes into the LGWAN area) or `both`. `nac_zones` are the zones whose access ports have to
    authenticate devices; empty means all of the profile's. Checks without an entry are not in
    the profile.

    `specific_flow` bounds specific flows; `public_body_exception` tells that systems of public
    bodies may be connected to the Internet; `maintenance_depth` is how many hosts a vendor's
    remote maintenance is followed through (None: all).

    `wlan_zones` are those of its zones in which there may be wireless networks (None: all but the
    My Number area); `shared_platforms` the pairs of zones that may share a hypervisor or storage.
    With `printer_ports`, printers accept nothing but printing, scanning and management.
    `line_kinds` are the kinds of lines attachments may use, `cloud_regions` where cloud services
    may keep data.

    `basis` says what kind of document it is, one of `BASES`, `date` from when it is in force.
    `extra_zones` are further zones a design may have; with `exact_partition` it may have no
    others. `isolation` keeps further zones apart. `out_of_scope` are zones the policy leaves out:
    networks of others wherever they meet ours. `screen_initiators` are the zones from which
    screen transfer may be opened (empty: as the channel says); `local_breakout` tells that the
    LGWAN area may use approved cloud services past its boundary. `internet_edge` is what counts
    as one way to the Internet: `traffic` that passes the security cloud, or every `attachment`.

    `sha256` is that of the files it was read from, empty for one that was not.
    """

    id: str
    title: str
    document: str
    edition: str
    zones: tuple[Zone, ...]
    checks: tuple[CheckPolicy, ...]
    methods: tuple[str, ...] = ()
    sanitise: str = "import"
    nac_zones: tuple[str, ...] = ()
    specific_flow: FlowLimits = FlowLimits()
    public_body_exception: bool = False
    maintenance_depth: int | None = None
    wlan_zones: tuple[str, ...] | None = None
    shared_platforms: tuple[frozenset[str], ...] = ()
    printer_ports: bool = False
    line_kinds: tuple[str, ...] = ("dedicated", "wide-area-ethernet", "ip-vpn", "lgwan")
    cloud_regions: tuple[str, ...] = ("日本",)
    basis: str = "custom"
    date: str = ""
    extra_zones: tuple[str, ...] = ()
    exact_partition: bool = False
    isolation: tuple[Isolation, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    screen_initiators: tuple[str, ...] = ()
    local_breakout: bool = False
    internet_edge: str = "traffic"
    note: str = ""
    sha256: str = field(default="", compare=False)
    source: Source = field(default=NOWHERE, compare=False)

    def policy_for(self, check: str) -> CheckPolicy | None:
        """Return how the profile asks for a check, None if it does not."""
        for policy in self.checks:
            if policy.check == check:
                return policy
        return None
