# SPDX-License-Identifier: Apache-2.0
"""Whole processes, timed in the guest in turn: passthru list, and lspci -n."""

import statistics

PEER = "lspci -n"
OWN = "passthru list"
ROUNDS, REPEATS = 7, 3


def seconds(guest, command):
    """Of one run, the mean of a few: /proc/uptime counts hundredths."""
    text = guest.output("read -r a _ </proc/uptime\n" + f"{command} >/dev/null\n" * REPEATS
                        + "read -r b _ </proc/uptime\necho $a $b")
    began, ended = map(float, text.split())
    return (ended - began) / REPEATS


def run(results, guest, found):
    samples = {OWN: [], PEER: []}
    for command in samples:
        seconds(guest, command)  # once for nothing: the page cache
    for _ in range(ROUNDS):
        for command, list_ in samples.items():
            list_.append(seconds(guest, command))
    own, peer = (statistics.median(samples[command]) for command in (OWN, PEER))
    ratio = peer / own if own else float("inf")
    results.notes.append(
        f"{len(found.functions)} functions, whole process, median of {ROUNDS} in turn: "
        f"{OWN} {own * 1000:.0f} ms, {PEER} {peer * 1000:.0f} ms, ratio {ratio:.1f}")
    for words in guest.topology.expected("faster-than-lspci"):
        results.check(f"{OWN} is at least {words[0]} times as fast as {PEER}",
                      ratio >= float(words[0]), f"{ratio:.1f}")
