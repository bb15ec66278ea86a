"""Pictures: the only room that imports matplotlib, which `zonecheck[plot]` brings."""
