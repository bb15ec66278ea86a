"""Checks that are asked for by name."""

from zonecheck.cli.failure import Failure
from zonecheck.formats.nearest import nearest
from zonecheck.model.message import Message
from zonecheck.policy import check_ids


def require_check(given: str) -> None:
    """Return if a check of that id exists.

    Raises:
        Failure: there is none; names the one that was probably meant, or else all there are.
    """
    known = check_ids()
    if given in known:
        return
    best = nearest(given, known)
    if best is not None:
        raise Failure(Message.of("error.check-near", given=given, best=best))
    raise Failure(Message.of("error.unknown-check", given=given, known=", ".join(known)))
