#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks two builds of passthru the same questions of every recording.

A change that should alter no answer is held by this: each recording of Fixtures/
and of the corpora beside the project (where they are) is given to both
executables, in every form of output, and all that differs is shown.

Usage: Scripts/compare-builds.py [--words] OLD NEW [RECORDING...]

With --words only JSON and exit statuses are compared, for a change of wording:
of JSON, the members that hold sentences are left out.
Ends with 1 where an answer differs.
"""

import difflib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
# Members of documents whose values are sentences for people.
SENTENCES = {"evidence", "remedy", "reason", "reasons", "warnings", "summary", "text", "title"}
ASKED = [
    ["list", "-a"],
    ["list", "-a", "--format", "json"],
    ["tree"],
    ["tree", "--format", "json"],
    ["groups"],
    ["groups", "--format", "json"],
    ["check", "-v"],
    ["check", "--format", "json"],
    ["check", "--for", "vfio", "--format", "json"],
    ["check", "--for", "bhyve", "--format", "json"],
    ["snapshot"],
    ["list", "--format", "pciconf"],
]
# And of the first few functions that are no bridges:
OF_ONE = [
    ["show", "-v"],
    ["show", "--format", "json"],
    ["plan", "--guest", "web"],
    ["plan", "--guest", "web", "--format", "json"],
    ["emit", "libvirt", "--guest", "web", "--force"],
    ["emit", "qemu", "--guest", "web", "--force"],
    ["emit", "loader.conf", "--guest", "web", "--force"],
    ["emit", "kernel-cmdline", "--guest", "web", "--force"],
]
FUNCTIONS = 4
# And of all functions, up to a number that a command line holds:
OF_ALL = [["show", "-v"], ["show", "--format", "json"]]
SHOWN = 1024


def recordings(unpacked):
    """Every recording with a name that tells it, archives as the trees in them."""
    found = sorted((ROOT / "Fixtures" / "hosts").glob("*.json"))
    found += sorted((ROOT / "Fixtures" / "lspci").glob("*.txt"))
    found += sorted((ROOT / "Fixtures" / "config").glob("*.hex"))
    if not CORPORA.is_dir():
        print("SKIPPED: no corpora at ../shared/corpora: only Fixtures is compared")
        return found
    found += sorted((CORPORA / "pciconf").glob("*.pciconf"))
    found += [p for p in sorted((CORPORA / "lspci-hex").iterdir()) if p.suffix not in (".md", ".tsv")]
    for archive in sorted(CORPORA.rglob("*.tar*")):
        folder = pathlib.Path(unpacked) / archive.parent.name / archive.name.split(".tar")[0]
        folder.mkdir(parents=True)
        subprocess.run(["tar", "-xf", archive, "-C", folder], check=True)
        trees = {p.parent.parent.parent for p in folder.glob("**/bus/pci/devices")}
        found += sorted(trees) or [p for p in sorted(folder.rglob("*")) if p.is_file()]
    return found


def ask(program, question, recording):
    try:
        done = subprocess.run(
            [program, *question, "--from", recording, "--no-color"],
            capture_output=True, timeout=300, env={"COLUMNS": "100", "PATH": os.environ["PATH"]})
    except subprocess.TimeoutExpired:
        return "no answer within 300 s", b"", b""
    return done.returncode, done.stdout, done.stderr


def without_sentences(value):
    if isinstance(value, dict):
        return {k: without_sentences(v) for k, v in value.items() if k not in SENTENCES}
    if isinstance(value, list):
        return [without_sentences(v) for v in value]
    return value


def comparable(answer, question, words):
    status, output, messages = answer
    if not words:
        return status, output, messages
    if "json" not in question and question[0] != "snapshot":
        return status, b"", b""
    try:
        return status, json.dumps(without_sentences(json.loads(output))).encode(), b""
    except ValueError:
        return status, output, b""


def functions(program, recording):
    """The addresses of all functions, and of the first few that are no bridges."""
    _, output, _ = ask(program, ["list", "-a", "--format", "json"], recording)
    try:
        listed = json.loads(output)["functions"]
    except (ValueError, KeyError):
        return [], []
    cards = [f["address"] for f in listed if not (f.get("classCode") or "06").startswith("06")]
    return [f["address"] for f in listed], cards[:FUNCTIONS]


def compare(old, new, recording, words):
    """The number of questions, and those whose answers differ."""
    questions = list(ASKED)
    everything, some = functions(old, recording)
    questions += [[*q[:1], *everything[:SHOWN], *q[1:]] for q in OF_ALL if everything]
    for address in some:
        questions += [[q[0], *([q[1]] if q[0] == "emit" else []), address,
                       *(q[2:] if q[0] == "emit" else q[1:])] for q in OF_ONE]
    different = []
    for question in questions:
        before, after = (comparable(ask(p, question, recording), question, words) for p in (old, new))
        if before != after:
            different.append((question, before, after))
    return len(questions), different


def main():
    arguments = sys.argv[1:]
    words = "--words" in arguments
    arguments = [a for a in arguments if a != "--words"]
    if len(arguments) < 2:
        sys.exit(__doc__)
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as unpacked:
        # Copies, so that a build in the meantime changes nothing.
        old, new = (shutil.copy(a, f"{unpacked}/{n}") for a, n in zip(arguments, ("old", "new")))
        found = [pathlib.Path(a) for a in arguments[2:]] or recordings(unpacked)
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            answers = list(pool.map(lambda r: compare(old, new, r, words), found))
        asked = sum(count for count, _ in answers)
        differ = sum(len(d) for _, d in answers)
        shown = 0
        for recording, (_, different) in zip(found, answers):
            for question, before, after in different:
                shown += 1
                if shown > 20:
                    continue
                print(f"\n{recording}: passthru {' '.join(question)[:120]}")
                if before[0] != after[0]:
                    print(f"  exit status {before[0]} before, {after[0]} after")
                for stream in (1, 2):
                    lines = [b[stream].decode("utf-8", "replace").splitlines() for b in (before, after)]
                    changed = list(difflib.unified_diff(*lines, "before", "after", lineterm="", n=0))
                    print("\n".join("  " + line[:200] for line in changed[:14]))
        if shown > 20:
            print(f"\n... and {shown - 20} more")
        print(f"{len(found)} recordings, {asked} questions, {differ} answered differently")
        sys.exit(1 if differ else 0)


main()
