"""All that can be said of one check, gathered for whoever renders it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zonecheck.formats.attribute_schema import (
    DEVICE_ATTRIBUTES,
    EDGE_ATTRIBUTES,
    EXTERNAL_ATTRIBUTES,
    HOST_ATTRIBUTES,
    MAINTENANCE_ATTRIBUTES,
    PEER_ATTRIBUTES,
    SSID_ATTRIBUTES,
)
from zonecheck.formats.record import Field, Record
from zonecheck.model.profile import CheckPolicy, Profile
from zonecheck.policy import CHECKS, load_profile, profile_ids
from zonecheck.policy.asked_for import codes_asked_for, codes_in, goes_by_listens
from zonecheck.policy.check import Check, attribute_of
from zonecheck.policy.finding_id import EXAMPLES
from zonecheck.policy.implications import causes_of, consequences_of
from zonecheck.policy.pending import ANSWERED, BASELINE, CAPTURE, PENDING, PENDING_CHECKS
from zonecheck.policy.waiver_standing import EXCEPTION_VALID, NEVER, VERIFICATION_RECORD
from zonecheck.policy.waivers import judged
from zonecheck.policy.zones_named import codes_in_doubt
from zonecheck.report.lang import Lang
from zonecheck.report.pages.check_families import family_of
from zonecheck.report.pages.statement_kinds import ENTRIES
from zonecheck.report.words import all_words, phrase

_DESIGN = "design"
_RECORD = "record"
INPUTS = (_DESIGN, _RECORD, CAPTURE, BASELINE)
"""What a check may take, in words: `input.*`."""
_HOLDERS = {
    "hosts": HOST_ATTRIBUTES,
    "devices": DEVICE_ATTRIBUTES,
    "externals": EXTERNAL_ATTRIBUTES,
    "edges": EDGE_ATTRIBUTES,
    "peers": PEER_ATTRIBUTES,
    "out_of_band": EDGE_ATTRIBUTES,
    "ssids": SSID_ATTRIBUTES,
    "maintenance": MAINTENANCE_ATTRIBUTES,
}


@dataclass(frozen=True, slots=True)
class AskedAttribute:
    """An attribute a check rests on: what may have it, and what it says, in both languages."""

    name: str
    holders: tuple[str, ...]
    ja: str
    en: str

    def says(self, lang: Lang) -> str:
        """Return what it says."""
        return self.ja if lang == "ja" else self.en


@dataclass(frozen=True, slots=True)
class Demand:
    """That a profile asks for a check, and how."""

    profile: str
    policy: CheckPolicy


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """A check of the catalogue with all that concerns it.

    `messages` are the codes its findings may print, `missing` those of declarations it asks for
    itself. `kinds` are those of its statements but for attributes, `entries` what these rest on
    in the ledger. `input` is what it takes besides nothing, as `input.*` words it.
    """

    id: str
    tier: int
    family: str
    input: str
    messages: tuple[str, ...]
    missing: tuple[str, ...]
    kinds: tuple[str, ...]
    attributes: tuple[AskedAttribute, ...]
    entries: tuple[str, ...]
    listens: bool
    demands: tuple[Demand, ...]
    consequences: tuple[str, ...]
    causes: tuple[str, ...]

    @property
    def runs(self) -> bool:
        """Return whether a run on a design alone makes it, or with `--record`."""
        return self.input in (_DESIGN, _RECORD)

    def words(self, part: str, lang: Lang) -> str:
        """Return its title, what it proves or its counterexample."""
        return phrase(lang, f"check.{self.id}.{part}")


def built_in_profiles() -> tuple[Profile, ...]:
    """Return the profiles that come with zonecheck, by id."""
    return tuple(load_profile(name) for name in profile_ids())


def catalogue(profiles: Sequence[Profile], only: str | None = None) -> tuple[CheckFacts, ...]:
    """Return the checks of the catalogue in the order of reports, those not made yet last.

    With `only`, just the check of that id.
    """
    made = [_of_check(check, profiles) for check in CHECKS if only in (None, check.id)]
    pending = [
        _facts(p.id, p.tier, p.needs, profiles) for p in PENDING_CHECKS if only in (None, p.id)
    ]
    return (*made, *pending)


def _of_check(check: Check, profiles: Sequence[Profile]) -> CheckFacts:
    kinds = tuple(kind for kind in check.rests_on if attribute_of(kind) is None)
    names = [name for kind in check.rests_on if (name := attribute_of(kind)) is not None]
    entries = [entry for kind in kinds for entry in ENTRIES[kind]]
    entries += [f"attribute-{name.replace('_', '-')}" for name in names]
    missing = tuple(sorted({*codes_asked_for(check), *codes_in_doubt(check.id)}))
    if check.id == EXCEPTION_VALID:
        missing = tuple(sorted({*missing, *codes_in(judged)}))
    return _facts(
        check.id,
        check.tier,
        _RECORD if check.id == VERIFICATION_RECORD else _DESIGN,
        profiles,
        missing=missing,
        kinds=kinds,
        attributes=tuple(map(_attribute, names)),
        entries=tuple(dict.fromkeys(entries)),
        listens=goes_by_listens(check),
    )


def _facts(
    name: str,
    tier: int,
    needs: str,
    profiles: Sequence[Profile],
    *,
    missing: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    attributes: tuple[AskedAttribute, ...] = (),
    entries: tuple[str, ...] = (),
    listens: bool = False,
) -> CheckFacts:
    return CheckFacts(
        name,
        tier,
        family_of(name),
        needs,
        tuple(code for code in all_words() if code.startswith(f"{name}.")),
        missing,
        kinds,
        attributes,
        entries,
        listens,
        tuple(_demands(name, profiles)),
        consequences_of(name),
        causes_of(name),
    )


def waivable_code(check: str, policy: CheckPolicy) -> str:
    """Return the code that says whether a finding of a check may be waived, empty if none may.

    What a profile allows is of no use where no finding has an id.
    """
    if not policy.waivable or check in NEVER:
        return ""
    asked = check not in PENDING or check in ANSWERED
    codes = (code for code in all_words() if code.startswith(f"{check}."))
    named = asked and any(code not in EXAMPLES for code in codes)
    return "profile.waivable" if named else "profile.waivable-nothing"


def _demands(check: str, profiles: Sequence[Profile]) -> Iterator[Demand]:
    for profile in profiles:
        policy = profile.policy_for(check)
        if policy is not None:
            yield Demand(profile.id, policy)


def _attribute(name: str) -> AskedAttribute:
    """Return what the reader of topology files says of an attribute."""
    found = {
        holder: record.fields[name] for holder, record in _HOLDERS.items() if name in record.fields
    }
    documented: list[Field | Record] = []
    for field in found.values():
        documented += [field, field.shape] if isinstance(field.shape, Record) else [field]
    ja = next((each.doc_ja for each in documented if each.doc_ja), "")
    en = next((each.doc_en for each in documented if each.doc_en), "")
    return AskedAttribute(name, tuple(found), ja, en)
