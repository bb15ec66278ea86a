"""Run every benchmark and print its table: `python -m benchmarks [--quick] [NAME ...]`."""

from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from typing import Final, Protocol

from benchmarks import captures, city, networks, report_pages, rule_anomalies, rule_lists


class Report(Protocol):
    """A benchmark: yields the lines of its table as it measures them."""

    def __call__(self, *, quick: bool) -> Iterator[str]:
        """Yield the lines; `quick` leaves out what takes long."""
        ...


BENCHMARKS: Final[Mapping[str, Report]] = {
    "captures": captures.report,
    "city": city.report,
    "networks": networks.report,
    "report_pages": report_pages.report,
    "rule_anomalies": rule_anomalies.report,
    "rule_lists": rule_lists.report,
}
"""To add a benchmark, name it here."""


def main() -> None:
    """Run the benchmarks named on the command line, or all."""
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="skip the largest cases")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    options = parser.parse_args()
    unknown = set(options.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    for name in options.names or BENCHMARKS:
        print(name)
        for line in BENCHMARKS[name](quick=options.quick):
            print(f"  {line}", flush=True)


if __name__ == "__main__":
    main()
