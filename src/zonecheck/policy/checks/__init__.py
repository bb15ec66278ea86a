"""The catalogue: every check, one family a module."""

from zonecheck.policy.check import Check
from zonecheck.policy.checks import (
    mac_binding,
    maintenance,
    methods,
    peers,
    sanitised,
    separation,
    specific_flows,
    waypoints,
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
)

__all__ = ["CHECKS"]
