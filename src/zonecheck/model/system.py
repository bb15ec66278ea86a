"""Information systems: what a body's ledger (情報システム台帳) lists, and who may use them."""

from dataclasses import dataclass, field
from itertools import product

from zonecheck.model.channel import Leg
from zonecheck.model.endpoint import EndpointKind, EndpointRef
from zonecheck.model.service import Service
from zonecheck.model.source import NOWHERE, Source

IMPORTANCE = ("A", "B", "C")
"""Classes of importance (重要性分類), the most important first."""
PRODUCTION, TEST = ENVIRONMENTS = ("production", "test")
PROVIDES = ("log", "time", "update", "mail", "proxy", "dns", "file-store")


@dataclass(frozen=True, slots=True)
class System:
    """One information system: the hosts it runs on, and who may open which sessions to them.

    `clients` and `admins` None are undeclared; no `services` means any. `admins` administer it by
    `admin_services`; `admin_basis` says on what it rests that the hosts themselves take such
    sessions from nobody else. `provides` says what it is to other hosts. `environment` tells what
    is in use from what is tried out, `personal` that it holds personal data.
    """

    id: str
    hosts: tuple[str, ...]
    title: str = ""
    ledger: str | None = None
    importance: str | None = None
    clients: tuple[EndpointRef, ...] | None = None
    services: tuple[Service, ...] = ()
    admins: tuple[EndpointRef, ...] | None = None
    admin_services: tuple[Service, ...] = ()
    admin_basis: str | None = None
    provides: tuple[str, ...] = ()
    environment: str = PRODUCTION
    personal: bool = False
    business: str | None = None
    note: str = ""
    source: Source = field(default=NOWHERE, compare=False)

    @property
    def uses(self) -> tuple[Leg, ...]:
        """Return the sessions its clients and administrators open, as legs."""
        return (
            *self._legs(self.clients, self.services),
            *self._legs(self.admins, self.admin_services),
        )

    @property
    def administration(self) -> tuple[Leg, ...]:
        """Return the sessions its administrators open, as legs."""
        return self._legs(self.admins, self.admin_services)

    def _legs(
        self, origins: tuple[EndpointRef, ...] | None, services: tuple[Service, ...]
    ) -> tuple[Leg, ...]:
        ends = [EndpointRef(EndpointKind.HOST, host) for host in self.hosts]
        return tuple(
            Leg(origin, end, services, (), self.source)
            for origin, end in product(origins or (), ends)
        )
