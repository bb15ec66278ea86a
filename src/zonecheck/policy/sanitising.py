"""Whether a service of a two-sided host counts as sanitising (docs/semantics.md, section 9)."""

from collections.abc import Iterable, Iterator

from zonecheck.model.closure import Closure
from zonecheck.model.host import ONE_WAY, Host, Method, RelayService, Side
from zonecheck.model.profile import Profile
from zonecheck.model.service import Service
from zonecheck.packets import TCP, UDP, Interval, normalise
from zonecheck.policy.ledger.undeclared import REDIRECTIONS

FILE_MODES = frozenset({"cdr", "reconstruct", "image", "multi-av"})
MOST_PORTS = 16
"""A service accepted on more ports than this is no single service."""
_HIGHEST_PORT = 65535

TEXT_ONLY = "text-only"
BLOCK = "block"


def is_accepted(host: Host, service: RelayService, profile: Profile, closure: Closure) -> bool:
    """Return whether a service is a sanitised channel in its declared direction.

    What is undeclared counts against it in the upper closure and for it in the lower one.
    """
    if host.role == ONE_WAY or service.method.value not in profile.methods:
        return False
    benefit = closure is Closure.LOWER
    if host.ip_forward or (host.ip_forward is None and not benefit):
        return False
    if host.basis is None and not benefit:
        return False
    return not wrong_settings(host, service, closure)


def wrong_settings(host: Host, service: RelayService, closure: Closure) -> list[str]:
    """Return the settings that keep a service from sanitising, as `name=value` texts."""
    required: list[tuple[str, str | None, frozenset[str]]] = []
    if service.method is Method.MAIL_TEXT:
        required.append(("mail_mode", service.mail_mode, frozenset({TEXT_ONLY})))
    elif service.method is Method.FILE_CLEAN:
        required.append(("file_mode", service.file_mode, FILE_MODES))
        required.append(("unsanitisable", service.unsanitisable, frozenset({BLOCK})))
    elif service.method is Method.SCREEN_TRANSFER:
        given = dict(service.redirection)
        for name in REDIRECTIONS:
            value = None if name not in given else ("on" if given[name] else "off")
            required.append((f"redirection.{name}", value, frozenset({"off"})))
    upper = closure is Closure.UPPER
    wide = [f"ports={ports}" for side in Side for ports in _too_many_ports(host, service, side)]
    return wide + [
        f"{name}={'?' if value is None else value}"
        for name, value, accepted in required
        if (value is None and upper) or (value is not None and value not in accepted)
    ]


def _too_many_ports(host: Host, service: RelayService, side: Side) -> Iterator[str]:
    """Yield what takes in more on one side than a service's few ports: shares, SSH, all.

    Ports are counted however they are written: by ranges, or as several services of one method.
    """
    own = service.accepts(side)
    boundless = [item for item in own if item.protocol not in (TCP, UDP) or not item.ports]
    yield from map(str, boundless)
    alike = [each for each in host.services if each.method is service.method] or [service]
    accepted = [item for each in alike for item in each.accepts(side) if item not in boundless]
    if own and _count(accepted) > MOST_PORTS:
        yield ", ".join(dict.fromkeys(map(str, accepted)))


def _count(services: Iterable[Service]) -> int:
    """Return how many ports services name, each protocol's by itself."""
    named: dict[int | None, list[Interval]] = {}
    for service in services:
        ports = named.setdefault(service.protocol, [])
        ports += [(item.low, item.high) for item in service.ports]
    united = [normalise(ports, _HIGHEST_PORT) for ports in named.values()]
    return sum(high - low + 1 for ports in united for low, high in ports)
