# SPDX-License-Identifier: Apache-2.0
"""A host that lives on its devices: no selection may take one of them away."""

import json

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


def chain(assessment, words):
    """The evidence of a host finding that has all the words, or nothing."""
    for finding in assessment["findings"]:
        if finding["id"].startswith("host.") and finding["severity"] == "blocker" and all(
                word in finding["evidence"] for word in words):
            return finding["evidence"]
    return None


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
        for way in selections(guest, found, address):
            status, text = guest.run(f"passthru check {' '.join(way)} --format json")
            if status == 1:
                selected = {a["address"]: a for a in json.loads(text)["assessments"]}
                if address in selected and not chain(selected[address], words):
                    let_go.append(f"check {way}")
            else:
                let_go.append(f"check {way}: status {status}")
            for options in ("--apply", "--with-group --apply", "--force --with-group --apply",
                            "--driver pci-stub --apply"):
                status, text = guest.run(f"passthru bind {' '.join(way)} {options} --deadline 5")
                tried += 1
                if status != 1:
                    let_go.append(f"bind {way} {options}: status {status}: {text[:200]}")
        for above in bridges(found, address):
            for verb in ("bind", "remove", "reset"):
                status, text = guest.run(f"passthru {verb} {above} --apply --deadline 5")
                tried += 1
                if status != 1:
                    let_go.append(f"{verb} {above}: status {status}: {text[:200]}")
            above_says = by_address[above]
            if above_says["verdict"] != "blocked":
                let_go.append(f"check {above}: {above_says['verdict']}")
            status, text = guest.run(f"passthru remove {above} --apply")
            if not all(word in text for word in words):
                let_go.append(f"remove {above} does not name the chain: {text[:300]}")
        for verb in ("remove", "reset"):
            status, text = guest.run(f"passthru {verb} {address} --apply --deadline 5")
            tried += 1
            if status != 1:
                let_go.append(f"{verb}: status {status}: {text[:200]}")
        results.check(f"no selection takes {name}", not let_go, " | ".join(let_go))
        untouched(results, guest, before, f"trying to take {name}")
    results.notes.append(f"{tried} attempts to take away what the host needs")
    for name in (n for names in guest.topology.expected("free") for n in names):
        address = found.names[name]
        assessment = by_address[address]
        results.check(f"{name} can be spared",
                      assessment["verdict"] == "eligible" and not chain(assessment, []),
                      json.dumps(assessment)[:600])
        opened, refused = checks.Trials(results, guest, found).trial([address])
        results.check(f"{name} opens", address in opened, str(refused))
        status, text = guest.run(f"passthru bind {address} --apply")
        results.check(f"{name} is bound", status == 0, text[:400])
        status, text = guest.run(f"passthru restore {address} --apply")
        results.check(f"{name} is given back", status == 0, text[:400])
    untouched(results, guest, before, "binding what can be spared")
