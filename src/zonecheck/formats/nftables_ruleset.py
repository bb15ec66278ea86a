"""What an export to nft is: its text, where it denies, and where it is not the model."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from zonecheck.model.message import Message
from zonecheck.model.source import NOWHERE, Source

LONGEST_COMMENT = 120
"""Bytes an nft comment may have, with some room."""


@dataclass(frozen=True, slots=True)
class Denial:
    """One place of a ruleset that drops packets.

    `label` is what it logs, `code` the code of the simulator's message for the same drop, `source`
    where that is written.
    """

    label: str
    code: str
    source: Source


@dataclass(frozen=True, slots=True)
class NftRuleset:
    """A ruleset for `nft -f`.

    `differences` are the ways in which a kernel with it does not do just what the model says; it
    lets through less, but for ICMP errors about translated sessions. `denials` are all places
    where it drops.
    """

    text: str
    differences: tuple[Message, ...]
    denials: tuple[Denial, ...]


@dataclass(slots=True)
class Draft:
    """A ruleset that is being written: chains by name, in the order they are started.

    With `log_group`, each drop is logged there with the label of its denial.
    """

    log_group: int | None = None
    chains: dict[str, list[str]] = field(default_factory=dict)
    objects: list[str] = field(default_factory=list)
    denials: list[Denial] = field(default_factory=list)
    differences: dict[Message, None] = field(default_factory=dict)

    def chain(self, name: str, *head: str) -> list[str]:
        """Return the lines of a chain, started with its head if it is new."""
        return self.chains.setdefault(name, list(head))

    def differs(self, code: str, /, **arguments: object) -> None:
        """Note a way in which less is let through than the model says; once each."""
        self.differences[Message.of(code, **arguments)] = None

    def drop(self, code: str, source: Source, comment: str = "") -> str:
        """Return the statements that drop a packet and say so."""
        label = f"d{len(self.denials)}"
        self.denials.append(Denial(label, code, source))
        log = ""
        if self.log_group is not None:
            log = f'log prefix "{label}" group {self.log_group} queue-threshold 1 '
        return f"{log}counter drop{remark(comment, source)}"

    def text(self, table: str, head: Iterable[str]) -> str:
        """Return the whole file; loading it replaces the table and nothing else."""
        lines = [f"# {line}".rstrip() for line in head]
        lines += [f"table inet {table}", f"delete table inet {table}", f"table inet {table} {{"]
        lines += [f"\t{line}" for each in self.objects for line in each.splitlines()]
        for name, body in self.chains.items():
            lines += [f"\tchain {name} {{", *(f"\t\t{line}" for line in body), "\t}"]
        return "\n".join([*lines, "}"]) + "\n"


def remark(comment: str, source: Source) -> str:
    """Return an nft comment that names a rule and where it is written, cut to what nft takes."""
    place = "" if source == NOWHERE else source.short
    text = " ".join(part for part in (comment, place) if part)
    text = "".join("'" if c in '"\\' else c if c.isprintable() else " " for c in text)
    raw = text.encode("utf-8")
    if len(raw) > LONGEST_COMMENT:
        text = "..." + raw[3 - LONGEST_COMMENT :].decode("utf-8", "ignore")
    return f' comment "{text}"' if text else ""
