"""Whether scapy is installed: only the extra `replay` brings it."""

import logging
from importlib.util import find_spec

from zonecheck.model.message import Message


class NoScapyError(Exception):
    """What was asked for needs scapy, and it is not there."""

    def __init__(self) -> None:
        self.reason = Message.of("replay.no-scapy")
        super().__init__(self.reason.code)


def need_scapy() -> None:
    """Make sure that scapy can be imported, and that importing it prints nothing.

    Raises:
        NoScapyError: it is not installed.
    """
    if find_spec("scapy") is None:
        raise NoScapyError
    # It tells of machines without addresses, which matters to nobody who only builds bytes.
    logging.getLogger("scapy.runtime").setLevel(logging.ERROR)
