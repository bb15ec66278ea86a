"""What the canonical form cannot say is refused, never left out."""

from dataclasses import dataclass, fields, replace
from typing import Any

import pytest
from hypothesis import given, settings

from zonecheck.dataplane import DataPlane, canonical_scope
from zonecheck.dataplane.canonical import canonical
from zonecheck.dataplane.canonical_scope import NoWordsError, require_words
from zonecheck.model.closure import Closure
from zonecheck.model.device import Device, DeviceKind, L3Interface
from zonecheck.model.message import Message
from zonecheck.model.topology import Topology
from zonecheck.packets import PacketSpace
from zonecheck.strategies import topologies

CHOSEN: dict[type, str] = {Topology: "states", Device: "standby"}
"""What a design in one state has no more."""


@dataclass(frozen=True, slots=True)
class _Tunnelled(Device):
    """A device with something no form knows."""

    tunnels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Announced:
    """An element no form knows."""

    prefix: str


def _no_words(**arguments: str) -> Message:
    return Message.of("error.no-canonical-words", **arguments)


def _plane(device: Device) -> DataPlane:
    return DataPlane(Topology("x", devices=(device,)), PacketSpace(), Closure.UPPER)


@settings(max_examples=50, deadline=None)
@given(topologies(wide=True, undeclared=True))
def test_what_strategies_draw_has_a_form(topology: Topology) -> None:
    """The laws of the form are asked about every design that can be drawn."""
    require_words(topology)


def test_every_field_of_the_model_is_either_lowered_or_known_to_meet_no_packet() -> None:
    """A word added to the model has to be added here too, or designs that use it have no form."""
    for kind, names in canonical_scope._LOWERED.items():
        aside = canonical_scope._NO_PACKETS.get(kind, "").split()
        chosen = set(CHOSEN.get(kind, "").split())
        known = [*names.split(), *aside]
        assert len(known) == len(set(known))
        places = {"source", "default_source"}
        assert {field.name for field in fields(kind)} - places == set(known) | chosen


def test_a_field_the_form_does_not_know_is_refused_once_it_says_anything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its default says nothing and passes; any other value would be left out."""
    known: dict[type, str] = dict(canonical_scope._LOWERED)
    monkeypatch.setattr(canonical_scope, "_LOWERED", known | {_Tunnelled: known[Device]})
    silent = _Tunnelled("d", DeviceKind.ROUTER, (L3Interface("i", None),))
    assert canonical(_plane(silent))["nodes"]
    with pytest.raises(NoWordsError) as caught:
        canonical(_plane(replace(silent, tunnels=("t",))))
    assert caught.value.reason == _no_words(field="tunnels", kind="_Tunnelled", element="d")


def test_an_element_the_form_does_not_know_is_refused() -> None:
    """What cannot be recognised cannot be lowered."""
    with pytest.raises(NoWordsError) as caught:
        require_words((_Announced("10.0.0.0/8"),))
    assert caught.value.reason == _no_words(field="prefix", kind="_Announced", element="-")


@pytest.mark.parametrize("kind", DeviceKind)
def test_a_kind_of_device_the_form_does_not_know_is_refused(kind: DeviceKind) -> None:
    """Each kind either has a form that forwards as the kind does, or none."""
    plane = _plane(Device("d", kind, (L3Interface("i", None),)))
    if kind in canonical_scope._KINDS:
        nodes: Any = canonical(plane)["nodes"]
        assert nodes["d"]["forwards"] == kind.forwards
    else:
        with pytest.raises(NoWordsError):
            canonical(plane)
