#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Boots topologies and judges what came out. Usage: lab.py [--keep FOLDER] [--jobs N] [NAME...]

Scripts/lab.sh installs what it needs and builds passthru first. --keep leaves QEMU's
command line, the console and the answers of each guest in FOLDER."""

import argparse
import concurrent.futures
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


def show(results, seconds, say):
    if results.table:
        rows = [("function", "address", "verdict", "alone", "with its set", "", "blockers")]
        rows += results.table
        wide = widths(rows)
        for row in rows:
            say("  " + "  ".join(word.ljust(wide[i]) for i, word in enumerate(row)).rstrip())
        say("  " + "; ".join(f"{kind} {count}" for kind, count in
                             sorted(results.counts.items())))
    for line in results.notes:
        say(f"  {line}")
    say(f"{results.name}: {len(results.passed)} passed, {len(results.failed)} failed, "
        f"{seconds:.0f} s")


def attempt(read, name, arguments, say):
    """Boots one topology and says what came out; None where it was only recorded."""
    say(f"{name}: {read.title}")
    if read.left_out:
        say(f"  NOT RUN {' '.join(read.left_out)}")
    began = time.monotonic()
    keep = os.path.join(arguments.keep, name) if arguments.keep else None
    try:
        with guest.Guest(read, keep) as machine:
            say(f"  up after {machine.booted:.0f} s")
            if arguments.record:
                text = recording.recording(machine)
                path = os.path.join(arguments.record, f"lab-{name}.json")
                with open(path, "w", encoding="utf-8") as file:
                    file.write(text)
                say(f"  {path}")
                return None
            results = checks.run(machine)
    except (guest.GuestError, ValueError) as error:
        results = checks.Results(name)
        results.check("the guest runs to its end", False, str(error))
    show(results, time.monotonic() - began, say)
    return results


def tried(read, name, arguments, say):
    """Boots one topology, and once more where it failed and that was asked for."""
    results = attempt(read, name, arguments, say)
    if results and results.failed and arguments.again:
        say(f"{name}: once more")
        results = attempt(read, name, arguments, say)
    return results


def side_by_side(read, names, arguments):
    """Boots as many topologies at once as were asked for: name -> results. What one has
    to say comes in one piece. One that times something has the machine to itself."""
    def whole(name):
        lines = []
        results = tried(read[name], name, arguments, lines.append)
        print("\n".join(lines), flush=True)
        return results

    def now(line):
        print(line, flush=True)

    alone = [name for name in names if arguments.jobs == 1
             or "timing" in read[name].checks() and "timing" not in read[name].left_out]
    found = {}
    pool = concurrent.futures.ThreadPoolExecutor(arguments.jobs)
    try:
        waiting = {name: pool.submit(whole, name) for name in names if name not in alone}
        for name, future in waiting.items():
            found[name] = future.result()
    except BaseException:
        # A guest ends with the lab.
        pool.shutdown(wait=False, cancel_futures=True)
        guest.Guest.end_all()
        raise
    for name in alone:
        found[name] = tried(read[name], name, arguments, now)
    return found


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
    parser.add_argument("--jobs", metavar="N", type=int, default=1,
                        help="boot so many topologies at once: a guest keeps one processor busy")
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
    for name, results in side_by_side(read, arguments.name or names, arguments).items():
        left_out += [f"{name}'s {word}" for word in read[name].left_out]
        if results:
            passed += len(results.passed)
            failed += len(results.failed)
    print(f"lab: {passed} passed, {failed} failed"
          + (f"; not run: {', '.join(left_out)}" if left_out else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
