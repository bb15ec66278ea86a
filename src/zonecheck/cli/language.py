"""Which language the command line speaks."""

import os
from collections.abc import Mapping

from zonecheck.report.lang import Lang

_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def default_lang(environ: Mapping[str, str]) -> Lang:
    """Return the language the environment asks for.

    `ZONECHECK_LANG` decides; else the locale. Without a locale, or with C or POSIX, Japanese.
    """
    own = environ.get("ZONECHECK_LANG", "").lower()
    if own.startswith(("ja", "en")):
        return "ja" if own.startswith("ja") else "en"
    for variable in _LOCALE_VARIABLES:
        locale = environ.get(variable, "")
        if locale:
            return "ja" if locale.startswith("ja") or _says_nothing(locale) else "en"
    return "ja"


def _says_nothing(locale: str) -> bool:
    return locale.partition(".")[0] in ("C", "POSIX")


def said(ja: str, en: str) -> str:
    """Return the help text in the language of the environment."""
    return ja if default_lang(os.environ) == "ja" else en
