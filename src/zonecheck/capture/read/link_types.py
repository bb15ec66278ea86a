"""The link types that are understood, by their number in capture files."""

from typing import Final

ETHERNET: Final = 1
NULL: Final = 0
LOOP: Final = 108
RAW: Final = frozenset({12, 14, 101})
LINUX_SLL: Final = 113
IPV4: Final = 228
IPV6: Final = 229
LINUX_SLL2: Final = 276

SUPPORTED: Final = RAW | {ETHERNET, NULL, LOOP, LINUX_SLL, IPV4, IPV6, LINUX_SLL2}
