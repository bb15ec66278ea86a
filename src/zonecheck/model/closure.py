"""The two ways to read what a topology leaves undeclared."""

from enum import Enum


class Closure(Enum):
    """UPPER lets the undeclared do what leaks most, LOWER what leaks least."""

    UPPER = "upper"
    LOWER = "lower"
