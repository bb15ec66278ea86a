"""The service matrix of one firewall."""

from ipaddress import ip_address
from string import ascii_lowercase

from zonecheck.packets import MAXIMA, Field, Intervals
from zonecheck.policy.questions.service_matrix import Rights, ServiceMatrix
from zonecheck.report.lang import Lang
from zonecheck.report.text.columns import aligned
from zonecheck.report.words import phrase

_MAY, _MAY_NOT = "o", "-"
_SHOWN = 8


def render_service_matrix_text(matrix: ServiceMatrix, lang: Lang) -> str:
    """Return the classes of both IP versions and the table of who reaches whom."""
    lines = [phrase(lang, "service-matrix.title", place=matrix.place, service=matrix.service)]
    if matrix.widened:
        lines.append("  " + phrase(lang, "service-matrix.widened", count=matrix.widened))
    for rights in matrix.rights:
        lines += ["", *_rights_lines(rights, lang)]
    lines.append("  " + phrase(lang, "service-matrix.scope"))
    return "\n".join(lines) + "\n"


def _rights_lines(rights: Rights, lang: Lang) -> list[str]:
    names = [class_name(number) for number, _ in enumerate(rights.classes)]
    count, pairs = len(rights.classes), len(rights.pairs)
    lines = [
        phrase(lang, "service-matrix.version", version=rights.version, count=count, pairs=pairs)
    ]
    rows = [
        (name, _addresses(addresses, rights.version, lang))
        for name, addresses in zip(names, rights.classes, strict=True)
    ]
    lines += aligned(rows, indent=2)
    allowed = set(rights.pairs)
    table = [(phrase(lang, "matrix.from-to"), *names)]
    for one, name in enumerate(names):
        marks = [_MAY if (one, other) in allowed else _MAY_NOT for other in range(count)]
        table.append((name, *marks))
    return [*lines, "", *aligned(table, indent=2)]


def _addresses(intervals: Intervals, version: int, lang: Lang) -> str:
    if intervals == ((0, MAXIMA[version][Field.DST]),):
        return phrase(lang, "service-matrix.all")
    shown = ", ".join(_ends(item, version) for item in intervals[:_SHOWN])
    if len(intervals) > _SHOWN:
        more = len(intervals) - _SHOWN
        return shown + " " + phrase(lang, "service-matrix.more", count=more)
    return shown


def _ends(interval: tuple[int, int], version: int) -> str:
    low, high = (address_text(number, version) for number in interval)
    return low if low == high else f"{low}-{high}"


def address_text(number: int, version: int) -> str:
    """Return an address given as a number."""
    return str(ip_address(number.to_bytes(4 if version == 4 else 16, "big")))


def class_name(number: int) -> str:
    """Return a, b, ..., z, aa, ab, ... for 0, 1, ..."""
    name = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, len(ascii_lowercase))
        name = ascii_lowercase[letter] + name
    return name
