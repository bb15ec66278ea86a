"""Assertions on designs for an engineer's own tests; nothing here needs pytest.

Names of places and services mean what they mean on the command line.
"""

from zonecheck.testing.assertions import assert_holds, assert_no_path, assert_only_through
from zonecheck.testing.designs import design_of

__all__ = ["assert_holds", "assert_no_path", "assert_only_through", "design_of"]
