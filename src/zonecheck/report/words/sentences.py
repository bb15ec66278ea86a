"""The sentence of a message in Japanese or English."""

from collections.abc import Mapping
from functools import cache

from zonecheck.model.message import Message
from zonecheck.report.lang import Lang
from zonecheck.report.words.attachments import ATTACHMENT_WORDS
from zonecheck.report.words.captures import CAPTURE_WORDS
from zonecheck.report.words.checks import CHECK_WORDS
from zonecheck.report.words.configuration import CONFIGURATION_WORDS
from zonecheck.report.words.declared import DECLARED_WORDS
from zonecheck.report.words.diff import DIFF_WORDS
from zonecheck.report.words.errors import ERROR_WORDS
from zonecheck.report.words.exchange import EXCHANGE_WORDS
from zonecheck.report.words.explain import EXPLAIN_WORDS
from zonecheck.report.words.findings import FINDING_WORDS
from zonecheck.report.words.flows import FLOW_WORDS
from zonecheck.report.words.formats import FORMAT_WORDS
from zonecheck.report.words.html import HTML_WORDS
from zonecheck.report.words.hygiene import HYGIENE_WORDS
from zonecheck.report.words.input import INPUT_WORDS
from zonecheck.report.words.iptables import IPTABLES_WORDS
from zonecheck.report.words.kernel import KERNEL_WORDS
from zonecheck.report.words.ledger import LEDGER_WORDS
from zonecheck.report.words.missing import MISSING_WORDS
from zonecheck.report.words.nftables import NFTABLES_WORDS
from zonecheck.report.words.packets import PACKET_WORDS
from zonecheck.report.words.pages import PAGE_WORDS
from zonecheck.report.words.pending import PENDING_WORDS
from zonecheck.report.words.plot import PLOT_WORDS
from zonecheck.report.words.profiles import PROFILE_WORDS
from zonecheck.report.words.reading import READING_WORDS
from zonecheck.report.words.reference import REFERENCE_WORDS
from zonecheck.report.words.systems import SYSTEM_WORDS
from zonecheck.report.words.testing import TESTING_WORDS
from zonecheck.report.words.trace import TRACE_WORDS
from zonecheck.report.words.trust import TRUST_WORDS
from zonecheck.report.words.usage import USAGE_WORDS
from zonecheck.report.words.verdict import VERDICT_WORDS
from zonecheck.report.words.waivers import WAIVER_WORDS

_FAMILIES = (
    VERDICT_WORDS,
    CHECK_WORDS,
    DECLARED_WORDS,
    EXCHANGE_WORDS,
    SYSTEM_WORDS,
    PAGE_WORDS,
    PENDING_WORDS,
    PLOT_WORDS,
    PROFILE_WORDS,
    FINDING_WORDS,
    CONFIGURATION_WORDS,
    FLOW_WORDS,
    FORMAT_WORDS,
    HTML_WORDS,
    HYGIENE_WORDS,
    ATTACHMENT_WORDS,
    MISSING_WORDS,
    TRACE_WORDS,
    TESTING_WORDS,
    LEDGER_WORDS,
    TRUST_WORDS,
    ERROR_WORDS,
    USAGE_WORDS,
    INPUT_WORDS,
    IPTABLES_WORDS,
    NFTABLES_WORDS,
    KERNEL_WORDS,
    PACKET_WORDS,
    WAIVER_WORDS,
    EXPLAIN_WORDS,
    CAPTURE_WORDS,
    READING_WORDS,
    REFERENCE_WORDS,
    DIFF_WORDS,
)

_ZONE_ARGUMENTS = frozenset({"zone", "zones", "tags", "from_zone", "to_zone", "declared", "actual"})


@cache
def all_words() -> dict[str, tuple[str, str]]:
    """Return every wording by code.

    Raises:
        ValueError: two families word the same code.
    """
    result: dict[str, tuple[str, str]] = {}
    for family in _FAMILIES:
        twice = result.keys() & family.keys()
        if twice:
            raise ValueError(f"worded twice: {sorted(twice)}")
        result.update(family)
    return result


def say(message: Message, lang: Lang, names: Mapping[str, str] | None = None) -> str:
    """Return the sentence of a message.

    `names` puts the policy's words in the place of zone ids in the arguments that name zones.
    A code without a wording is shown as it is with its arguments, never hidden.
    """
    wording = all_words().get(message.code)
    if wording is None:
        listed = ", ".join(f"{name}={value}" for name, value in message.arguments)
        return f"{message.code} ({listed})" if listed else message.code
    values = message.named
    if names:
        comma = "、" if lang == "ja" else ", "
        for name in values.keys() & _ZONE_ARGUMENTS:
            zones = values[name].split(", ")
            values[name] = comma.join(names.get(zone, zone) for zone in zones)
    return wording[0 if lang == "ja" else 1].format_map(values)


def wording(code: str, lang: Lang) -> str:
    """Return the wording of a code as it is, with its placeholders; raises KeyError."""
    return all_words()[code][0 if lang == "ja" else 1]


def phrase(lang: Lang, code: str, /, **arguments: object) -> str:
    """Return a fixed phrase of a report, such as a heading or a label."""
    return say(Message.of(code, **arguments), lang)
