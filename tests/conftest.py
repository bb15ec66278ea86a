"""How much of chance is in a run: none, unless it is asked for.

`make test` draws the same examples each time, so that what passed once passes again on the same
code; `make explore` draws new ones, and what it finds becomes a test of its own.

The garbage collector never looks again at the many thousand tests that were collected. It looks as
often as ever at the rest: the packet spaces of small examples are better gone at once.
"""

import gc
import os

from hypothesis import HealthCheck, settings

EXPLORE = "ZONECHECK_EXPLORE"

# How long an example takes says how busy the machine is, and fails nothing.
_UNTIMED = settings(print_blob=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("fixed", _UNTIMED, derandomize=True)
settings.register_profile("explore", _UNTIMED)
settings.load_profile("explore" if os.environ.get(EXPLORE) else "fixed")


def pytest_collection_finish() -> None:
    """Keep what was collected out of every later look for cycles."""
    gc.collect()
    gc.freeze()
