# SPDX-License-Identifier: Apache-2.0
"""Devices that somebody uses, seen or not in the host's own mounts and routes."""

import json

import checks


def state(guest):
    return guest.output("driver_state; cat /proc/mounts; cat /run/*.pid | while read -r p; do "
                        "kill -0 $p && echo $p lives; done; ls /run/data")


def attempts(address, above):
    for option in ("", "--force", "--driver pci-stub", "--driver pci-stub --force"):
        yield f"bind {address} {option} --apply"
    for verb in ("remove", "reset"):
        yield f"{verb} {address} --apply"
        yield f"{verb} {above} --apply"


def taken_meanwhile(results, guest, found, name):
    """A mount that comes between the decision and the first unbind: modprobe makes it."""
    address, driver = found.names[name], found.functions[found.names[name]]["driver"]
    guest.output(
        f"d=/dev/$(disk_of {address}); /sbin/mke2fs -q -t ext4 $d; mkdir -p /run/late; "
        "rmmod vfio_pci; m=/bin/modprobe; rm $m; "
        "printf '%s\\n' '#!/bin/sh' \"mount -t ext4 $d /run/late\" "
        "'exec /bin/busybox modprobe \"$@\"' >$m; chmod 755 $m")
    status, text = guest.run(f"passthru bind {address} --apply 2>&1")
    text = " ".join(text.split())
    results.check(f"a mount of {name} that comes in between stops it",
                  status == 1 and "meanwhile" in text and "/run/late" in text, text[:900])
    now = guest.output(f"driver_of {address}; cat $devices/{address}/driver_override; "
                       "umount /run/late && echo unmounted; ln -sf busybox /bin/modprobe; "
                       "passthru restore").split()
    results.check(f"{name} is as it was, with nothing to put back",
                  now[:3] == [driver, "(null)", "unmounted"] and "nothing" in now, " ".join(now))


def run(results, guest, found):
    before = state(guest)
    document = checks.passthru_json(guest, "check -a")
    by_address = {a["address"]: a for a in document["assessments"]}
    for name, *words in guest.topology.expected("host"):
        address, let_go = found.names[name], []
        above = found.functions[address]["path"][-2]
        for attempt in attempts(address, above):
            status, text = guest.run(f"passthru {attempt} 2>&1")
            text = " ".join(text.split())
            if status != 1:
                let_go.append(f"{attempt}: status {status}: {text[:300]}")
            elif address in attempt and not all(word in text for word in words):
                let_go.append(f"{attempt} does not say {words}: {text[:500]}")
        results.check(f"nothing takes {name}", not let_go, " | ".join(let_go))
        results.notes.append(f"{name}: check says {by_address[address]['verdict']}")
    results.check("everything is in use as before", state(guest) == before, state(guest))
    for name in (n for names in guest.topology.expected("free") for n in names):
        address = found.names[name]
        results.check(f"{name} can be spared", by_address[address]["verdict"] == "eligible",
                      json.dumps(by_address[address])[:600])
        for command in (f"bind {address} --apply", f"restore {address} --apply"):
            status, text = guest.run(f"passthru {command} 2>&1")
            results.check(f"{command.split()[0]} of {name}", status == 0, text[:600])
    taken_meanwhile(results, guest, found, "spare1")
    results.check("everything is in use at the end", state(guest) == before, state(guest))
