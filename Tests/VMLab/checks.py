# SPDX-License-Identifier: Apache-2.0
"""What passthru says in a guest, against what the guest's kernel says and does."""

import importlib
import json
import re
import subprocess
import tempfile

import image

# Blockers that are a matter of judgement: the kernel itself would hand the function over.
JUDGEMENT = ("dev.chipset", "host.", "dev.domain", "system.")
# Lines of the kernel log that no command of ours may cause.
FAULT = re.compile(r"WARNING:|BUG:|Oops|Call Trace|general protection|DMAR: .*fault|"
                   r"AMD-Vi: Event logged|blocked for more than")
# Lines that come when they come.
IDLE = re.compile(r"random: crng|clocksource: Long readout|Link is (Up|Down)|link becomes ready")


class Results:
    """The outcome of one topology: what passed, what failed, and the table."""

    def __init__(self, name):
        self.name = name
        self.passed = []
        self.failed = []
        self.notes = []
        self.table = []
        self.counts = {}

    def check(self, what, ok, detail=""):
        (self.passed if ok else self.failed).append(what)
        print(f"  ok      {what}" if ok else f"  FAILED  {what}: {detail[:1200]}", flush=True)
        return ok


class Inventory:
    """The guest's functions, as plain shell read them from sysfs."""

    def __init__(self, text, topology):
        self.functions = {}
        for line in text.splitlines():
            words = line.split("|")
            if len(words) != 9:
                continue
            address, path, vendor, device, code, driver, group, physical, node = words
            if not (vendor and device and code and node):
                continue  # it went while it was read
            self.functions[address] = {
                "path": tuple(path.removeprefix("/sys/devices/").split("/")),
                "vendorID": vendor[2:], "deviceID": device[2:], "classCode": code[2:],
                "driver": driver or None, "group": int(group) if group else None,
                "physical": physical or None, "node": int(node) if int(node) >= 0 else None}
        self.names = {}
        by_path = {self.slots(facts["path"]): address
                   for address, facts in self.functions.items() if not facts["physical"]}
        self.missing = []
        yet = {device.name for device in topology.plugged}
        for name, path in topology.places().items():
            if path in by_path:
                self.names[name] = by_path[path]
            elif path and name not in yet:
                self.missing.append(name)
        for name, address in list(self.names.items()):
            virtual = sorted(a for a, f in self.functions.items() if f["physical"] == address)
            self.names.update((f"{name}.vf{i}", a) for i, a in enumerate(virtual))
        self.addresses = {address: name for name, address in self.names.items()}

    @staticmethod
    def slots(path):
        """pci0000:00/0000:00:08.0/0000:01:00.0 -> ("pci0000:00", "08.0", "00.0")."""
        return (path[0],) + tuple(part.rsplit(":", 1)[1] for part in path[1:])

    def name(self, address):
        return self.addresses.get(address, address)

    def partition(self):
        groups = {}
        for address, facts in self.functions.items():
            if facts["group"] is not None:
                groups.setdefault(facts["group"], set()).add(address)
        return {frozenset(members) for members in groups.values()}


def inventory(guest):
    return Inventory(guest.output("functions"), guest.topology)


def shell_names(found):
    """Every name as a shell variable: $igb0, $igb0_vf1."""
    return "".join(f"{name.replace('.', '_')}={address}\n"
                   for name, address in found.names.items())


def passthru_json(guest, arguments):
    """A document of passthru in the guest. Status 1 only means that something is blocked."""
    status, text = guest.run(f"passthru {arguments} --format json")
    if status not in (0, 1):
        raise ValueError(f"passthru {arguments}: status {status}: {text}")
    return json.loads(text)


def spelled(groups, found):
    return "; ".join(sorted(" ".join(sorted(found.name(a) for a in group)) for group in groups))


def check_expected(results, guest, found):
    """The kernel against the topology file: is the guest what the file says it is?"""
    topology = guest.topology
    results.check("every device of the file is there", not found.missing,
                  " ".join(found.missing))
    unnamed = set(found.functions) - set(found.addresses)
    results.check("every function is one of the file", not unnamed, " ".join(sorted(unnamed)))
    unknown = {name for word, names, _ in topology.expectations for name in names
               if word in ("group", "no-group", "opens", "opens-after", "opens-together",
                           "refused", "free", "never")}
    unknown -= set(found.names) | {"all"} | {device.name for device in topology.plugged}
    results.check("every expected name is a function", not unknown, " ".join(sorted(unknown)))
    for node, *names in topology.expected("node"):
        wrong = [n for n in names if found.functions[found.names[n]]["node"] != int(node)]
        results.check(f"on node {node}: {' '.join(names)}", not wrong, " ".join(wrong))
    if "partition" not in topology.checks():
        return
    without = {found.names[n] for names in topology.expected("no-group") for n in names
               if n in found.names}
    if ["all"] in topology.expected("no-group"):
        without = set(found.functions)
    groups = [frozenset(found.names.get(n, n) for n in names) - without
              for names in topology.expected("group")]
    alone = set(found.functions) - without - set().union(*groups)
    expected = set(groups) | {frozenset([address]) for address in alone}
    kernel = found.partition()
    results.check("the kernel's groups are those of the file", kernel == expected,
                  f"only in the kernel: {spelled(kernel - expected, found)}; "
                  f"only in the file: {spelled(expected - kernel, found)}")


def predicted(snapshot):
    """The partition that passthru predicts, from a snapshot that tells it no group."""
    document = json.loads(snapshot)
    for function in document["functions"]:
        function["iommuGroup"] = None
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(document, file)
        file.flush()
        text = subprocess.run([image.passthru(), "groups", "--format", "json", "--from", file.name],
                              stdout=subprocess.PIPE, check=False).stdout
    return json.loads(text)


def check_partition(results, guest, found):
    """The prediction against the kernel, where the prediction is told no group."""
    document = predicted(guest.output("passthru snapshot"))
    kernel = found.partition()
    grouped = set().union(*kernel) if kernel else set()
    ours = {frozenset(group["members"]) & frozenset(grouped) if grouped
            else frozenset(group["members"]) for group in document["groups"]} - {frozenset()}
    if grouped:
        results.check(f"predicted partition: {len(grouped)} functions, {len(kernel)} groups",
                      ours == kernel,
                      f"only predicted: {spelled(ours - kernel, found)}; "
                      f"only in the kernel: {spelled(kernel - ours, found)}")
    live = passthru_json(guest, "groups")
    reported = {frozenset(group["members"]) for group in live["groups"]
                if group["reported"] is not None}
    results.check("reported partition is the kernel's", reported == kernel,
                  spelled(reported ^ kernel, found))
    agreement = live["agreement"]
    if grouped:
        results.check("passthru groups says that it agrees",
                      agreement and agreement["same"] == agreement["functions"] and
                      agreement["functions"] == len(grouped), str(agreement))
    return len(grouped), len(kernel)


def check_lspci(results, guest, found):
    """lspci and sysfs against passthru's list: the same functions, ids, drivers, groups."""
    peers = {}
    for line in guest.output("lspci -Dn").splitlines():
        match = re.fullmatch(r"(\S+) (\w{4}): (\w{4}):(\w{4})(?: \(rev (\w\w)\))?"
                             r"(?: \(prog-if \w\w.*\))?", line.strip())
        if match:
            address, code, vendor, device, revision = match.groups()
            peers[address] = (code, vendor, device, revision or "00")
    document = passthru_json(guest, "list -a")
    ours = {f["address"]: (f["classCode"][:4], f["vendorID"], f["deviceID"], f["revisionID"])
            for f in document["functions"]}
    results.check(f"lspci -n and passthru list: {len(peers)} functions", peers == ours,
                  f"{sorted(set(peers.items()) ^ set(ours.items()))[:8]}")
    sysfs = {address: (facts["driver"], facts["group"], facts["classCode"], facts["node"])
             for address, facts in found.functions.items()}
    ours = {f["address"]: ((f["driver"] or {}).get("name"), f["iommuGroup"], f["classCode"], f["numaNode"])
            for f in document["functions"]}
    results.check("drivers, groups and nodes are sysfs's", sysfs == ours,
                  f"{sorted(map(str, set(sysfs.items()) ^ set(ours.items())))[:8]}")


def shortened(text, length=48):
    return text if len(text) <= length else text[:length - 3] + "..."


def log_lines(guest):
    return guest.output("dmesg").splitlines()


class Trials:
    """Tries every verdict: binds, opens, puts back, and compares."""

    def __init__(self, results, guest, found):
        self.results = results
        self.guest = guest
        self.found = found

    def trial(self, addresses, leave=()):
        """Addresses that opened, and the refusals, with `leave` left without driver."""
        drivers = {a: self.found.functions[a]["driver"] or "" for a in leave}
        script = "".join(f"release {a}\n" for a in leave) + f"trial {' '.join(addresses)}\n"
        script += "".join(f"give_back {a} '{driver}'\n" for a, driver in drivers.items())
        _, text = self.guest.run(script, timeout=180)
        opened, refused, bound, self.virtual = set(), {}, {}, {}
        for line in text.splitlines():
            words = line.split()
            if words[:1] == ["opened"]:
                facts = self.found.functions[words[1]]
                if words[3] == f"vendor={facts['vendorID']}":
                    opened.add(words[1])
                else:
                    refused[words[1]] = " ".join(words[3:])
            elif words[:1] == ["refused"]:
                refused[words[1]] = " ".join(words[2:])
            elif words[:1] == ["after"]:
                bound[words[1]] = words[2] if len(words) > 2 else None
            elif words[:1] == ["vfs"]:
                self.virtual[words[1]] = int(words[2])
        for address in addresses:
            if bound.get(address) != "vfio-pci" and address not in opened:
                refused[address] = "does not bind"
        return opened, refused

    def judge(self, assessment):
        """One row of the table: (verdict, answer alone, answer with the set, agreement)."""
        address, verdict = assessment["address"], assessment["verdict"]
        together = assessment["together"]
        blockers = [f for f in assessment["findings"] if f["severity"] == "blocker"]
        opened, refused = self.trial([address])
        alone = "opens" if address in opened else refused.get(address, "no answer")
        # Some drivers (igb) take the virtual functions down as they let go, and so
        # make the very change that the verdict asks for.
        if alone == "opens" and self.virtual.get(address) == 0 and self.changes(blockers, address):
            alone = "opens, virtual functions gone"
        if alone == "opens" and any(f["id"] == "iommu.no-group" for f in blockers):
            alone = "opens, group formed"
        with_set, agrees = "-", None
        opens_together = None
        if verdict == "conditional" or (verdict == "blocked" and together):
            leave = self.to_release(blockers, address, together)
            changes = self.changes(blockers, address)
            self.guest.run("\n".join(do for do, _ in changes))
            members = [a for a in [address, *together]]
            opened, refused = self.trial(members, leave)
            opens_together = opened == set(members)
            with_set = f"opens ({len(members)})" if opens_together else shortened("; ".join(
                f"{self.found.name(a)} {why}" for a, why in refused.items()))
            self.guest.run("\n".join(undo for _, undo in changes))
        if verdict in ("eligible", "ready"):
            agrees = alone == "opens"
        elif verdict == "conditional":
            agrees = alone != "opens" and opens_together
        elif verdict == "blocked":
            kernel = [f["id"] for f in blockers if f["resolution"] is None and
                      not f["id"].startswith(JUDGEMENT)]
            if kernel:
                agrees = alone != "opens" and opens_together is not True
            else:
                verdict += " (judgement)"
                agrees = None
        why = ",".join(f["id"] for f in blockers)
        return verdict, alone, with_set, agrees, why

    @staticmethod
    def to_release(blockers, address, together):
        """The functions that a remedy names besides the set: "unbind 0000:00:1f.0 and pass"."""
        named = set()
        for finding in blockers:
            if finding["id"] == "group.shared-host" and finding["resolution"] == "change":
                named |= set(re.findall(r"[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]",
                                        finding["remedy"].partition(" and pass")[0]))
        return sorted(named - {address} - set(together))

    def changes(self, blockers, address):
        """What a remedy changes, and how to undo it, as shell."""
        changes = []
        for finding in blockers:
            if finding["id"] == "dev.pf-with-vfs":
                count = sum(f["physical"] == address for f in self.found.functions.values())
                changes.append((f"vfs {address} 0", f"vfs {address} {count}"))
            elif finding["id"] == "ir.missing":
                file = "/sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts"
                changes.append((f"echo Y >{file}", f"echo N >{file}"))
        return changes

    def sample(self, assessments):
        """All, or of the virtual functions one in `every`."""
        every = int(self.guest.topology.settings["every"])
        if every == 1:
            return assessments
        named = {self.found.names.get(n) for _, names, _ in self.guest.topology.expectations
                 for n in names}
        virtual = [a["address"] for a in assessments
                   if self.found.functions[a["address"]]["physical"]]
        keep = set(virtual[::every]) | named
        tried = [a for a in assessments
                 if a["address"] not in virtual or a["address"] in keep]
        self.results.notes.append(f"{len(assessments) - len(tried)} virtual functions like their "
                                  f"neighbours are not tried")
        rest = {a["verdict"] for a in assessments if a not in tried}
        seen = {a["verdict"] for a in tried if a["address"] in virtual}
        self.results.check("those not tried have the verdict of those tried", rest <= seen,
                           f"{rest} and {seen}")
        return tried

    def run(self):
        before = self.guest.output("driver_state")
        document = passthru_json(self.guest, "check -a")
        assessments = document["assessments"]
        self.results.check("an assessment for every function",
                           {a["address"] for a in assessments} == set(self.found.functions),
                           f"{len(assessments)} of {len(self.found.functions)}")
        answers = {}
        never = {self.found.names.get(n) for names in self.guest.topology.expected("never")
                 for n in names}
        tried = self.sample(assessments)
        for assessment in tried:
            address = assessment["address"]
            if address in never:
                blocked = assessment["verdict"] == "blocked"
                self.results.table.append((
                    self.found.name(address), address, assessment["verdict"], "not tried", "-",
                    "same" if blocked else "DIFFERENT",
                    ",".join(f["id"] for f in assessment["findings"]
                             if f["severity"] == "blocker")))
                continue
            verdict, alone, with_set, agrees, why = self.judge(assessment)
            answers[address] = (alone, with_set)
            word = {True: "same", False: "DIFFERENT", None: "-"}[agrees]
            self.results.table.append((self.found.name(address), address, verdict, alone,
                                       with_set, word, why))
            kind = f"{verdict}: {word}"
            self.results.counts[kind] = self.results.counts.get(kind, 0) + 1
        different = [row for row in self.results.table if row[5] == "DIFFERENT"]
        self.results.check(f"{len(tried)} verdicts tried", not different,
                           "; ".join(" ".join(row) for row in different))
        self.expected(answers)
        after = self.guest.output("driver_state")
        self.results.check("drivers and overrides are as they were", before == after,
                           "\n".join(sorted(set(before.splitlines()) ^ set(after.splitlines()))))

    def expected(self, answers):
        """The answers of the kernel against the topology file."""
        wrong = []
        for keyword, test in (
                ("opens", lambda alone, both: alone == "opens"),
                ("opens-after",
                 lambda alone, both: alone != "opens" and both == "opens (1)"),
                ("opens-together",
                 lambda alone, both: alone != "opens" and both.startswith("opens")),
                ("refused", lambda alone, both: alone != "opens" and
                 not both.startswith("opens"))):
            names = [n for names in self.guest.topology.expected(keyword) for n in names]
            for name in self.found.names if names == ["all"] else names:
                answer = answers.get(self.found.names.get(name))
                if answer and not test(*answer):
                    wrong.append(f"{name}: {keyword} expected, {answer}")
        self.results.check("answers are those of the file", not wrong, "; ".join(wrong))


def plug(guest, device, found):
    """Plugs a device in below a port through QEMU's monitor, and waits for its driver."""
    guest.qmp("device_add", driver=device.model, id=device.name,
              **{key: int(value) if value.isdigit() else value
                 for key, value in device.properties.items()})
    port = found.names[device.properties["bus"]]
    found.names[device.name] = guest.output(f"await {port} {device.path[-1]}").strip()


def set_up(guest):
    """Runs the setup's lines, each after the devices that it names and that come late."""
    topology = guest.topology
    if not topology.setup:
        return
    found = inventory(guest)
    late = list(topology.late)
    script = ""
    for line in topology.setup:
        named = [device for device in late if re.search(rf"\$\{{?{device.name}\b", line)]
        if named and script:
            guest.output(shell_names(found) + script, timeout=300)
            script = ""
        for device in named:
            plug(guest, device, found)
            late.remove(device)
        script += line + "\n"
    guest.output(shell_names(found) + script, timeout=300)
    if late:
        raise ValueError("setup names no " + " ".join(device.name for device in late))


def run(guest):
    """All checks that a topology asks for."""
    topology = guest.topology
    results = Results(topology.name)
    set_up(guest)
    found = inventory(guest)
    check_expected(results, guest, found)
    quiet = len(log_lines(guest))
    if "partition" in topology.checks():
        check_partition(results, guest, found)
    if "lspci" in topology.checks():
        check_lspci(results, guest, found)
    guest.run("passthru check; passthru tree; passthru show 00:00.0; passthru groups")
    new = [line for line in log_lines(guest)[quiet:] if not IDLE.search(line)]
    results.check("reading commands leave no line in the kernel log", not new, " | ".join(new[:5]))
    for word in topology.checks():
        if word == "verdicts":
            Trials(results, guest, found).run()
        elif word not in ("partition", "lspci"):
            importlib.import_module(word).run(results, guest, found)
    lines = log_lines(guest)
    faults = [line for line in lines[quiet:] if FAULT.search(line)]
    results.check("no fault in the kernel log", not faults, " | ".join(faults[:5]))
    # A kernel of the lab's may complain of its own devices while it starts.
    earlier = [line for line in lines[:quiet] if FAULT.search(line)]
    if earlier:
        results.notes.append("before anything was asked of it the kernel said: " + earlier[0])
    if guest.memory():
        results.notes.append(f"QEMU took {guest.memory()} MiB at most")
    return results
