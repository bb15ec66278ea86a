"""The report as one page for a browser that asks no network for anything."""
