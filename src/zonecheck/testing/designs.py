"""What assertions are given: designs, places and services, as an engineer writes them."""

import os
from functools import lru_cache

from zonecheck.cli.failure import Failure
from zonecheck.cli.language import default_lang
from zonecheck.cli.places import Place, find_place
from zonecheck.cli.profile_choice import named_profile, profile_for
from zonecheck.formats import BadInput, Problems, read_topology
from zonecheck.formats.service_text import service as read_service
from zonecheck.formats.yaml_nodes import ScalarNode
from zonecheck.model.address import AddressRange
from zonecheck.model.attachment import AttachmentKind, AttachmentPoint
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.profile import Profile
from zonecheck.model.service import Service
from zonecheck.model.source import NOWHERE
from zonecheck.model.topology import Topology
from zonecheck.policy import check_ids
from zonecheck.prove import covers
from zonecheck.report.lang import Lang
from zonecheck.report.text.problem import render_problems
from zonecheck.report.words import phrase

Subject = Topology | str | os.PathLike[str]
"""A design, or the path of one."""


def lang() -> Lang:
    """Return the language of failures: `ZONECHECK_LANG`, else that of the locale."""
    return default_lang(os.environ)


def design_of(subject: Subject) -> Topology:
    """Return a design, read from its file or folder if a path is given.

    Raises:
        ValueError: if the files have errors; the message lists them all with their lines.
        TypeError: if it is neither.
    """
    if isinstance(subject, Topology):
        return subject
    if not isinstance(subject, str | os.PathLike):
        raise TypeError(phrase(lang(), "testing.not-a-design", given=repr(subject)))
    try:
        return read_topology(subject, checks=check_ids())
    except BadInput as error:
        raise ValueError(render_problems(error.problems, lang())) from error


def profile_of(topology: Topology, profile: Profile | str | None) -> Profile:
    """Return the profile given, by id or file, else the one the design names.

    Raises:
        ValueError: if there is none, or its file has errors.
    """
    if isinstance(profile, Profile):
        return profile
    try:
        return profile_for(topology, None) if profile is None else _profile(profile)
    except BadInput as error:
        raise ValueError(render_problems(error.problems, lang())) from error
    except Failure as error:
        raise ValueError(error.format_message()) from error


def place_of(topology: Topology, name: str) -> Place:
    """Return the place a name stands for.

    A segment stands for everything planned in it, as in declared flows; on the command line it is
    its access ports only, and an assertion that left out its hosts would hold of too little.

    Raises:
        ValueError: if nothing is called so; the message names what comes near.
    """
    try:
        place = find_place(topology, name)
    except Failure as error:
        raise ValueError(error.format_message()) from error
    if name not in topology.segment_by_id:
        return place
    segment = EndpointRef(EndpointKind.SEGMENT, name)
    points = (
        *(
            AttachmentPoint(AttachmentKind.HOST, host.id, card.id)
            for host in topology.hosts
            for card in host.interfaces
        ),
        *place.points,
        *(
            AttachmentPoint(AttachmentKind.STACK, device.id, interface.id)
            for device in topology.devices
            for interface in device.interfaces
        ),
    )
    return Place(name, tuple(point for point in points if covers(topology, segment, point)))


def addresses_of(topology: Topology, place: Place) -> tuple[AddressRange, ...] | None:
    """Return the addresses of a place that is a peer, None for places that have their points."""
    return None if place.peer is None else topology.addresses_of(place.peer)


def service_of(given: Service | str | None) -> Service | None:
    """Return the service of a text such as `tcp/443`; None is any.

    Raises:
        ValueError: if it is no service.
    """
    if given is None or isinstance(given, Service):
        return given
    found = read_service(ScalarNode(str(given), plain=True, source=NOWHERE), Problems())
    if found is None:
        raise ValueError(phrase(lang(), "testing.bad-service", given=repr(given)))
    return found


def waypoint_of(topology: Topology, name: str) -> str:
    """Return the name of a node, or node/interface, that packets can pass.

    Raises:
        ValueError: if it hands no packets on, or there is none.
    """
    node, _, interface = name.partition("/")
    device = topology.device_by_id.get(node)
    host = topology.host_by_id.get(node)
    known: list[str] = []
    if host is not None:
        known = [card.id for card in host.interfaces]
    elif device is None:
        place_of(topology, node)
    elif device.kind.has_rules:
        known = [each.id for each in device.interfaces]
    if not known or (interface and interface not in known):
        raise ValueError(phrase(lang(), "testing.not-a-waypoint", node=repr(name)))
    return name


@lru_cache(maxsize=32)
def _profile(name: str) -> Profile:
    return named_profile(name)
