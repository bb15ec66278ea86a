"""A tag and the trunk it is sent on, where one of both is written wrongly."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from zonecheck.model.device import Device, L3Interface, SwitchPort
from zonecheck.model.link import Link
from zonecheck.model.service import PortRange
from zonecheck.model.topology import Topology
from zonecheck.policy.repairs.lists import with_device
from zonecheck.policy.repairs.written import Answer, Given, Written


def _tag(topology: Topology, given: Given) -> Iterator[Written]:
    """Yield the tag of the VLAN that an interface's segment is planned in."""
    del topology
    node, _, name = given["subject"].partition("/")
    edit = partial(_tagged, name=name, tag=int(given["vlan"]))
    yield f"tag: {given['vlan']}", partial(with_device, name=node, edit=edit)


def _trunk(topology: Topology, given: Given) -> Iterator[Written]:
    """Yield the VLANs of a trunk with the one an interface at its end is tagged with."""
    link = next(each for each in topology.links if str(each) == given["link"])
    tag = int(given["tag"])
    carried = {int(vlan) for vlan in given["vlans"].split(", ")}
    vlans = ", ".join(map(str, sorted({*carried, tag})))
    yield f"vlans: [{vlans}]", partial(_with_vlan, link=link, tag=tag)


def _tagged(device: Device, name: str, tag: int) -> Device:
    def edit(face: L3Interface) -> L3Interface:
        return replace(face, vlan=tag) if face.id == name else face

    return replace(device, interfaces=tuple(map(edit, device.interfaces)))


def _with_vlan(topology: Topology, link: Link, tag: int) -> Topology:
    """Return the topology with a VLAN allowed at the trunk ports of a link."""
    ends = {(end.node, end.port) for end in link.ends}

    def widened(port: SwitchPort) -> SwitchPort:
        if not port.allowed or port.allows(tag):
            return port
        return replace(port, allowed=(*port.allowed, PortRange(tag, tag)))

    def edit(device: Device) -> Device:
        ports = tuple(
            widened(port) if (device.id, port.id) in ends else port for port in device.ports
        )
        return replace(device, ports=ports)

    return replace(topology, devices=tuple(map(edit, topology.devices)))


TAGS: dict[str, Answer] = {"missing.other-tag": _tag, "missing.tag-on-link": _trunk}
