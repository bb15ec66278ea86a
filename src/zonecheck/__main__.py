"""Run the command line: `python -m zonecheck`."""

from zonecheck.cli import main

main()
