"""Names of findings, by which waivers speak of them (docs/waivers.md).

A name has to stand for all that a finding says: it is made of the check, the message, the zones and
the extent of the finding in every state it occurs in. Findings without an extent have a name only
if their message says everything; where it shows one example of many they have none, so that no
waiver can cover what nobody looked at.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from typing import Final

from zonecheck.policy.verdict import Finding, MissingControl

LENGTH: Final = 10
"""Bytes of a name: 80 bits."""

_EXAMPLES: Final = frozenset({"origin", "destination", "packet", "a", "b", "interfaces", "flow"})
"""Arguments that show some, or in some order, of what an extent tells in full."""

STATED: Final = frozenset(
    {
        "zone-assignment.no-zone",
        "zone-assignment.link",
        "zone-assignment.link-untagged",
        "zone-assignment.unplanned",
        "trunk-vlan-scope.unplanned",
        "nac-enforced.open",
        "scope-boundary-declared.link",
        "route-filter-consistency.tunnel",
        "ledger-model-match.twice",
    }
)
"""Codes of messages that say all there is to the finding; any other needs an extent."""

EXAMPLES: Final = frozenset(
    {
        "route-filter-consistency.loop",
        "asymmetric-path.no-session",
        "asymmetric-path.avoided",
        "asymmetric-path.undeclared-rules",
        "remote-maintenance-bounded.leaves",
        "remote-maintenance-bounded.relay",
        "peer-not-internet-connected.relay",
        "sanitise-mail-text.forwards-packet",
        "sanitise-screen-transfer.forwards-packet",
        "sanitise-file.forwards-packet",
    }
)
"""Codes of messages that show one case and do not know the others: these findings have no name."""


def finding_id(check: str, finding: Finding, extents: Iterable[tuple[str, str | None]]) -> str:
    """Return the name of a finding that has these extents in these states.

    Empty where it shows one example of many, in whichever state.
    """
    found = frozenset(extents)
    stated = finding.message.code in STATED
    whole = all(extent is not None for _, extent in found)
    if not found or not (whole or stated):
        return ""
    arguments = [
        pair for pair in finding.message.arguments if not whole or pair[0] not in _EXAMPLES
    ]
    told = [
        check,
        finding.message.code,
        arguments,
        finding.zones,
        _place(finding) if stated else "",
        sorted((state, extent or "") for state, extent in found),
    ]
    text = json.dumps(told, ensure_ascii=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode()).digest()[:LENGTH]
    return "f-" + base64.b32encode(digest).decode().lower()


def _place(finding: Finding) -> str:
    found = finding.counterexample
    return found.place if isinstance(found, MissingControl) else ""
