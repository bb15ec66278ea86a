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
    """How a profile asks for one check: its citations and what a violation counts as."""

    check: str
    citations: tuple[Citation, ...]
    level: str = "error"
    severity: str = "high"


@dataclass(frozen=True)
class Profile:
    """One policy in one edition.

    `methods` are the sanitising methods its text accepts; `sanitise` is `import` (only what
    comes into the LGWAN area) or `both`. `nac_zones` are the zones whose access ports have to
    authenticate devices; empty means all of the profile's. Checks without an entry are not in
    the profile.
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
    note: str = ""
    source: Source = field(default=NOWHERE, compare=False)

    def policy_for(self, check: str) -> CheckPolicy | None:
        """Return how the profile asks for a check, None if it does not."""
        for policy in self.checks:
            if policy.check == check:
                return policy
        return None
