# SPDX-License-Identifier: Apache-2.0
"""Bound and given back many times in a row, with nothing left behind."""

import time

from binding import Binding

ROUNDS = 100


def many_times(binding, name):
    address = binding.found.names[name]
    # /proc/sys/fs/file-nr is 0 on one processor: the kernel sums it lazily.
    measure = ("echo 3 >/proc/sys/vm/drop_caches; "
               "echo $(ls /proc/[0-9]*/fd | grep -c '^[0-9]') $(sed -n 's/MemAvailable: *\\([0-9]*\\).*/\\1/p' /proc/meminfo) "
               "$(ls /proc | grep -c '^[0-9]')")
    loop = (f"for i in $(seq {{}}); do passthru bind {address} --apply >/run/last 2>&1 && "
            f"passthru restore {address} --apply >/run/last 2>&1 || "
            "{{ echo round $i; cat /run/last; exit 1; }}; done")
    binding.guest.output(loop.format(10), timeout=300)
    before = list(map(int, binding.guest.output(measure).split()))
    began = time.monotonic()
    status, text = binding.guest.run(loop.format(ROUNDS), timeout=590)
    seconds = time.monotonic() - began
    after = list(map(int, binding.guest.output(measure).split()))
    binding.results.check(f"{2 * ROUNDS} binds and unbinds of {name} in a row",
                          status == 0 and not binding.difference(), f"{text[-300:]}"
                          f"{binding.difference()}")
    binding.results.check("no descriptor, process or memory is left",
                          abs(after[0] - before[0]) <= 2 and before[1] - after[1] < 2048
                          and after[2] <= before[2] + 2,
                          f"files {before[0]} to {after[0]}, available {before[1]} to {after[1]} "
                          f"KiB, processes {before[2]} to {after[2]}")
    binding.results.notes.append(
        f"{2 * ROUNDS} binds and unbinds in {seconds:.0f} s: open files {before[0]} to "
        f"{after[0]}, memory available {before[1]} to {after[1]} KiB")


def run(results, guest, found):
    binding = Binding(results, guest, found)
    many_times(binding, "nic")
    binding.finish()
