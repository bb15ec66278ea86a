"""The catalogues of checks and profiles for machines."""

from collections.abc import Sequence

from zonecheck.model.profile import Profile
from zonecheck.report.catalogue_text import CatalogueEntry
from zonecheck.report.json_parts import dumped
from zonecheck.report.json_report import policy_json
from zonecheck.report.lang import LANGS
from zonecheck.report.words import phrase


def render_checks_json(entries: Sequence[CatalogueEntry], profiles: Sequence[Profile]) -> str:
    """Return the checks as JSON, `zonecheck.checks/1`, with their titles in both languages."""
    checks = [
        {
            "id": name,
            "tier": tier,
            "title": {lang: phrase(lang, f"check.{name}.title") for lang in LANGS},
            "proves": {lang: phrase(lang, f"check.{name}.proves") for lang in LANGS},
            "profiles": [p.id for p in profiles if p.policy_for(name) is not None],
        }
        for name, tier in entries
    ]
    return dumped({"schema": "zonecheck.checks/1", "checks": checks})


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
    return dumped({"schema": "zonecheck.profiles/1", "profiles": found})
