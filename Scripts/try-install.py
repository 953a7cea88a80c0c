#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Installs into a folder, and tries there what a person would: man, and a tab in each shell.

Every man page must pass mandoc's check and be found by man; bash and zsh run at a
terminal and get a real tab; fish is asked by its own `complete`. The words that must
come are shells, targets and options that the documentation names. Then it uninstalls,
and nothing may be left.
"""
import os
import pathlib
import pty
import re
import select
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
# What is typed before the tab, and what the line must become.
TYPED = [("passthru completions fi", "passthru completions fish"),
         ("passthru snaps", "passthru snapshot"),
         ("passthru emit --format js", "passthru emit --format json")]
failures = []


def check(right, what):
    print(("ok      " if right else "FAILED  ") + what)
    if not right:
        failures.append(what)


def at_terminal(command, setup, typed, wanted, environment):
    """Whether the shell completes what is typed to what is wanted, at a terminal."""
    process, terminal = pty.fork()
    if process == 0:
        os.execvpe(command[0], command, environment)
    seen = ""

    def read_until(pattern, seconds):
        nonlocal seen
        end = time.monotonic() + seconds
        while time.monotonic() < end and not re.search(pattern, seen):
            if select.select([terminal], [], [], 0.1)[0]:
                try:
                    seen += os.read(terminal, 65536).decode(errors="replace")
                except OSError:
                    break
        return re.search(pattern, seen) is not None

    # The mark is written in two parts, so that the echo of the line is not the answer.
    os.write(terminal, (setup + "; printf 'rea%s\\n' dy\n").encode())
    read_until(r"ready", 20)
    seen = ""
    os.write(terminal, (typed + "\t").encode())
    time.sleep(1.5)
    # Control-A goes to the line's start: an echo there prints what was completed.
    os.write(terminal, b"\x01echo got: \n")
    done = read_until(r"\ngot: " + re.escape(wanted) + r"\s", 10)
    os.write(terminal, b"\nexit\n")
    os.close(terminal)
    os.waitpid(process, 0)
    if not done:
        print(repr(seen))
    return done


def main():
    with tempfile.TemporaryDirectory() as folder:
        prefix = pathlib.Path(folder) / "usr/local"
        make = ["make", "--no-print-directory", "-C", str(ROOT), f"DESTDIR={folder}",
                "PREFIX=/usr/local"]
        subprocess.run([*make, "install"], check=True)
        environment = {**os.environ, "PATH": f"{prefix}/bin:{os.environ['PATH']}", "TERM": "dumb",
                       "PS1": "$ ", "HOME": folder, "MANPATH": f"{prefix}/share/man",
                       "MANPAGER": "cat", "XDG_DATA_DIRS": f"{prefix}/share:/usr/share"}
        pages = sorted((prefix / "share/man/man8").glob("*.8"))
        shown = subprocess.run(["passthru", "help"], env=environment, capture_output=True,
                               text=True, check=True).stdout
        for page in pages:
            lint = subprocess.run(["mandoc", "-Tlint", "-Wwarning", page], capture_output=True,
                                  text=True)
            found = subprocess.run(["man", "8", page.stem], env=environment,
                                   capture_output=True, text=True)
            name = page.stem.removeprefix("passthru-")
            check(lint.returncode == 0 and found.returncode == 0 and "NAME" in found.stdout
                  and name in shown, f"man 8 {page.stem}{lint.stdout}{found.stderr}")
        check(len(pages) > 20, f"{len(pages)} man pages")

        share = prefix / "share"
        for typed, wanted in TYPED:
            check(at_terminal(["bash", "--norc", "--noprofile", "-i"],
                              f"source {share}/bash-completion/completions/passthru",
                              typed, wanted, environment), f"bash: {typed} TAB")
            check(at_terminal(["zsh", "-f", "-i"],
                              f"bindkey -e; fpath=({share}/zsh/site-functions $fpath); "
                              "autoload -Uz compinit; compinit -u -D",
                              typed, wanted, environment), f"zsh: {typed} TAB")
            fish = subprocess.run(["fish", "--no-config", "-c",
                                   f"source {share}/fish/vendor_completions.d/passthru.fish; "
                                   f"complete -C '{typed}'"],
                                  env=environment, capture_output=True, text=True)
            check(wanted.split()[-1] in fish.stdout.split(), f"fish: {typed} TAB {fish.stderr}")

        subprocess.run([*make, "uninstall"], check=True)
        left = [str(p) for p in prefix.rglob("*") if p.is_file() and "passthru" in p.name]
        check(not left, f"uninstall leaves nothing {left}")
    sys.exit(f"{len(failures)} failed" if failures else 0)


main()
