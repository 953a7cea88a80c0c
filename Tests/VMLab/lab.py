#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Boots topologies and judges what came out. Usage: lab.py [--keep FOLDER] [NAME...]

Scripts/lab.sh installs what it needs and builds passthru first. --keep leaves QEMU's
command line, the console and the answers of each guest in FOLDER."""

import argparse
import os
import signal
import sys
import time

import checks
import guest
import image
import recording
import topology

FOLDER = os.path.join(image.HERE, "Topologies")


def widths(rows):
    return [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]


def show(results, seconds):
    if results.table:
        rows = [("function", "address", "verdict", "alone", "with its set", "", "blockers")]
        rows += results.table
        wide = widths(rows)
        for row in rows:
            print("  " + "  ".join(word.ljust(wide[i]) for i, word in enumerate(row)).rstrip())
        print("  " + "; ".join(f"{kind} {count}" for kind, count in
                               sorted(results.counts.items())))
    for line in results.notes:
        print(f"  {line}")
    print(f"{results.name}: {len(results.passed)} passed, {len(results.failed)} failed, "
          f"{seconds:.0f} s", flush=True)


def attempt(read, name, arguments):
    """Boots one topology and shows what came out; None where it was only recorded."""
    print(f"{name}: {read.title}", flush=True)
    if read.left_out:
        print(f"  NOT RUN {' '.join(read.left_out)}", flush=True)
    began = time.monotonic()
    keep = os.path.join(arguments.keep, name) if arguments.keep else None
    try:
        with guest.Guest(read, keep) as machine:
            print(f"  up after {machine.booted:.0f} s", flush=True)
            if arguments.record:
                text = recording.recording(machine)
                path = os.path.join(arguments.record, f"lab-{name}.json")
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
                print(f"  {path}")
                return None
            results = checks.run(machine)
    except (guest.GuestError, ValueError) as error:
        results = checks.Results(name)
        results.check("the guest runs to its end", False, str(error))
    show(results, time.monotonic() - began)
    return results


def main():
    # So that a guest ends with the lab.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    names = sorted(name.removesuffix(".topology") for name in os.listdir(FOLDER)
                   if name.endswith(".topology"))
    parser = argparse.ArgumentParser(description="Tries passthru on real kernels in QEMU.")
    parser.add_argument("--keep", metavar="FOLDER")
    parser.add_argument("--record", metavar="FOLDER",
                        help="only leave a recording of each guest in FOLDER: lab-NAME.json")
    parser.add_argument("--again", action="store_true",
                        help="try a topology that failed once more: emulation is slow, and a "
                        "busy machine makes guests late")
    parser.add_argument("--without", metavar="CHECK", action="append", default=[],
                        help="leave out one of the checks that a topology asks for, and say so")
    parser.add_argument("--list", action="store_true", help="show the topologies")
    parser.add_argument("name", nargs="*", help="all of them, unless named")
    arguments = parser.parse_args()
    read = {name: topology.Topology(FOLDER, name) for name in names}
    if arguments.list:
        for name in names:
            print(f"{name:12} {read[name].title}")
        return 0
    unknown = set(arguments.name) - set(names)
    if unknown:
        print(f"lab: no topology is called {' '.join(sorted(unknown))}; there are: "
              + " ".join(names), file=sys.stderr)
        return 64
    for topology_ in read.values():
        topology_.left_out = [word for word in topology_.checks() if word in arguments.without]
    if arguments.keep:
        os.makedirs(arguments.keep, exist_ok=True)
    passed = failed = 0
    left_out = []
    for name in arguments.name or names:
        results = attempt(read[name], name, arguments)
        if results and results.failed and arguments.again:
            print(f"{name}: once more", flush=True)
            results = attempt(read[name], name, arguments)
        left_out += [f"{name}'s {word}" for word in read[name].left_out]
        if results:
            passed += len(results.passed)
            failed += len(results.failed)
    print(f"lab: {passed} passed, {failed} failed"
          + (f"; not run: {', '.join(left_out)}" if left_out else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
