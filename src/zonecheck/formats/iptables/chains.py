"""Chains that jump, go and return, laid out as one ordered list in which the first match decides.

A line of a chain that is jumped to holds for what the jump matched; a `RETURN` takes its match away
from what follows in its chain. Taking away splits products, so lists can grow: there is a limit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from zonecheck.formats.iptables.conditions import CONDITION_NAMES, Conditions
from zonecheck.formats.iptables.options import Option, Target, parted, read_options
from zonecheck.formats.iptables.product import Product, Universe
from zonecheck.formats.iptables.save_text import Chain, Line
from zonecheck.formats.problems import Problems
from zonecheck.model.source import Source

MOST_STEPS: Final = 20_000
MOST_VISITS: Final = 200_000
MOST_DEPTH: Final = 64


class Verdict(Enum):
    """What a step does; `UNKNOWN` may let pass, stop or go on."""

    ACCEPT = "ACCEPT"
    DROP = "DROP"
    UNKNOWN = "unknown"


# Targets after which the packet goes on to the next line as it was, as far as filters can see.
GOING_ON: Final = frozenset(
    [
        "LOG",
        "NFLOG",
        "ULOG",
        "MARK",
        "CONNMARK",
        "CONNSECMARK",
        "SECMARK",
        "TOS",
        "DSCP",
        "ECN",
        "TCPMSS",
        "TCPOPTSTRIP",
        "TTL",
        "HL",
        "CLASSIFY",
        "CHECKSUM",
        "AUDIT",
        "IDLETIMER",
        "LED",
        "SET",
        "TRACE",
        "RATEEST",
        "HMARK",
        "NOTRACK",
        "CT",
        "ACCOUNT",
    ]
)
# Targets that send copies or rewrite addresses: no reading of them as a permit or a deny is wider.
_REWRITING: Final = frozenset(["TEE", "TPROXY", "DNPT", "SNPT"])
_VERDICTS: Final = {"ACCEPT": Verdict.ACCEPT, "DROP": Verdict.DROP, "REJECT": Verdict.DROP}


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the list: what it matches, what it does and the line that says so.

    `target` is there where the verdict does not say all, None for a policy.
    """

    match: Product
    verdict: Verdict
    name: str
    source: Source
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Widened:
    """A line that is read as more, or less, than it says, and why: names of options or targets."""

    source: Source
    reasons: tuple[str, ...]


class TooLargeError(Exception):
    """The list would outgrow its limit at a line."""

    def __init__(self, source: Source) -> None:
        super().__init__(str(source))
        self.source = source


@dataclass(frozen=True, slots=True)
class _Read:
    """A line as read: what it matches, what it does and what it is called."""

    products: tuple[Product, ...]
    target: Target
    name: str
    source: Source


class ChainWalk:
    """Lays out the chains of one table.

    With `passes_on`, what a chain accepts goes on to another table rather than through, so that
    accepting only ends this table.
    """

    def __init__(
        self,
        chains: dict[str, Chain],
        conditions: Conditions,
        universe: Universe,
        problems: Problems,
        *,
        passes_on: bool = False,
    ) -> None:
        self.steps: list[Step] = []
        self.widened: dict[Widened, None] = {}
        self.untracked: list[Product] = []
        self.helpers: list[tuple[Option, tuple[Product, ...]]] = []
        self._chains = chains
        self._conditions = conditions
        self._universe = universe
        self._problems = problems
        self._passes_on = passes_on
        self._read: dict[str, list[_Read]] = {}
        self._stack: list[str] = []
        self._returned: list[list[Product]] = []
        self._visits = 0

    def run(self, name: str, live: Sequence[Product]) -> None:
        """Add the steps of a base chain and its policy.

        Raises:
            TooLargeError: there would be too many.
        """
        chain = self._chains[name]
        policy = _VERDICTS[chain.policy or "ACCEPT"]
        left = self._walk(chain, list(live), policy)
        if policy is Verdict.DROP or not self._passes_on:
            self._add(left, policy, f"{name} policy", chain.source)

    def _walk(self, chain: Chain, live: list[Product], policy: Verdict | None) -> list[Product]:
        """Lay out a chain for what is `live`; return what comes to its end.

        `policy` is set in a base chain, where returning means its policy.
        """
        self._stack.append(chain.name)
        self._returned.append([])
        for read in self._lines(chain):
            matched = [
                part
                for part in (one & asked for one in live for asked in read.products)
                if not part.is_empty
            ]
            self._visits += 1 + len(live)
            if self._visits > MOST_VISITS or len(live) > MOST_STEPS:
                raise TooLargeError(read.source)
            if matched:
                live = self._line(read, matched, live, policy)
        self._stack.pop()
        return [*live, *self._returned.pop()]

    def _line(
        self, read: _Read, matched: list[Product], live: list[Product], policy: Verdict | None
    ) -> list[Product]:
        """Do what a line does with what it matched; return what goes on to the next line."""
        target, name = read.target, read.target.name
        if name is None:
            return live
        if name in self._chains:
            return self._enter(read, matched, live, policy)
        if name == "RETURN" and policy is None:
            self._returned[-1] += matched
            return self._left(live, read.products)
        verdict = policy if name == "RETURN" else _VERDICTS.get(name)
        if verdict is Verdict.ACCEPT and self._passes_on:
            return self._left(live, read.products)
        if verdict is None and name in GOING_ON:
            if name == "NOTRACK" or target.option("--notrack") is not None:
                self.untracked += matched
            helper = target.option("--helper")
            if helper is not None:
                self.helpers.append((helper, tuple(matched)))
            return live
        if name in _REWRITING:
            self._problems.add(target.source, "iptables.rewrites", target=name)
            return live
        if verdict is None and self._passes_on:
            # It may stop the packet; what it lets through is still for the tables that follow.
            reason = f"-j {_named(name)}"
            matched = [replace(part, doubts=(*part.doubts, reason)) for part in matched]
            verdict = Verdict.DROP
        self._add(matched, verdict or Verdict.UNKNOWN, read.name, read.source, target)
        return live

    def _enter(
        self, read: _Read, matched: list[Product], live: list[Product], policy: Verdict | None
    ) -> list[Product]:
        chain = self._chains[read.target.name or ""]
        if chain.name in self._stack or len(self._stack) > MOST_DEPTH:
            path = " -> ".join((*self._stack, chain.name))
            self._problems.add(read.target.source, "iptables.loop", chain=path)
            return live
        if not read.target.goto:
            after = self._walk(chain, matched, None)
            if not self._passes_on or after == matched:
                return live
            return [*self._left(live, read.products), *after]
        after = self._walk(chain, matched, None)
        if policy is None:
            self._returned[-1] += after
        elif not (self._passes_on and policy is Verdict.ACCEPT):
            self._add(after, policy, read.name, read.source)
        return self._left(live, read.products)

    def _left(self, live: Iterable[Product], taken: Iterable[Product]) -> list[Product]:
        """Return what is live and not taken; what is taken perhaps stays as a doubt."""
        left = list(live)
        for product in taken:
            left = [part for one in left for part in one.minus(product, self._universe)]
        return [part for part in left if not part.is_empty]

    def _add(
        self,
        matched: Iterable[Product],
        verdict: Verdict,
        name: str,
        source: Source,
        target: Target | None = None,
    ) -> None:
        for product in matched:
            self.steps.append(Step(product, verdict, name, source, target))
        if len(self.steps) > MOST_STEPS:
            raise TooLargeError(source)

    def _lines(self, chain: Chain) -> list[_Read]:
        if chain.name not in self._read:
            self._read[chain.name] = [
                self._read_line(chain.name, number, line)
                for number, line in enumerate(chain.lines, 1)
            ]
        return self._read[chain.name]

    def _read_line(self, chain: str, number: int, line: Line) -> _Read:
        known = frozenset((*self._chains, *_VERDICTS, "RETURN"))
        options, target = parted(tuple(read_options(line)), line, CONDITION_NAMES, known)
        asked = self._conditions.asked(options)
        products = tuple(part for part in asked.products if not part.is_empty)
        if target.name == "":
            self._problems.add(target.source, "iptables.target")
        reasons = [reason for part in products for reason in part.doubts]
        if target.name != "ACCEPT":
            reasons += [reason for part in products for reason in part.partial]
        name, plain = target.name, target.name in known
        if name and not plain and name not in GOING_ON:
            reasons.append(f"-j {_named(name)}")
        if name and name not in GOING_ON and reasons:
            self.widened[Widened(line.source, tuple(dict.fromkeys(reasons)))] = None
        return _Read(products, target, f"{chain} {number}", line.source)


def _named(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum() or letter in "-_")[:30]
