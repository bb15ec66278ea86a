"""The two languages a report speaks."""

from collections.abc import Mapping
from typing import Literal

Lang = Literal["ja", "en"]

LANGS: tuple[Lang, ...] = ("ja", "en")

Words = Mapping[str, tuple[str, str]]
"""Wordings by message code: Japanese, then English, with `{argument}` placeholders."""
