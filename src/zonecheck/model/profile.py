"""Profiles: what one policy asks for, as data, with its exact citations."""

from dataclasses import dataclass, field

from zonecheck.model.source import NOWHERE, Source
from zonecheck.model.zone import Zone


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause of the policy document, as reports print it, with the words it stands on."""

    clause: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class CheckPolicy:
    """How a profile asks for one check: its citations and what a violation counts as.

    No waiver counts for a check that is not `waivable`.
    """

    check: str
    citations: tuple[Citation, ...]
    level: str = "error"
    severity: str = "high"
    waivable: bool = True


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

    `sha256` is that of the file it was read from, empty for one that was not.
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
    note: str = ""
    sha256: str = field(default="", compare=False)
    source: Source = field(default=NOWHERE, compare=False)

    def policy_for(self, check: str) -> CheckPolicy | None:
        """Return how the profile asks for a check, None if it does not."""
        for policy in self.checks:
            if policy.check == check:
                return policy
        return None
