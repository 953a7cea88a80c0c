# SPDX-License-Identifier: Apache-2.0
"""A change cut off at each of its steps, by SIGKILL, and put back by the next run."""

from binding import Binding

# Each killed run is followed by a restore and a comparison.
LAST_CALL = 80


def cut_off(binding, name):
    """Killed at every system call that changes something, before and after it."""
    address = binding.found.names[name]
    wrong, calls, done = [], 0, 0
    for moment in ("before", "after"):
        for number in range(1, LAST_CALL):
            _, text = binding.guest.run(
                f"kill-at {number} {moment} passthru bind {address} --apply --in-place "
                f"2>&1 | tail -1")
            if text.startswith("ended"):
                binding.run(f"restore {address} --apply")
                break
            calls += 1
            status, said = binding.run("restore --apply")
            difference = binding.difference()
            if difference and "on purpose" in said:
                # The journal says already that all of it was done.
                done += 1
                status, said = binding.run("restore --all --apply")
                difference = binding.difference()
            if status != 0 or difference:
                wrong.append(f"{moment} {text.strip()}: status {status}, {difference}, "
                             f"{said[-200:]}")
                binding.run("restore --all --apply")
        else:
            wrong.append(f"more than {LAST_CALL} calls")
    binding.results.check(f"killed at each of {calls} points, restore puts {name} back",
                          calls > 10 and done < 5 and not wrong, " | ".join(wrong))
    binding.results.notes.append(f"killed at {calls} points of bind: at {done} of them, all at "
                                 "its end, the change was complete and stays until restore --all")
    # And the way back itself.
    wrong, calls, early = [], 0, 0
    for number in range(1, LAST_CALL):
        binding.run(f"bind {address} --apply")
        _, text = binding.guest.run(f"kill-at {number} after passthru restore {address} --apply "
                                    f"--in-place 2>&1 | tail -1")
        if text.startswith("ended"):
            break
        calls += 1
        _, holder = binding.guest.run(f"driver_of {address}")
        status, said = binding.run("restore --apply")
        if "on purpose" in said and holder.strip() == "vfio-pci":
            # Killed before the journal said that the way back had begun.
            early += 1
            status, said = binding.run("restore --all --apply")
        if status != 0 or binding.difference():
            wrong.append(f"{text.strip()}: status {status}, {binding.difference()}, {said[-200:]}")
            binding.run("restore --all --apply")
    binding.results.check(f"restore killed at each of {calls} points is known, and finished by "
                          "the next", calls > 5 and early < calls / 2 and not wrong,
                          f"{early} early: " + " | ".join(wrong))


def run(results, guest, found):
    binding = Binding(results, guest, found)
    cut_off(binding, "nic")
    binding.finish()
