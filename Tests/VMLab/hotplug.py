# SPDX-License-Identifier: Apache-2.0
"""Devices that come and go: through QEMU's monitor, seen by list, diff and watch."""

import json
import time

import checks


def wait(guest, condition, seconds=40):
    """Looks at the guest until the condition holds of its inventory."""
    end = time.monotonic() + seconds
    while True:
        found = checks.inventory(guest)
        if condition(found) or time.monotonic() > end:
            return found
        time.sleep(0.3)


def difference(guest):
    """What passthru diff says changed since /run/before, by kind."""
    guest.output("passthru snapshot -o /run/now")
    return checks.passthru_json(guest, "diff /run/before /run/now")


def events(guest):
    text = guest.output("cat /run/events")
    return [json.loads(line) for line in text.splitlines()]


def seen_of(guest, address, seconds=20):
    """What watch has told of a function, once it has told that it is gone.

    It waits until the bus is quiet and reads it anew, which takes seconds where another
    guest runs beside this one.
    """
    deadline = time.monotonic() + seconds
    while True:
        seen = [event["action"] for event in events(guest) if event["address"] == address]
        if "remove" in seen or time.monotonic() > deadline:
            return seen
        time.sleep(0.5)


def run(results, guest, found):
    guest.output("passthru snapshot -o /run/before")
    guest.run("passthru watch --format json >/run/events 2>/run/watch-errors & "
              "echo $! >/run/watcher; sleep 1")
    start = set(found.functions)
    for device in guest.topology.plugged:
        properties = {**device.properties, "driver": device.model, "id": device.name}
        guest.qmp("device_add", **properties)
        found = wait(guest, lambda now, name=device.name: name in now.names and
                     now.functions[now.names[name]]["driver"])
        if not results.check(f"{device.name} comes", device.name in found.names):
            continue
        address = found.names[device.name]
        checks.check_partition(results, guest, found)
        checks.check_lspci(results, guest, found)
        document = difference(guest)
        added = {change["address"] for change in document.get("added", [])}
        results.check(f"diff says that {device.name} came", added == {address},
                      json.dumps(document)[:600])
        assessment = [a for a in checks.passthru_json(guest, "check -a")["assessments"]
                      if a["address"] == address][0]
        trials = checks.Trials(results, guest, found)
        verdict, alone, both, agrees, why = trials.judge(assessment)
        results.table.append((device.name, address, verdict, alone, both,
                              "same" if agrees else "DIFFERENT", why))
        results.check(f"the verdict on {device.name} is the kernel's answer", agrees, alone)
        trials.expected({address: (alone, both)})
        guest.qmp("device_del", id=device.name)
        found = wait(guest, lambda now, gone=address: gone not in now.functions)
        results.check(f"{device.name} goes", address not in found.functions)
        document = difference(guest)
        results.check("diff says that nothing is left of it",
                      not document.get("added") and not document.get("removed"),
                      json.dumps(document)[:600])
        seen = seen_of(guest, address)
        results.check(f"watch saw {device.name} come, be bound, and go",
                      {"add", "bind", "remove"} <= set(seen), f"{seen}: "
                      + guest.run("cat /run/watch-errors")[1])
    results.check("the functions are those of before", set(found.functions) == start)
    status, _ = guest.run("kill $(cat /run/watcher)")
    results.check("watch ran to the end", status == 0)
