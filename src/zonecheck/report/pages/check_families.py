"""The families in which an index lists checks: what they are about, not how they are made."""

from typing import Final

FAMILIES: Final = {
    "separation": (
        "zone-assignment",
        "multi-zone-host",
        "shared-l2-domain",
        "mynumber-isolation",
        "lgwan-internet-separation",
        "zone-isolation",
        "unfiltered-zone-crossing",
        "undeclared-permit",
        "ipv6-parity",
        "oob-path",
        "shared-platform",
    ),
    "specific-flows": (
        "specific-flow-bounded",
        "mac-binding-enforced",
        "peer-not-internet-connected",
        "public-body-exception",
        "public-body-via-lgwan",
        "mynumber-mfa",
        "mynumber-dedicated-terminal",
        "mynumber-media-export-blocked",
    ),
    "sanitising": (
        "sanitised-channel-only",
        "sanitise-mail-text",
        "sanitise-screen-transfer",
        "sanitise-file",
    ),
    "internet": (
        "egress-via-security-cloud",
        "internet-monitoring-coverage",
        "lgwan-access-monitoring",
        "ids-on-external-link",
        "public-service-separated",
        "exposed-port-minimal",
        "egress-control",
        "smtp-restricted",
        "mail-egress-control",
        "mail-size-limit",
        "web-category-blocked",
        "internet-not-required-terminal",
        "dos-protection-declared",
    ),
    "attachments": (
        "scope-boundary-declared",
        "external-attachment-registered",
        "external-attachment-minimal",
        "external-connection-approved",
        "public-links-via-lgwan",
        "line-class-adequate",
        "remote-maintenance-bounded",
        "remote-access-bounded",
        "admin-session-window",
        "disconnect-point-effective",
        "offsite-host-approved",
        "transit-encryption",
    ),
    "equipment": (
        "route-filter-consistency",
        "asymmetric-path",
        "rule-anomaly",
        "nat-consistency",
        "mgmt-plane-isolation",
        "admin-flow-from-mgmt-only",
        "open-port-control",
        "trunk-vlan-scope",
        "nac-enforced",
        "unused-service-open",
        "wlan-approved",
        "wlan-strong-auth",
        "wlan-zone-allowed",
        "mfp-single-zone",
        "iot-isolated",
        "system-access-minimal",
        "lateral-movement-bounded",
        "dev-prod-separation",
        "device-software-supported",
        "private-device-connected",
    ),
    "monitoring": (
        "east-west-monitoring",
        "log-path-reachable",
        "log-store-protected",
        "time-sync-reachable",
        "update-path-reachable",
    ),
    "change": (
        "redundancy-effective",
        "policy-holds-under-failure",
        "miswire-resilience",
        "change-impact-diff",
        "topology-change-approved",
        "config-snapshot-held",
        "ledger-model-match",
        "exception-valid",
        "verification-record",
    ),
    "capture": (
        "model-capture-drift",
        "unknown-device-seen",
        "capture-zone-crossing",
        "capture-traffic-surge",
    ),
    "cloud": (
        "cloud-service-approved",
        "cloud-class-allowed",
        "cloud-path-controlled",
        "cloud-internal-control",
        "cloud-region-declared",
        "classified-egress-bounded",
        "classification-declared",
    ),
}
"""Ids by family, in the order of the index."""


def family_of(check: str) -> str:
    """Return the family of a check.

    Raises:
        KeyError: no family lists it.
    """
    for family, checks in FAMILIES.items():
        if check in checks:
            return family
    raise KeyError(check)
