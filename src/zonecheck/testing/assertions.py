"""The assertions; each fails with the packet, its path, the rules and their file lines."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from zonecheck.cli.check_choice import require_check
from zonecheck.cli.failure import Failure
from zonecheck.model.profile import Profile
from zonecheck.model.service import Service
from zonecheck.model.topology import Topology
from zonecheck.policy import RoutingAssumption, Status
from zonecheck.policy.questions.paths import Asked, find_paths
from zonecheck.report.text.testing import path_answer_text, verdicts_text
from zonecheck.report.words import phrase
from zonecheck.testing.designs import (
    Subject,
    addresses_of,
    design_of,
    lang,
    place_of,
    profile_of,
    service_of,
    waypoint_of,
)
from zonecheck.testing.verdicts import all_verdicts, failing

Level = Literal["error", "warning", "advice"]
Routing = Literal["declared", "any", "shortest-path"]


def assert_holds(
    topology: Subject,
    *,
    check: str | Sequence[str] | None = None,
    profile: Profile | str | None = None,
    allow_unknown: bool = False,
    fail_on: Level = "error",
    routing: Routing = "declared",
    today: date | None = None,
) -> None:
    """Fail unless checks hold in every state of a design, as `zonecheck verify` would.

    Policies of bodies within the design are verified, too. What is waived passes.

    Args:
        topology: the design, or its path.
        check: the id of a check, or several; None is all that the profile contains. A check asked
            for by name that is not in the profile, or cannot be made, fails.
        profile: a profile, its id or its file; None is the one the design names.
        allow_unknown: whether what is undeclared may leave a check open, and a check named here
            may be one that is not made.
        fail_on: violations of checks below this level pass.
        routing: what is assumed of routes.
        today: the day that counts for waivers; None is today in Japan.

    Raises:
        AssertionError: something does not hold; the message is that part of the report.
        ValueError: the design, profile or check is not there or has errors.
    """
    __tracebackhide__ = True
    design = design_of(topology)
    policy = profile_of(design, profile)
    asked = _checks(check)
    found = all_verdicts(
        design, policy, asked or None, routing=RoutingAssumption(routing), today=today
    )
    texts = []
    for verdicts in found:
        # A body's own profile need not contain what was asked of the city's.
        named = () if verdicts.policy else asked
        failed = failing(verdicts, fail_on, allow_unknown=allow_unknown, asked=named)
        if failed:
            each = verdicts.verification
            texts.append(verdicts_text(each, design, verdicts.profile, lang(), failed=failed))
    if texts:
        raise AssertionError("\n\n".join(texts))


def assert_no_path(
    topology: Subject,
    origin: str,
    destination: str,
    *,
    service: Service | str | None = None,
    replies: bool = True,
    routing: Routing = "declared",
) -> None:
    """Fail if any packet gets from one place to another in any state of a design.

    Sources may be forged wherever nothing configured stops it. What holds only if something
    undeclared is so fails as unknown. Only packets count: payload that a host hands on is the
    business of the checks.

    Args:
        topology: the design, or its path.
        origin: host, host/interface, segment (everything planned in it, and its access ports),
            external network, external/edge, device or device/interface. A peer stands for its
            network.
        destination: the same; of a peer only its own addresses count.
        service: such as `tcp/443`, as it is sent or, translated, as it arrives; None is any.
        replies: whether what only the session of an earlier packet lets through counts.
        routing: what is assumed of routes.

    Raises:
        AssertionError: a packet gets there, or may; the message shows it with its path.
        ValueError: something named is not there.
    """
    __tracebackhide__ = True
    design = design_of(topology)
    said = {"origin": origin, "destination": destination, "service": _said(service)}
    head = phrase(lang(), "testing.no-path", **said)
    asked = _asked(design, origin, destination, service, replies=replies)
    _require_nothing(design, asked, head, routing)


def assert_only_through(
    topology: Subject,
    origin: str,
    destination: str,
    node: str,
    *,
    service: Service | str | None = None,
    replies: bool = True,
    routing: Routing = "declared",
) -> None:
    """Fail if any packet gets from one place to another without passing a node.

    Where nothing gets there at all it passes.

    Args:
        topology: the design, or its path.
        origin: as for `assert_no_path`.
        destination: as for `assert_no_path`.
        node: a device or host that forwards, or `node/interface` for what comes in by it.
        service: as for `assert_no_path`.
        replies: as for `assert_no_path`.
        routing: as for `assert_no_path`.

    Raises:
        AssertionError: a packet gets past the node, or may; the message shows it with its path.
        ValueError: something named is not there.
    """
    __tracebackhide__ = True
    design = design_of(topology)
    way = frozenset({waypoint_of(design, node)})
    said = {"origin": origin, "destination": destination, "service": _said(service)}
    head = phrase(lang(), "testing.only-through", node=node, **said)
    asked = _asked(design, origin, destination, service, replies=replies, without=way)
    _require_nothing(design, asked, head, routing)


def _asked(
    design: Topology,
    origin: str,
    destination: str,
    service: Service | str | None,
    *,
    replies: bool,
    without: frozenset[str] = frozenset(),
) -> Asked:
    start, end = place_of(design, origin), place_of(design, destination)
    return Asked(
        start.points,
        end.points,
        addresses_of(design, end),
        service_of(service),
        without,
        replies,
    )


def _require_nothing(design: Topology, asked: Asked, head: str, routing: str) -> None:
    __tracebackhide__ = True
    answer = find_paths(design, asked, routing=RoutingAssumption(routing))
    if answer.status is not Status.HOLDS:
        raise AssertionError(path_answer_text(answer, head, design, lang()))


def _said(service: Service | str | None) -> str:
    return phrase(lang(), "testing.any-service") if service is None else str(service)


def _checks(given: str | Sequence[str] | None) -> tuple[str, ...]:
    checks = () if given is None else (given,) if isinstance(given, str) else tuple(given)
    for check in checks:
        try:
            require_check(check)
        except Failure as error:
            raise ValueError(error.format_message()) from error
    return tuple(dict.fromkeys(checks))
