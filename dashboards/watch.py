#!/usr/bin/env python3
"""
Dashboards, alert rules and checkpoints, from the tables in source/.

    python3 dashboards/watch.py              write what follows from the tables
    python3 dashboards/watch.py check        fail when that differs from what is there, or anything is wrong in it;
                                             with --static without asking the programs of Prometheus
    python3 dashboards/watch.py live URL     ask a real Prometheus all of it while the platform runs, such as at
                                             localhost:9249; needs the program prometheus
"""

import argparse
import signal
import sys

sys.dont_write_bytecode = True

from source import checks, live, output  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description="Dashboards, alert rules and checkpoints.")
    commands = parser.add_subparsers(dest="command")
    check = commands.add_parser("check", help="compare with what is there, and lint it")
    check.add_argument("--static", action="store_true", help="leave out what needs promtool, amtool or Alertmanager")
    walk = commands.add_parser("live", help="ask a real Prometheus every query")
    walk.add_argument("target", nargs="?", default="localhost:9249", help="host:port of the metrics")
    walk.add_argument("--deadline", type=int, default=120, metavar="SECONDS", help="how long to wait for data")
    arguments = parser.parse_args()
    # So that servers which it started end with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    if arguments.command is None:
        output.write()
        return 0
    if arguments.command == "live":
        wrong = live.walk(arguments.target, arguments.deadline)
    else:
        wrong = checks.of_tables() + ([] if arguments.static else checks.by_programs())
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
