"""What was read: each input file with the digest of the very bytes that were understood."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file as it was when it was read; `path` is how it was named."""

    path: str
    sha256: str

    @classmethod
    def of(cls, path: str, data: bytes) -> "InputFile":
        """Return the file of these bytes."""
        return cls(path, hashlib.sha256(data).hexdigest())
