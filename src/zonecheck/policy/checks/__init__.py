"""The catalogue: every check, one family a module."""

from zonecheck.policy.check import Check
from zonecheck.policy.checks import (
    admission,
    consistency,
    ipv6,
    management,
    methods,
    sanitised,
    separation,
    symmetry,
    trunks,
    zoning,
)

CHECKS: tuple[Check, ...] = (
    *zoning.CHECKS,
    *separation.CHECKS,
    *ipv6.CHECKS,
    *sanitised.CHECKS,
    *methods.CHECKS,
    *consistency.CHECKS,
    *symmetry.CHECKS,
    *management.CHECKS,
    *trunks.CHECKS,
    *admission.CHECKS,
)

__all__ = ["CHECKS"]
