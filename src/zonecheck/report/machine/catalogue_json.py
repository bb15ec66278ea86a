"""The catalogues of checks and profiles for machines."""

from collections.abc import Sequence

from zonecheck.model.profile import Profile
from zonecheck.report.lang import LANGS
from zonecheck.report.machine.json_parts import Json, dumped
from zonecheck.report.machine.json_report import policy_json
from zonecheck.report.pages.check_facts import CheckFacts
from zonecheck.report.words import wording

CHECKS_SCHEMA = "zonecheck.checks/1"
PROFILES_SCHEMA = "zonecheck.profiles/1"


def render_checks_json(checks: Sequence[CheckFacts]) -> str:
    """Return the checks as JSON, `zonecheck.checks/1`, in both languages."""
    return dumped({"schema": CHECKS_SCHEMA, "checks": [_check(each) for each in checks]})


def _check(facts: CheckFacts) -> Json:
    return {
        "id": facts.id,
        "tier": facts.tier,
        "title": {lang: facts.words("title", lang) for lang in LANGS},
        "proves": {lang: facts.words("proves", lang) for lang in LANGS},
        "profiles": [demand.profile for demand in facts.demands],
        "counterexample": {lang: facts.words("counterexample", lang) for lang in LANGS},
        "family": facts.family,
        "runs": facts.runs,
        "input": facts.input,
        "messages": {
            code: {lang: wording(code, lang) for lang in LANGS} for code in facts.messages
        },
        "declarations": {
            "attributes": {each.name: list(each.holders) for each in facts.attributes},
            "missing": list(facts.missing),
            "listens": facts.listens,
        },
        "rests_on": {"kinds": list(facts.kinds), "entries": list(facts.entries)},
        "policies": {demand.profile: policy_json(demand.policy) for demand in facts.demands},
        "entails": list(facts.consequences),
        "entailed_by": list(facts.causes),
    }


def render_profiles_json(profiles: Sequence[Profile]) -> str:
    """Return profiles as JSON, `zonecheck.profiles/1`."""
    found = [
        {
            "id": profile.id,
            "title": profile.title,
            "document": profile.document,
            "edition": profile.edition,
            "date": profile.date,
            "basis": profile.basis,
            "note": profile.note,
            "zones": [{"id": zone.id, "ja": zone.ja} for zone in profile.zones],
            "methods": list(profile.methods),
            "sanitise": profile.sanitise,
            "isolation": [
                {
                    "zone": rule.zone,
                    "from": list(rule.others),
                    "exceptions": list(rule.exceptions),
                    "payload": rule.payload,
                }
                for rule in profile.isolation
            ],
            "checks": [{"id": p.check, **policy_json(p)} for p in profile.checks],
        }
        for profile in profiles
    ]
    return dumped({"schema": PROFILES_SCHEMA, "profiles": found})
