"""The declaration of segments under a policy of their own."""

from zonecheck.formats.context import Context
from zonecheck.formats.record import Element, Field, Record
from zonecheck.formats.scalar_shapes import TEXT
from zonecheck.formats.shape import ListOf, Table
from zonecheck.formats.written import NOTE, SEGMENT
from zonecheck.model.endpoint import EndpointKind
from zonecheck.model.own_policy import OwnPolicy

OWN_POLICY = Record(
    "own-policy",
    {
        "profile": Field(
            TEXT,
            required=True,
            doc_en="The profile of the body: an id, or a file beside this one.",
            doc_ja="その機関のプロファイル。IDまたはファイル。",
        ),
        "segments": Field(ListOf(SEGMENT, min_items=1, allow_single=True), required=True),
        "note": NOTE,
    },
    doc_en="Segments under a policy of their own, beside that of the city.",
    doc_ja="市のポリシーのほかに独自のポリシーが適用されるセグメント。",
)


def build_policies(section: Table[str, Element] | None, context: Context) -> tuple[OwnPolicy, ...]:
    """Return the policies of segments."""
    found: list[OwnPolicy] = []
    for name, element in (section or {}).items():
        nodes = element["segments"] or ()
        named = [context.names.element(node, EndpointKind.SEGMENT) for node in nodes]
        segments = tuple(dict.fromkeys(each for each in named if each is not None))
        found.append(
            OwnPolicy(
                name,
                element["profile"] or "",
                segments,
                element.source,
                element.source_of("profile"),
            )
        )
    return tuple(found)
