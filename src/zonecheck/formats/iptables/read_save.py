"""From the tables of an iptables-save file to what passes: the rules of one path through them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from zonecheck.formats.iptables.chains import ChainWalk, Step, TooLargeError, Verdict, Widened
from zonecheck.formats.iptables.conditions import Conditions
from zonecheck.formats.iptables.interfaces import AnyInterface, Interfaces
from zonecheck.formats.iptables.model_rules import RuleMaker, passes_everything
from zonecheck.formats.iptables.options import Option
from zonecheck.formats.iptables.product import (
    ALL_STATES,
    Product,
    State,
    Universe,
    everything,
)
from zonecheck.formats.iptables.save_text import Tables
from zonecheck.formats.problems import Problems
from zonecheck.model.filter import ALG_PORTS, Rule
from zonecheck.model.source import Source

FORMATS: Final = {"iptables-save": 4, "ip6tables-save": 6}
FILTER = "filter"


class Path(Enum):
    """A way of packets through the kernel: the chains they meet outside the nat table."""

    FORWARD = (
        ("raw", "PREROUTING"),
        ("mangle", "PREROUTING"),
        ("mangle", "FORWARD"),
        (FILTER, "FORWARD"),
        ("security", "FORWARD"),
        ("mangle", "POSTROUTING"),
    )
    INPUT = (
        ("raw", "PREROUTING"),
        ("mangle", "PREROUTING"),
        ("mangle", "INPUT"),
        (FILTER, "INPUT"),
        ("security", "INPUT"),
    )


@dataclass(frozen=True, slots=True)
class Imported:
    """What one file says of one path.

    `new` are the rules for packets of no session. `sessions` are those for packets of sessions:
    None if all of them pass; the same as `new` if connection tracking plays no part. `widened` are
    the lines read as more or less than they say, in the order of the file. `alg` are the
    application gateways of the model that helpers open pinholes by. `passes_untranslated` tells
    that packets may pass that connection tracking does not track, and so never translates.
    """

    version: int
    new: tuple[Rule, ...]
    sessions: tuple[Rule, ...] | None
    widened: tuple[Widened, ...]
    alg: tuple[str, ...] = ()
    passes_untranslated: bool = False

    @property
    def is_stateful(self) -> bool:
        """Return whether packets of sessions fare otherwise than new ones."""
        return self.sessions != self.new


def read_path(
    tables: Tables,
    path: Path,
    version: int,
    interfaces: Interfaces,
    problems: Problems,
    *,
    translated: bool = False,
) -> Imported | None:
    """Return what passes on a path; None after a problem, or if the filter table lacks its chain.

    `translated` tells that the device translates by rules outside the file.

    Each table decides by itself, and what one of them drops is dropped, so that the drops of the
    other tables come before the rules of the filter table.
    """
    if path.name not in tables.get(FILTER, {}):
        return None
    layout = _Layout(tables, version, interfaces, problems, translated=translated)
    before = len(problems)
    try:
        for table, chain in path.value:
            if table != FILTER:
                layout.add(table, chain)
        layout.add(FILTER, path.name)
    except TooLargeError as error:
        problems.add(error.source, "iptables.too-large")
        return None
    if len(problems) > before:
        return None
    maker = RuleMaker(layout.universe)
    untracked = bool(layout.untracked)
    alg = _gateways(layout.helpers, problems)
    new = maker.new(layout.steps, untracked=untracked)
    sessions: tuple[Rule, ...] | None = maker.of_sessions(
        layout.steps, untracked=untracked, helped=bool(alg)
    )
    if sessions is not None and passes_everything(sessions, version):
        sessions = None
    return Imported(
        version,
        new,
        sessions,
        layout.widened,
        alg,
        passes_untranslated=_may_pass(layout, State.INVALID)
        or (untracked and _may_pass(layout, State.UNTRACKED)),
    )


def _may_pass(layout: "_Layout", state: State) -> bool:
    """Return whether some packet of a state is not surely dropped."""
    live = [everything(layout.version).having("states", frozenset({state}))]
    for step in layout.steps:
        if step.verdict is Verdict.DROP:
            live = [part for one in live for part in one.minus(step.match, layout.universe)]
        elif any(not (one & step.match).is_empty for one in live):
            return True
    return False


def _gateways(
    helpers: Iterable[tuple[Option, tuple[Product, ...]]], problems: Problems
) -> tuple[str, ...]:
    """Return the application gateways that helpers are.

    One the model lacks is a problem, and so is one on other ports than the model knows it by.
    """
    found: dict[str, None] = {}
    for option, matched in helpers:
        name = option.value
        gateway = {"RAS": "h323", "Q.931": "h323"}.get(name, name)
        if gateway not in ALG_PORTS:
            problems.add(option.source, "iptables.helper", known=", ".join(ALG_PORTS))
            continue
        found[gateway] = None
        if any(not _is_standard(product, gateway) for product in matched):
            ports = ", ".join(str(port) for _, port in ALG_PORTS[gateway])
            problems.add(option.source, "iptables.helper-ports", ports=ports)
    return tuple(found)


def _is_standard(product: Product, gateway: str) -> bool:
    """Return whether all that a helper is put on are control sessions of its gateway."""
    return any(
        product.protocols == ((protocol, protocol),) and product.dst_ports == ((port, port),)
        for protocol, port in ALG_PORTS[gateway]
    )


def read_openers(
    tables: Tables, chain: str, version: int, problems: Problems
) -> tuple[tuple[Rule, ...], tuple[Widened, ...]] | None:
    """Return what one chain of the filter table says of new connections, interfaces left open.

    None if there is no such chain, or after a problem.
    """
    layout = _Layout(tables, version, AnyInterface(), problems)
    if chain not in tables.get(FILTER, {}):
        return None
    before = len(problems)
    try:
        layout.add(FILTER, chain)
    except TooLargeError as error:
        problems.add(error.source, "iptables.too-large")
        return None
    if len(problems) > before:
        return None
    return RuleMaker(layout.universe).new_only(layout.steps), layout.widened


class _Layout:
    """Gathers the steps of chains of one file."""

    def __init__(
        self,
        tables: Tables,
        version: int,
        interfaces: Interfaces,
        problems: Problems,
        *,
        translated: bool = False,
    ) -> None:
        self._translated = translated or _translates(tables)
        self.universe = Universe(interfaces.universe, interfaces.universe)
        self.steps: list[Step] = []
        self.untracked: list[Product] = []
        self.helpers: list[tuple[Option, tuple[Product, ...]]] = []
        self._widened: dict[Widened, None] = {}
        self._tables = tables
        self.version = version
        self._problems = problems
        self._conditions = Conditions(version, interfaces, problems)

    @property
    def widened(self) -> tuple[Widened, ...]:
        """Return the widened lines by place."""
        return tuple(sorted(self._widened, key=lambda item: _place(item.source)))

    def add(self, table: str, chain: str) -> None:
        """Add the steps of a chain, if the file has it.

        Raises:
            TooLargeError: there would be too many.
        """
        chains = self._tables.get(table, {})
        if chain not in chains:
            return
        walk = ChainWalk(
            chains,
            self._conditions,
            self.universe,
            self._problems,
            passes_on=table != FILTER,
        )
        walk.run(chain, [everything(self.version)])
        self.steps += self._seen_later(walk.steps, table, chain)
        self.untracked += walk.untracked
        self.helpers += walk.helpers
        self._widened |= walk.widened

    def _seen_later(self, steps: Iterable[Step], table: str, chain: str) -> list[Step]:
        """Return steps as the filter table sees their packets.

        A destination may be translated in between, so what was asked of it before is a doubt. The
        raw table comes before connection tracking and knows no states.
        """
        if table == "raw":
            steps = [
                step
                if step.match.states == ALL_STATES
                else replace(
                    step,
                    match=step.match.having("states", ALL_STATES).doubting("state before tracking"),
                )
                for step in steps
            ]
        if chain != "PREROUTING" or table == FILTER or not self._translated:
            return list(steps)
        whole = everything(self.version)
        return [
            step
            if (step.match.dst, step.match.dst_ports) == (whole.dst, whole.dst_ports)
            else replace(
                step,
                match=step.match.having("dst", whole.dst)
                .having("dst_ports", whole.dst_ports)
                .doubting("destination before translation"),
            )
            for step in steps
        ]


def _translates(tables: Mapping[str, Mapping[str, object]]) -> bool:
    return "PREROUTING" in tables.get("nat", {})


def _place(source: Source) -> tuple[str, int, int]:
    return source.file, source.line, source.column
