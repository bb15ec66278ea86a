"""The catalogue: every check, one family a module."""

from zonecheck.policy.check import Check
from zonecheck.policy.checks import (
    beside,
    mac_binding,
    maintenance,
    methods,
    peers,
    platforms,
    printers,
    register,
    sanitised,
    scope,
    separation,
    specific_flows,
    waypoints,
    wireless,
    zoning,
)

CHECKS: tuple[Check, ...] = (
    *zoning.CHECKS,
    *separation.CHECKS,
    *sanitised.CHECKS,
    *methods.CHECKS,
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
