"""Which findings entail which others, so that a report puts causes first."""

from dataclasses import replace

from zonecheck.policy.under_failure import UNDER_FAILURE
from zonecheck.policy.verdict import CheckResult, Status

_CONSEQUENCES: dict[str, tuple[str, ...]] = {
    "shared-l2-domain": (
        "mynumber-isolation",
        "lgwan-internet-separation",
        "undeclared-permit",
        "unfiltered-zone-crossing",
        "sanitised-channel-only",
        "sanitise-mail-text",
        "sanitise-screen-transfer",
        "sanitise-file",
        "zone-assignment",
        "ipv6-parity",
        "specific-flow-bounded",
        "mac-binding-enforced",
        "remote-maintenance-bounded",
        "shared-platform",
        "mfp-single-zone",
        "zone-isolation",
    ),
    "trunk-vlan-scope": ("shared-l2-domain", "zone-assignment"),
    "ipv6-parity": (
        "undeclared-permit",
        "lgwan-internet-separation",
        "mynumber-isolation",
        "sanitised-channel-only",
        "zone-isolation",
    ),
    "multi-zone-host": (
        "mynumber-isolation",
        "sanitised-channel-only",
        "mfp-single-zone",
        "zone-isolation",
    ),
    "wlan-zone-allowed": ("shared-l2-domain", "zone-assignment"),
    "shared-platform": ("mynumber-isolation", "sanitised-channel-only", "zone-isolation"),
    "oob-path": ("mynumber-isolation", "sanitised-channel-only", "zone-isolation"),
    "sanitise-mail-text": ("sanitised-channel-only",),
    "sanitise-screen-transfer": (
        "lgwan-internet-separation",
        "sanitised-channel-only",
        "undeclared-permit",
    ),
    "sanitise-file": (
        "lgwan-internet-separation",
        "sanitised-channel-only",
        "undeclared-permit",
        "unfiltered-zone-crossing",
    ),
    "unfiltered-zone-crossing": (
        "undeclared-permit",
        "lgwan-internet-separation",
        "mynumber-isolation",
        "sanitised-channel-only",
        "specific-flow-bounded",
        "remote-maintenance-bounded",
        "shared-platform",
        "mfp-single-zone",
        "zone-isolation",
    ),
    "specific-flow-bounded": ("mynumber-isolation", "undeclared-permit"),
    "mac-binding-enforced": ("mynumber-isolation", "undeclared-permit"),
    "remote-maintenance-bounded": (
        "mynumber-isolation",
        "lgwan-internet-separation",
        "undeclared-permit",
        "sanitised-channel-only",
    ),
    "egress-via-security-cloud": ("lgwan-internet-separation", "undeclared-permit"),
    "lgwan-internet-separation": ("undeclared-permit", "sanitised-channel-only"),
    "mynumber-isolation": ("undeclared-permit",),
    "undeclared-permit": (
        "public-service-separated",
        "exposed-port-minimal",
        "egress-control",
        "smtp-restricted",
        "internet-not-required-terminal",
        "classified-egress-bounded",
        "admin-flow-from-mgmt-only",
        "system-access-minimal",
        "log-store-protected",
    ),
}
"""docs/semantics.md, section 10. No check entails itself, and the table has no cycles."""


def consequences_of(check: str) -> tuple[str, ...]:
    """Return the checks whose findings one of this check may entail."""
    return _CONSEQUENCES.get(check, ())


def causes_of(check: str) -> tuple[str, ...]:
    """Return the checks a finding of which may entail one of this check."""
    return tuple(cause for cause, entailed in _CONSEQUENCES.items() if check in entailed)


def in_causal_order(results: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
    """Return the results with the causes of each violated check named, causes first.

    A check is taken for a consequence of another if that one can entail it and both concern
    a pair of zones in common.
    """
    violated = {r.check: _zones(r) for r in results if r.status is Status.VIOLATED}
    ordered: list[CheckResult] = []
    for result in results:
        causes: list[str] = []
        if result.status is Status.VIOLATED:
            causes = [
                cause
                for cause, zones in violated.items()
                if result.check in _CONSEQUENCES.get(cause, ()) and zones & _zones(result)
            ]
            causes += [cause for cause in _broken(result) if cause in violated]
        ordered.append(replace(result, consequence_of=tuple(causes)))
    return tuple(sorted(ordered, key=lambda r: len(r.consequence_of)))


def _broken(result: CheckResult) -> list[str]:
    """Return the checks that a result only gathers from the states they fail in."""
    if result.check != UNDER_FAILURE:
        return []
    return list(dict.fromkeys(finding.message.named["check"] for finding in result.findings))


def _zones(result: CheckResult) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(finding.zones) for finding in result.findings)
