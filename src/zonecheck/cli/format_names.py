"""What formats are called, and which of them are not to be printed."""

from typing import Final

from zonecheck.cli.failure import Failure
from zonecheck.model.message import Message

TEXT, JSON, CSV = "text", "json", "csv"
SARIF, JUNIT, MARKDOWN, GITHUB = "sarif", "junit", "markdown", "github"
XLSX, HTML = "xlsx", "html"
IN_FILES: Final = (XLSX, HTML)
"""Formats that are not to be printed."""


def require_file_for(form: str, output: str | None) -> None:
    """Check that a workbook or a page is not to be printed.

    Raises:
        Failure: it is.
    """
    if form in IN_FILES and output is None:
        raise Failure(Message.of(f"error.{form}-needs-output"))
