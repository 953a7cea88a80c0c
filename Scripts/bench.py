#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# Measures the scan against libpci, lspci and the C floor, in turn (A B A B), on
# trees in memory, prints the table of ratios, and exits 1 when a bar is missed.
#
# Usage: Scripts/bench.py [--quick] [--json FILE] [--keep]
#
# Takes release builds (built here), libpci's headers, strace, valgrind and
# lspci; a measurement whose tool is absent is skipped, and says so.

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
rows = []


def run(command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def have(tool):
    if shutil.which(tool):
        return True
    print(f"SKIPPED: {tool} is not installed", flush=True)
    return False


def build():
    """Builds as `make static` does, in the same folder, and the peers beside."""
    subprocess.run([os.path.join(ROOT, "Scripts/static.sh"), "passthru-tree", "scan-bench",
                    "passthru"], check=True, stdout=subprocess.DEVNULL)
    out = os.path.join(ROOT, ".build-static/release")
    peers = os.path.join(ROOT, "Tests/Benchmarks/Peers")
    for peer, library in ("floor", []), ("libpci", ["-lpci"]):
        run(["sh", "-c", '. Scripts/compilers.sh && "$clang" -O2 -o "$@"', "sh",
             os.path.join(out, f"peer-{peer}"), os.path.join(peers, f"{peer}.c"), *library],
            cwd=ROOT)
    return out


def in_turn(programs, rounds):
    """Runs programs A B A B...: name -> list of microseconds a function."""
    samples = {name: [] for name in programs}
    for _ in range(rounds):
        for name, command in programs.items():
            samples[name].append(float(run(command).split()[1]))
    return samples


def whole(programs, rounds):
    """Runs whole processes A B A B...: name -> list of milliseconds."""
    samples = {name: [] for name in programs}
    discard = [(os.POSIX_SPAWN_OPEN, file, os.devnull, os.O_WRONLY, 0) for file in (1, 2)]
    for _ in range(rounds):
        for name, command in programs.items():
            # subprocess.run itself takes half as long as the shorter of these programs.
            path = shutil.which(command[0])
            start = time.perf_counter()
            os.waitpid(os.posix_spawn(path, command, os.environ, file_actions=discard), 0)
            samples[name].append((time.perf_counter() - start) * 1e3)
    return samples


def row(what, measured, bar, better, unit="", detail=""):
    """One line of the table; `better` is "high", "low" or None where there is no bar.

    Compared as it is printed: one listing of the bus's directory for hundreds of
    functions is no call a function."""
    measured = round(measured, 2)
    met = None if better is None else (measured >= bar if better == "high" else measured <= bar)
    rows.append(dict(what=what, measured=measured, bar=bar, better=better, met=met, unit=unit,
                     detail=detail))
    sign = {"high": ">=", "low": "<=", None: ""}[better]
    print(f"{what:58} {measured:9.2f}{unit:4} "
          f"{(sign + ' ' + format(bar, 'g')) if better else '':>9} "
          f"{'' if met is None else 'met' if met else 'MISSED':7} {detail}", flush=True)


def figures(samples):
    return ", ".join(f"{name} {min(values):.1f}/{statistics.median(values):.1f}"
                     for name, values in samples.items())


def calls(command):
    with tempfile.NamedTemporaryFile() as log:
        run(["strace", "-f", "-qq", "-o", log.name] + command)
        return [line for line in open(log.name, errors="replace")
                if not any(" " + name in line
                           for name in ("brk(", "mmap(", "munmap(", "mremap(", "madvise("))]


def instructions(command):
    with tempfile.TemporaryDirectory() as folder:
        # valgrind 3.19 cannot read the debug information of Swift 6.3's runtime.
        run(["strip", "-g", "-o", f"{folder}/tool", command[0]])
        text = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out",
             f"{folder}/tool"] + command[1:],
            check=True, capture_output=True, text=True).stderr
    for line in text.splitlines():
        if "Collected" in line:
            return int(line.split(":")[1].strip().split()[0])
    raise SystemExit("callgrind printed no count")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true", help="smaller trees, fewer rounds")
    parser.add_argument("--json", metavar="FILE", help="write the figures there too")
    parser.add_argument("--keep", action="store_true", help="leave the trees")
    options = parser.parse_args()
    out = build()
    passthru = os.path.join(ROOT, ".build-static/passthru")
    tool = lambda name: os.path.join(out, name)
    base = tempfile.mkdtemp(prefix="passthru-bench-",
                            dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    rounds = 3 if options.quick else 7
    sizes = [1024, 16384] if options.quick else [1024, 16384, 65536]
    cores = os.cpu_count() or 1
    print(f"{cores} cores; trees in {base}; us a function as minimum/median", flush=True)
    try:
        growth = {}
        verdicts = {}
        for size in sizes:
            tree = os.path.join(base, str(size))
            print(run([tool("passthru-tree"), tree, str(size)]).strip(), flush=True)
            inner = str(max(1, 16384 // size))
            scan = [tool("scan-bench"), tree, "--runs", inner]
            samples = in_turn({
                "libpci": [tool("peer-libpci"), tree, inner],
                "one thread": scan + ["--threads", "1"],
                "C floor": [tool("peer-floor"), tree, "inventory", inner],
                "all cores": scan,
                "essential": scan + ["--threads", "1", "--facts", "essential"],
                "C floor, essential": [tool("peer-floor"), tree, "essential", inner],
            }, rounds)
            least = {name: min(values) for name, values in samples.items()}
            growth[size] = least["one thread"]
            big = size > 1024
            row(f"{size}: libpci / scan, one thread", least["libpci"] / least["one thread"], 4.5,
                "high" if big else None, "x", figures(samples))
            row(f"{size}: libpci / scan, {cores} cores", least["libpci"] / least["all cores"],
                6.5, "high" if big and cores > 1 else None, "x")
            row(f"{size}: scan / C floor, one thread", least["one thread"] / least["C floor"],
                1.05, "low" if big else None, "x")
            row(f"{size}: scan / C floor, essential facts",
                least["essential"] / least["C floor, essential"], 1.05, None, "x")
            if size == 16384:
                lists = {"list": [passthru, "list", "--from", tree, "-a"]}
                if have("lspci"):
                    lists["lspci"] = ["lspci", "-A", "linux-sysfs", "-O",
                                      f"sysfs.path={tree}/sys/bus/pci", "-vmm", "-n"]
                    samples = whole(lists, rounds)
                    row("16384: lspci -vmm -n / passthru list, whole processes",
                        min(samples["lspci"]) / min(samples["list"]), 4, "high", "x",
                        figures(samples) + " ms")
                judge = scan + ["--stage", "verdicts", "--for"]
                stages = in_turn({"scan": scan, "verdicts": judge + ["vfio"],
                                  "for bhyve": judge + ["bhyve"]}, rounds)
                least = {name: min(values) for name, values in stages.items()}
                row("16384: scan + groups + verdicts / scan",
                    (least["scan"] + least["verdicts"]) / least["scan"], 1.5, "low", "x",
                    figures(stages))
                row("16384: scan + groups + verdicts for bhyve / scan",
                    (least["scan"] + least["for bhyve"]) / least["scan"], 1.5, "low", "x")
            verdicts[size] = min(float(run(scan + ["--stage", "verdicts"]).split()[1])
                                 for _ in range(rounds))
            if size == sizes[-1]:
                stages = in_turn({"scan": scan, "json": scan + ["--stage", "json"]}, rounds)
                least = {name: min(values) for name, values in stages.items()}
                row(f"{size}: JSON / scan", least["json"] / least["scan"], 0.3, "low", "x",
                    figures(stages))
                memory = int(run([tool("scan-bench"), tree, "--memory"]).split()[1])
                row(f"{size}: memory a function", memory, 300, "low", "B")
            if size == 1024:
                measure_counts(tool, base, tree)
            if not options.keep:
                shutil.rmtree(tree)
        row(f"growth of groups + verdicts: {sizes[-1]} / 1024",
            verdicts[sizes[-1]] / verdicts[1024], 1.5, "low", "x",
            ", ".join(f"{size}: {time:.1f}" for size, time in verdicts.items()))
        row(f"growth: {sizes[-1]} / 1024", growth[sizes[-1]] / growth[1024], 1.2, "low", "x")
        if os.path.exists("/sys/bus/pci/devices") and have("lspci"):
            samples = whole({"list": [passthru, "list"], "lspci": ["lspci", "-nn"]},
                            rounds * 10)
            row("live bus: lspci -nn / passthru list, whole processes",
                statistics.median(samples["lspci"]) / statistics.median(samples["list"]), 5,
                "high", "x", figures(samples) + " ms")
    finally:
        if not options.keep:
            shutil.rmtree(base, ignore_errors=True)
    if options.json:
        with open(options.json, "w") as file:
            json.dump(dict(cores=cores, kernel=os.uname().release, rows=rows), file, indent=1)
    missed = [entry["what"] for entry in rows if entry["met"] is False]
    for what in missed:
        print("MISSED:", what)
    sys.exit(1 if missed else 0)


def measure_counts(tool, base, tree):
    """The figures without noise: differences of two trees, so that start-up does not count."""
    half = os.path.join(base, "512")
    run([tool("passthru-tree"), half, "512"])
    scan = lambda root, facts: [tool("scan-bench"), root, "--threads", "1", "--facts", facts]
    if have("strace"):
        for facts, bar in (("inventory", 19), ("essential", 10)):
            large, small = calls(scan(tree, facts)), calls(scan(half, facts))
            row(f"system calls a function, {facts}", (len(large) - len(small)) / 512, bar, "low")
            if facts == "inventory":
                opened = sum("/config\"" in line or "\"config\"" in line for line in large)
                row("configuration space opened", opened, 0, "low")
        peer = lambda root: len(calls([tool("peer-libpci"), root]))
        row("system calls a function, libpci", (peer(tree) - peer(half)) / 512, 0, None)
    if have("valgrind"):
        count = lambda command: (instructions(command(tree)) - instructions(command(half))) / 512
        row("instructions a function, inventory", count(lambda root: scan(root, "inventory")),
            10000, "low")
        verdicts = lambda root: scan(root, "inventory") + ["--stage", "verdicts"]
        row("instructions a function, groups + verdicts",
            count(verdicts) - count(lambda root: scan(root, "inventory")), 0, None)
        row("instructions a function, C floor",
            count(lambda root: [tool("peer-floor"), root]), 0, None)
        row("instructions a function, libpci",
            count(lambda root: [tool("peer-libpci"), root]), 0, None)
    shutil.rmtree(half)


if __name__ == "__main__":
    main()
