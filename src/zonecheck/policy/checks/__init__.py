"""The catalogue: every check, one family a module."""

from zonecheck.policy.check import Check
from zonecheck.policy.checks import (
    admission,
    beside,
    consistency,
    ipv6,
    isolation,
    mac_binding,
    maintenance,
    management,
    methods,
    peers,
    platforms,
    printers,
    register,
    sanitised,
    scope,
    separation,
    specific_flows,
    symmetry,
    trunks,
    waypoints,
    wireless,
    zoning,
)

CHECKS: tuple[Check, ...] = (
    *zoning.CHECKS,
    *separation.CHECKS,
    *isolation.CHECKS,
    *ipv6.CHECKS,
    *sanitised.CHECKS,
    *methods.CHECKS,
    *consistency.CHECKS,
    *symmetry.CHECKS,
    *management.CHECKS,
    *trunks.CHECKS,
    *admission.CHECKS,
    *specific_flows.CHECKS,
    *mac_binding.CHECKS,
    *peers.CHECKS,
    *waypoints.CHECKS,
    *maintenance.CHECKS,
    *scope.CHECKS,
    *register.CHECKS,
    *platforms.CHECKS,
    *beside.CHECKS,
    *wireless.CHECKS,
    *printers.CHECKS,
)

__all__ = ["CHECKS"]
