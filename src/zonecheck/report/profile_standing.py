"""What kind of document a profile is, and what its author says to mind about it."""

from zonecheck.model.profile import Profile
from zonecheck.report.lang import Lang
from zonecheck.report.words import phrase


def basis_of(profile: Profile, lang: Lang) -> str:
    """Return what kind of document a profile is."""
    return phrase(lang, f"profile.basis-{profile.basis.lower()}")


def standing(profile: Profile, lang: Lang) -> list[tuple[str, str]]:
    """Return rows of a report's head: what a profile rests on, and its note line by line."""
    name = phrase(lang, "profile.note")
    lines = profile.note.strip().splitlines()
    notes = [("" if at else name, line) for at, line in enumerate(lines)]
    return [(phrase(lang, "profile.basis"), basis_of(profile, lang)), *notes]
