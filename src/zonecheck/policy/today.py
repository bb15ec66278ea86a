"""Which day it is for whoever is responsible for a municipal network."""

from datetime import date, datetime, timedelta, timezone
from typing import Final

JAPAN: Final = timezone(timedelta(hours=9), "JST")


def today_in_japan() -> date:
    """Return the day it is in Japan, whatever the time zone of this machine."""
    return datetime.now(JAPAN).date()
