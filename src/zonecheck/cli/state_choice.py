"""The state of a design that a question is about."""

import click

from zonecheck.cli.failure import Failure
from zonecheck.cli.language import said
from zonecheck.model.message import Message
from zonecheck.model.states import state_named, states
from zonecheck.model.topology import Topology

state_option = click.option(
    "--state",
    "state",
    default="",
    metavar="NAME",
    help=said(
        "ネットワークの状態（待機系の名前、宣言した状態など）。なければ通常の状態。",
        "State of the network (a standby member, a declared state, ...); else the normal one.",
    ),
)


def in_state(design: Topology, name: str) -> Topology:
    """Return a design in the state of that name; empty for the normal one.

    Raises:
        Failure: it has no such state.
    """
    try:
        return state_named(design, name)
    except KeyError as error:
        known = ", ".join(state.state for state in states(design) if state.state) or "-"
        raise Failure(Message.of("error.unknown-state", given=name, known=known)) from error
