"""The declaration of waivers.

What makes a waiver complete is for a check to say: one that lacks something is read all the same.
"""

from zonecheck.formats.record import Field, Record
from zonecheck.formats.scalar_shapes import BASIS, BOOLEAN, DATE, FINDING, ID
from zonecheck.formats.written import NOTE

WAIVER = Record(
    "waiver",
    {
        "check": Field(
            ID, required=True, doc_en="The check it is about.", doc_ja="対象の検査のID。"
        ),
        "finding": Field(
            FINDING,
            required=True,
            doc_en="The id that a report prints beside the finding.",
            doc_ja="報告が違反ごとに示すID。",
        ),
        "clause": Field(
            BASIS, doc_en="The clause that allows it.", doc_ja="例外措置の根拠となる条項。"
        ),
        "approver": Field(BASIS, doc_en="Who permitted it.", doc_ja="許可した者。"),
        "reason": Field(BASIS, doc_en="Why.", doc_ja="理由。"),
        "expires": Field(DATE, doc_en="The last day it counts.", doc_ja="有効な最後の日。"),
        "emergency": Field(
            BOOLEAN,
            default=False,
            doc_en="Made without prior permission, and reported afterwards.",
            doc_ja="事前の許可を得ずに行い、事後に報告する例外措置か。",
        ),
        "reported": Field(
            DATE,
            doc_en="When an emergency waiver was reported.",
            doc_ja="緊急の例外措置を報告した日。",
        ),
        "note": NOTE,
    },
    doc_en="A finding that somebody answers for (第120条).",
    doc_ja="例外措置。",
)
