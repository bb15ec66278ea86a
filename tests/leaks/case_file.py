"""What the header of a `*.zones.yaml` here says: which verdicts the file must get."""

import re
from dataclasses import dataclass
from pathlib import Path

from zonecheck.policy import Status

HERE = Path(__file__).parent
SUFFIX = ".zones.yaml"
MENDED = ".mended"
KINDS = (
    "PacketPath",
    "RelayChain",
    "SharedDomain",
    "MissingControl",
    "MissingDeclaration",
    "RuleConflict",
)
_HEADER = re.compile(r"# (?P<key>leak|mended|expect|not-modelled): (?P<text>.+)")


@dataclass(frozen=True, slots=True)
class Expectation:
    """One `# expect: CHECK STATUS [COUNTEREXAMPLE-KIND] [forged]` line."""

    check: str
    status: Status
    kind: str | None = None
    forged: bool = False

    @classmethod
    def of(cls, text: str) -> "Expectation":
        """Return what the text of such a line asks for."""
        check, status, *rest = text.split()
        kind = rest[0] if rest else None
        assert kind is None or kind in KINDS, text
        assert rest[1:] in ([], ["forged"]), text
        return cls(check, Status(status), kind, forged=rest[1:] == ["forged"])


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A file of the suite: a leak, or its mended twin."""

    path: Path
    title: str
    expected: tuple[Expectation, ...]
    not_modelled: str | None

    @classmethod
    def at(cls, path: Path) -> "CaseFile":
        """Return a file with what its header says."""
        found: dict[str, list[str]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            header = _HEADER.fullmatch(line)
            if header is not None:
                found.setdefault(header["key"], []).append(header["text"])
        (title,) = found["mended" if MENDED in path.name else "leak"]
        expected = tuple(Expectation.of(text) for text in found["expect"])
        (element,) = found.get("not-modelled", [None])
        return cls(path, title, expected, element)

    @property
    def name(self) -> str:
        """Return the name of the case, the same for a leak and its twin."""
        return self.path.name.removesuffix(SUFFIX).removesuffix(MENDED)

    @property
    def is_mended(self) -> bool:
        """Return whether this is the twin that holds."""
        return self.path.name.endswith(MENDED + SUFFIX)

    @property
    def body(self) -> list[str]:
        """Return the lines of the design, without comments and its name."""
        lines = self.path.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if not line.startswith(("#", "name: "))]


FILES = tuple(CaseFile.at(path) for path in sorted(HERE.glob(f"*{SUFFIX}")))
LEAKS = {file.name: file for file in FILES if not file.is_mended}
TWINS = {file.name: file for file in FILES if file.is_mended}
MODELLED = tuple(file for file in FILES if file.not_modelled is None)
