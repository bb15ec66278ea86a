"""The published schemas of what machines read: declared here, written to `schemas/`."""

from zonecheck.report.schema.documents import DOCUMENTS, Document, schema_of, schema_text

__all__ = ["DOCUMENTS", "Document", "schema_of", "schema_text"]
