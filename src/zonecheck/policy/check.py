"""What a check is: a question to an analysis, answered with findings."""

from collections.abc import Callable
from dataclasses import dataclass, field

from zonecheck.policy.analysis import Analysis
from zonecheck.policy.verdict import Finding, MissingDeclaration

PACKETS = "packets"
FLOW = "flow"
STRUCTURE = "structure"
PEERS = "peers"
BINDING = "binding"
ROLES = "roles"
MAINTENANCE = "maintenance"
WIRELESS = "wireless"
PRINTERS = "printers"
PLATFORMS = "platforms"
BESIDE = "beside"
REGISTER = "register"
SCOPE = "scope"
CABLING = "cabling"
ADMISSION = "admission"
SYSTEMS = "systems"
LISTENS = "listens"
KINDS = (
    STRUCTURE,
    PACKETS,
    FLOW,
    PEERS,
    BINDING,
    ROLES,
    MAINTENANCE,
    WIRELESS,
    PRINTERS,
    PLATFORMS,
    BESIDE,
    REGISTER,
    SCOPE,
    CABLING,
    ADMISSION,
    SYSTEMS,
    LISTENS,
)
_ATTRIBUTE = "attribute:"


def attribute(name: str) -> str:
    """Return the kind of statements that rest on an attribute (model.attribute)."""
    return _ATTRIBUTE + name


def attribute_of(kind: str) -> str | None:
    """Return the attribute statements of a kind rest on, None if they rest on none."""
    return kind.removeprefix(_ATTRIBUTE) if kind.startswith(_ATTRIBUTE) else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found under one closure; `examined` 0 means there was nothing to ask.

    `missing` is what the check asks for and the topology does not say, where that changes no
    proof: without findings the answer is then unknown.
    """

    findings: tuple[Finding, ...]
    examined: int
    missing: tuple[MissingDeclaration, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What a check of the catalogue states. `rests_on` are the kinds of statements it makes.

    `packets` statements rest on routing, filters and anti-spoofing; `flow` statements on the
    declarations about relays as well; `structure` on the drawing alone. `peers`, `binding`,
    `roles` and `maintenance` rest on what is declared about the peers of specific flows, what
    enforces their MAC addresses, what external networks are, and the safeguards of vendors;
    `wireless`, `printers`, `platforms`, `beside`, `register` and `scope` on what is declared about
    radio cells, telephone lines of printers, platforms, paths beside the network, external
    attachments, and networks the policy leaves out; `cabling` on what is plugged into the drawing,
    `admission` on how access ports and radio cells authenticate devices; `systems` on what the
    systems of the ledger are said to be, `listens` on what hosts are said to accept, and
    `attribute(name)` on that attribute of elements.

    It is `monotone` if permitting more never removes a finding, so that the upper closure
    is the worst. Whether something works is not: it is asked under both closures, and where no
    routes are declared it takes shortest paths.
    """

    id: str
    tier: int
    rests_on: tuple[str, ...]
    monotone: bool = field(default=True, kw_only=True)


@dataclass(frozen=True, slots=True)
class Check(Statement):
    """A check that asks an analysis of one design."""

    ask: Callable[[Analysis], Outcome]
