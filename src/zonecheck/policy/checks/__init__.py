"""The catalogue: every check, one family a module."""

from zonecheck.policy.check import Check
from zonecheck.policy.checks import methods, sanitised, separation, zoning

CHECKS: tuple[Check, ...] = (
    *zoning.CHECKS,
    *separation.CHECKS,
    *sanitised.CHECKS,
    *methods.CHECKS,
)

__all__ = ["CHECKS"]
