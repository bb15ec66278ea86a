"""Whether matplotlib is installed; this module does not import it."""

from importlib.util import find_spec

from zonecheck.model.message import Message


class NoMatplotlibError(Exception):
    """A picture was asked for, and matplotlib is not there."""

    def __init__(self) -> None:
        self.reason = Message.of("plot.no-matplotlib")
        super().__init__(self.reason.code)


def need_matplotlib() -> None:
    """Make sure that matplotlib can be imported.

    Raises:
        NoMatplotlibError: it is not installed.
    """
    if find_spec("matplotlib") is None:
        raise NoMatplotlibError
