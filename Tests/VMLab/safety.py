# SPDX-License-Identifier: Apache-2.0
"""A host that lives on its devices: no selection may take one of them away."""

import json
import re

import checks


def selections(guest, found, address):
    """Every way to name a function, alone and with what can be spared."""
    facts = found.functions[address]
    names = guest.output(f"disk_of {address}; interface_of {address}").split()
    slot = address.rpartition(".")[0]
    found_ways = [address, address.removeprefix("0000:"), slot, f"group:{facts['group']}",
                  f"{facts['vendorID']}:{facts['deviceID']}", f"class:{facts['classCode'][:4]}",
                  f"driver:{facts['driver']}", *names]
    spare = [n for names in guest.topology.expected("free") for n in names][0]
    return [[way] for way in found_ways] + [[found.names[spare], address]]


def bridges(found, address):
    """The addresses of the bridges above, the root port last."""
    return [part for part in found.functions[address]["path"][-2:0:-1] if part in found.functions]


def untouched(results, guest, before, what):
    after = guest.output("driver_state; cat /proc/mounts /proc/swaps")
    return results.check(f"nothing changed by {what}", before == after,
                         "; ".join(sorted(set(before.splitlines()) ^ set(after.splitlines()))))


def several(guest, commands):
    """Runs passthru with each of them: command -> (status, what it printed)."""
    script = "".join(f"passthru {command} 2>&1; s=$?; echo; echo '=== '$s\n" for command in commands)
    parts = re.split(r"^=== (\d+)\n", guest.output(script, timeout=600), flags=re.M)
    return {command: (int(parts[2 * i + 1]), parts[2 * i]) for i, command in enumerate(commands)}


def chain(assessment, words):
    """The evidence of a host finding that has all the words, or nothing."""
    for finding in assessment["findings"]:
        if finding["id"].startswith("host.") and finding["severity"] == "blocker" and all(
                word in finding["evidence"] for word in words):
            return finding["evidence"]
    return None


def said(guest, command):
    """What passthru printed, and its status."""
    status, text = guest.run(f"passthru {command} 2>&1")
    return status, " ".join(text.split())


def holder(guest, address):
    """The driver that has it; nothing where none does."""
    return guest.run(f"driver_of {address}")[1].strip()


def session(results, guest, found, name):
    """Who asks through sudo, which drops SSH_CONNECTION: played by shells."""
    address = found.names[name]
    guest.run(f"n=$(interface_of {address}); ip addr add 10.11.0.1/24 dev $n; ip link set $n up")
    guest.run("printf '%s\\n' '#!/bin/sh' 'unset SSH_CONNECTION' "
              f"'passthru bind {address} --apply >/run/said 2>&1' "
              "'echo status $? >>/run/said' >/run/asks; cp /run/asks /run/sshd; "
              "chmod 755 /run/asks /run/sshd")
    wait = "for i in $(seq 300); do grep -qs ^status /run/said && break; sleep 0.1; done; "
    for what, command, words in (
            ("in a parent's environment",
             "SSH_CONNECTION='10.11.0.9 50000 10.11.0.1 22' /run/asks",
             ("ssh from 10.11.0.9", address)),
            ("in a daemon's open connection",
             "ip link set lo up; nc -l -p 2222 -e /run/sshd & sleep 0.5; sleep 40 | nc 10.11.0.1 2222 >/dev/null & "
             + wait + "kill $! 2>/dev/null", ("ssh from 10.11.0.1", address)),
            ("of a daemon that shows nothing", "/run/sshd", ("not known whether your session",))):
        text = " ".join(guest.output(f"rm -f /run/said; {command}; cat /run/said").split())
        results.check(f"the session {what} keeps {name}",
                      "status 1" in text and "host.session" in text
                      and all(word in text for word in words), text[:600])
        results.check(f"{name} is where it was", holder(guest, address)
                      == found.functions[address]["driver"], "")
    guest.run(f"n=$(interface_of {address}); ip addr flush dev $n; ip link set $n down")


def in_use(results, guest, found, nic, disk):
    """What something of the host uses besides: a table of routes, a bridge, an address, a disk."""
    up = "ip addr add 10.13.0.1/24 dev $n; ip link set $n up"
    down = "ip addr flush dev $n; ip link set $n down"
    for what, name, use, end, rule in (
            ("the default route of a table that a rule leads to", nic,
             up + "; ip route add default via 10.13.0.9 dev $n table 100; ip rule add table 100",
             "ip rule del table 100; ip route flush table 100; " + down, "host.default-route"),
            ("an address", nic, up, down, "host.network"),
            ("a bridge of guests", nic, "brctl addbr br9; brctl addif br9 $n; ip link set br9 up",
             "ip link set br9 down; brctl delif br9 $n; brctl delbr br9", "host.network"),
            ("a program that has it open", disk,
             "sleep 100 </dev/$(disk_of $a) >/dev/null 2>&1 & echo $! >/run/open; sleep 0.2",
             "kill $(cat /run/open); sleep 0.2", "host.program")):
        address = found.names[name]
        where = f"a={address}; n=$(interface_of $a); "
        guest.run(where + use)
        status, text = said(guest, f"bind {address} --apply")
        held = holder(guest, address)
        guest.run(where + end)
        results.check(f"{name} with {what} is kept",
                      status == 1 and rule in text
                      and held == found.functions[address]["driver"], text[:600])
        status, text = said(guest, f"bind {address}")
        results.check(f"{name} is free after {what}", status == 0, text[:600])


def ways_back(results, guest, found, name):
    """What became the default route after passthru changed its driver is not taken back."""
    address, driver = found.names[name], found.functions[found.names[name]]["driver"]
    guest.run(f"release {address}")
    status, text = said(guest, f"bind {address} --driver {driver} --apply")
    results.check(f"{name} is given to {driver}", status == 0, text[:400])
    guest.run(f"n=$(interface_of {address}); ip addr add 10.12.0.1/24 dev $n; ip link set $n up; "
              "ip route add default via 10.12.0.9 dev $n metric 300")
    taken = []
    for command in (f"{verb}{apply}" for apply in ("", " --apply")
                    for verb in ("restore --all", f"restore {address}", f"unbind {address}")):
        status, text = said(guest, command)
        if status != 1 or "host.default-route" not in text:
            taken.append(f"{command}: status {status}: {text[:200]}")
        if holder(guest, address) != driver:
            taken.append(f"{command} took it")
    results.check(f"no way back takes {name} from the default route", not taken, " | ".join(taken))
    status, text = said(guest, f"restore {address} --allow {address} --apply")
    results.check(f"{name} goes back where that is allowed",
                  status == 0 and not holder(guest, address), text[:400])
    guest.run(f"give_back {address} {driver}")


def run(results, guest, found):
    before = guest.output("driver_state; cat /proc/mounts /proc/swaps")
    document = checks.passthru_json(guest, "check -a")
    by_address = {a["address"]: a for a in document["assessments"]}
    tried = 0
    for name, *words in guest.topology.expected("host"):
        address = found.names[name]
        assessment = by_address[address]
        evidence = chain(assessment, words)
        results.check(f"{name} is blocked, and the chain named",
                      assessment["verdict"] == "blocked" and evidence,
                      json.dumps(assessment)[:900])
        if evidence:
            results.notes.append(f"{name}: {evidence}")
        let_go = []
        ways = [" ".join(way) for way in selections(guest, found, address)]
        for way, (status, text) in several(guest, [
                f"check {way} --format json" for way in ways]).items():
            selected = {a["address"]: a for a in json.loads(text)["assessments"]
                        } if status == 1 else {}
            if address not in selected or not chain(selected[address], words):
                let_go.append(f"{way}: status {status}")
        attempts = [f"bind {way} --with-group --apply" for way in ways]
        attempts += [f"bind {address} {options} --apply" for options in (
            "", "--force --with-group", "--driver pci-stub", "--driver e1000e",
            "--driver mlx5_vfio_pci --force", "--driver nvgrace_gpu_vfio_pci --force")]
        attempts += [f"{verb} {address} --apply" for verb in ("remove", "reset")]
        attempts += [f"{verb} {above} --apply" for above in bridges(found, address)
                     for verb in ("bind", "remove", "reset")]
        tried += len(attempts)
        for attempt, (status, text) in several(guest, attempts).items():
            if status != 1:
                let_go.append(f"{attempt}: status {status}: {text[:200]}")
            elif attempt.startswith("remove") and not all(word in text for word in words):
                let_go.append(f"{attempt} does not name the chain: {text[:300]}")
        for above in bridges(found, address):
            if by_address[above]["verdict"] != "blocked":
                let_go.append(f"check {above}: {by_address[above]['verdict']}")
            elif not chain(by_address[above], words):
                let_go.append(f"check {above} does not name what is behind it")
        results.check(f"no selection takes {name}", not let_go, " | ".join(let_go))
        untouched(results, guest, before, f"trying to take {name}")
    results.notes.append(f"{tried} attempts to take away what the host needs")
    session(results, guest, found, "spare0")
    untouched(results, guest, before, "asking from a session")
    in_use(results, guest, found, "spare1", "spare2")
    untouched(results, guest, before, "uses of the host")
    ways_back(results, guest, found, "spare1")
    untouched(results, guest, before, "ways back")
    for name in (n for names in guest.topology.expected("free") for n in names):
        address = found.names[name]
        assessment = by_address[address]
        results.check(f"{name} can be spared",
                      assessment["verdict"] == "eligible" and not chain(assessment, []),
                      json.dumps(assessment)[:600])
        above = bridges(found, address)[0]
        results.check(f"the bridge above {name} has nothing of the host's behind it",
                      not chain(by_address[above], []), json.dumps(by_address[above])[:600])
        opened, refused = checks.Trials(results, guest, found).trial([address])
        results.check(f"{name} opens", address in opened, str(refused))
        status, text = guest.run(f"passthru bind {address} --apply")
        results.check(f"{name} is bound", status == 0, text[:400])
        status, text = guest.run(f"passthru restore {address} --apply")
        results.check(f"{name} is given back", status == 0, text[:400])
    untouched(results, guest, before, "binding what can be spared")
