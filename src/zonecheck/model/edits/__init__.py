"""Edits as values: one change somebody makes to a design, small enough to be read in one line.

Their `repr` is the Python that makes them, so that what a test found can be pasted into one.
"""

from zonecheck.model.edits.cabling import (
    AllowVlan,
    ForbidVlan,
    SetGuard,
    SetNative,
    SetPortVlan,
    SetShutdown,
    Unplug,
)
from zonecheck.model.edits.declared import RemoveAttribute, RemoveFlow, SetAttribute
from zonecheck.model.edits.edit import Edit, EditError, apply_edits
from zonecheck.model.edits.forwarding import (
    AddRoute,
    Masquerade,
    OpenManagement,
    Publish,
    RemoveNat,
    RemoveRoute,
)
from zonecheck.model.edits.hosts import AddCard, MoveHost, RemoveNode, SetForwarding
from zonecheck.model.edits.rules import AddRule, MoveRule, RemoveRule, SetDefault, WidenRule

__all__ = [
    "KINDS",
    "AddCard",
    "AddRoute",
    "AddRule",
    "AllowVlan",
    "Edit",
    "EditError",
    "ForbidVlan",
    "Masquerade",
    "MoveHost",
    "MoveRule",
    "OpenManagement",
    "Publish",
    "RemoveAttribute",
    "RemoveFlow",
    "RemoveNat",
    "RemoveNode",
    "RemoveRoute",
    "RemoveRule",
    "SetAttribute",
    "SetDefault",
    "SetForwarding",
    "SetGuard",
    "SetNative",
    "SetPortVlan",
    "SetShutdown",
    "Unplug",
    "WidenRule",
    "apply_edits",
]

KINDS: tuple[type[Edit], ...] = (
    RemoveRule,
    WidenRule,
    AddRule,
    MoveRule,
    SetDefault,
    MoveHost,
    AddCard,
    SetForwarding,
    RemoveNode,
    SetPortVlan,
    AllowVlan,
    ForbidVlan,
    SetNative,
    SetShutdown,
    Unplug,
    SetGuard,
    AddRoute,
    RemoveRoute,
    Publish,
    Masquerade,
    RemoveNat,
    OpenManagement,
    RemoveFlow,
    SetAttribute,
    RemoveAttribute,
)
"""Every kind of edit, those an engineer makes most often first."""
