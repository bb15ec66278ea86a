"""Reading a profile: what one policy asks for, as a YAML data file."""

import os
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from itertools import combinations
from pathlib import Path

from zonecheck.formats.problems import Problems
from zonecheck.formats.profile_layers import load_layers
from zonecheck.formats.profile_rules import Catalogue, check_profile
from zonecheck.formats.profile_schema import ALL, PROFILE
from zonecheck.formats.record import Element
from zonecheck.model.profile import (
    STRENGTHS,
    CheckPolicy,
    Citation,
    FlowLimits,
    Isolation,
    Profile,
)
from zonecheck.model.zone import Zone


def read_profile(
    path: str | os.PathLike[str],
    *,
    built_in: Mapping[str, Path] | None = None,
    catalogue: Catalogue | None = None,
) -> Profile:
    """Return the profile in a YAML file, with what it takes over from the one it extends.

    `built_in` are the files of profiles that may be extended by their id; `catalogue` are the
    checks there are, each with the zones it speaks of. Without it any check may be named.

    Raises:
        BadInput: with everything that is wrong with the file.
    """
    problems = Problems()
    layered = load_layers(os.fspath(path), built_in or {}, problems, tuple(catalogue or ()))
    element = None if layered is None else PROFILE.read(layered.root, problems)
    if element is not None and layered is not None:
        check_profile(element, catalogue, problems, layered.unread)
    problems.raise_if_any()
    if element is None:
        raise AssertionError("a profile that cannot be read has a problem")
    return replace(_profile(element), sha256=_digest(problems))


def _digest(problems: Problems) -> str:
    """Return the digest of the file, or one of those of all files where it extends others."""
    digests = [file.sha256 for file in problems.files]
    if len(digests) == 1:
        return digests[0]
    return sha256(" ".join(digests).encode()).hexdigest()


def _profile(element: Element) -> Profile:
    edge = element["internet_edge"]
    return Profile(
        id=element["profile"],
        title=element["title"],
        document=element["document"],
        edition=element["edition"],
        zones=tuple(Zone(part["id"], part["ja"], part.source) for part in element["zones"]),
        checks=tuple(
            _check(name, policy, element["waivers"]) for name, policy in element["checks"].items()
        ),
        methods=tuple(element["methods"] or ()),
        sanitise=element["sanitise"],
        nac_zones=tuple(element["nac_zones"] or ()),
        specific_flow=_limits(element["specific_flow"]),
        public_body_exception=element["public_body_exception"],
        maintenance_depth=element["maintenance_depth"],
        wlan_zones=None if element["wlan_zones"] is None else tuple(element["wlan_zones"]),
        shared_platforms=tuple(
            frozenset(pair)
            for zones in element["shared_platforms"] or ()
            for pair in combinations(zones, 2)
        ),
        printer_ports=element["printer_ports"],
        line_kinds=tuple(element["line_kinds"]),
        cloud_regions=tuple(element["cloud_regions"]),
        basis=element["basis"],
        date=element["date"],
        extra_zones=tuple(element["extra_zones"] or ()),
        exact_partition=element["partition"] == "exact",
        isolation=tuple(_isolation(part) for part in element["isolation"] or ()),
        out_of_scope=tuple(element["out_of_scope"] or ()),
        screen_initiators=tuple(element["screen_initiators"] or ()),
        local_breakout=element["local_breakout"],
        internet_edge="traffic" if edge is None else edge["count_rule"],
        note=element["note"],
        source=element.source,
    )


def _check(name: str, policy: Element, waivers: str) -> CheckPolicy:
    """Return how a check is asked for; the level is that of its strength unless it is lower."""
    strength: str = policy["strength"]
    waivable: bool | None = policy["waivable"]
    if waivable is None:
        waivable = waivers == "any" or (waivers == strength == "in-principle")
    written = (*policy["clauses"], *(policy["more_clauses"] or ()))
    return CheckPolicy(
        check=name,
        citations=tuple(Citation(part["clause"], part["quote"]) for part in written),
        level=policy["level"] or STRENGTHS[strength],
        severity=policy["severity"],
        strength=strength,
        waivable=waivable,
        note=policy["note"],
    )


def _isolation(part: Element) -> Isolation:
    others = () if ALL in part["from"] else tuple(part["from"])
    exceptions = tuple(part["exceptions"] or ())
    return Isolation(part["zone"], others, exceptions, part["payload"], part.source)


def _limits(element: Element | None) -> FlowLimits:
    if element is None:
        return FlowLimits()
    return FlowLimits(
        tuple(element["bind"]), element["ipv4_prefix"], element["ipv6_prefix"], element["ports"]
    )
