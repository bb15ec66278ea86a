"""Whether a service of a two-sided host counts as sanitising (docs/semantics.md, section 9)."""

from zonecheck.model.closure import Closure
from zonecheck.model.host import ONE_WAY, Host, Method, RelayService
from zonecheck.model.profile import Profile
from zonecheck.model.service import Service
from zonecheck.packets import TCP, UDP
from zonecheck.policy.ledger.undeclared import REDIRECTIONS

FILE_MODES = frozenset({"cdr", "reconstruct", "image", "multi-av"})
MOST_PORTS = 16
"""A service accepted on more ports than this is no single service."""

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
    return not wrong_settings(service, closure)


def wrong_settings(service: RelayService, closure: Closure) -> list[str]:
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
    wide = [f"ports={item}" for item in (*service.outer, *service.inner) if _is_wide(item)]
    return wide + [
        f"{name}={'?' if value is None else value}"
        for name, value, accepted in required
        if (value is None and upper) or (value is not None and value not in accepted)
    ]


def _is_wide(service: Service) -> bool:
    """Return whether a service takes in more than one protocol's few ports: shares, SSH, all."""
    if service.protocol not in (TCP, UDP) or not service.ports:
        return True
    return sum(item.high - item.low + 1 for item in service.ports) > MOST_PORTS
