"""What hosts share below the network: hypervisors, storage, out-of-band paths."""

from dataclasses import dataclass, field

from zonecheck.model.attribute import Attributes
from zonecheck.model.endpoint import EndpointRef
from zonecheck.model.source import NOWHERE, Source


@dataclass(frozen=True, slots=True)
class Hypervisor:
    """A machine that runs hosts as guests.

    `management` names the host that is its management plane; `unmanaged` says that it has none on
    any network, without either it is undeclared. `isolation` is the basis on which guests reach
    neither one another nor the management plane inside; None is undeclared.
    """

    id: str
    guests: tuple[str, ...]
    management: str | None = None
    unmanaged: bool = False
    isolation: str | None = None
    source: Source = field(default=NOWHERE, compare=False)

    @property
    def commanded_by_anyone(self) -> bool:
        """Return whether nothing says which host commands it."""
        return self.management is None and not self.unmanaged


@dataclass(frozen=True, slots=True)
class Datastore:
    """Storage several hosts mount. `isolation` is the basis on which their shares are apart."""

    id: str
    used_by: tuple[str, ...]
    isolation: str | None = None
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OutOfBand:
    """A path beside the network: a management controller, console server, modem, LTE router.

    It joins hosts, devices, segments or external networks; `enabled` False is one switched off.
    `purpose`, `line`, `owner` are its entry in the register of external attachments, if it is one.
    """

    id: str
    medium: str
    joins: tuple[EndpointRef, ...]
    enabled: bool = True
    purpose: str | None = None
    line: str | None = None
    owner: str | None = None
    attributes: Attributes = ()
    source: Source = field(default=NOWHERE, compare=False)


MEDIA = ("bmc", "console-server", "lte", "modem", "fax-modem", "usb-tether", "kvm")
