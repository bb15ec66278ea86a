"""Captures read: containers to chunks of packets, packets to layers and flows."""

from zonecheck.capture.read.community_id import community_id
from zonecheck.capture.read.flow_table import FlowLookup, FlowTable, PacketFlows
from zonecheck.capture.read.layer import Arp, Layer, Share, Tunnel
from zonecheck.capture.read.layers import decode
from zonecheck.capture.read.reader import CaptureFile, chunks
from zonecheck.capture.read.record import NO_TIME, CaptureError, Chunk, Interface, Stop
from zonecheck.capture.read.source import Source
from zonecheck.capture.read.sources import expand

__all__ = [
    "NO_TIME",
    "Arp",
    "CaptureError",
    "CaptureFile",
    "Chunk",
    "FlowLookup",
    "FlowTable",
    "Interface",
    "Layer",
    "PacketFlows",
    "Share",
    "Source",
    "Stop",
    "Tunnel",
    "chunks",
    "community_id",
    "decode",
    "expand",
]
