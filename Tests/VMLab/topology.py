# SPDX-License-Identifier: Apache-2.0
"""Reads a topology: the text file that says what a guest consists of, what is done
in it, and what is expected. README.md describes the format."""

import os
import re
import shlex

# What `-device` accepts and is no PCI function of its own.
NOT_PCI = re.compile(r"^(usb-(tablet|kbd|mouse|storage)|hda-.*|nvme-ns|nvme-subsys|scsi-.*|"
                     r"intel-iommu|amd-iommu)$")
# QEMU's own functions of a machine: name -> slot and function on the first root bus.
BUILT_IN = {"q35": {"mch": "00.0", "lpc": "1f.0", "sata": "1f.2", "smbus": "1f.3"}}
PORTS = ("pcie-root-port", "xio3130-downstream", "pci-bridge")
EXPECTATIONS = ("group", "no-group", "opens", "opens-after", "opens-together", "refused", "host",
                "free", "never", "node", "faster-than-lspci")


class TopologyError(Exception):
    """The file is not a topology; the text says where and why."""


class Device:
    """One `-device`: its name, model, properties, and its place in the tree."""

    def __init__(self, name, model, properties):
        self.name = name
        self.model = model
        self.properties = properties
        self.path = None  # of slots from the root bus, as ("pci0000:00", "08.0", "00.0")

    @property
    def is_function(self):
        return not NOT_PCI.match(self.model)

    def argument(self):
        parts = [self.model, f"id={self.name}"]
        if self.model == "intel-iommu":  # it takes no id
            parts = [self.model]
        # QEMU would take the last root bus of all.
        if self.is_function and "bus" not in self.properties:
            parts.append("bus=pcie.0")
        return ",".join(parts + [f"{key}={value}" for key, value in self.properties.items()])


class Topology:
    """What the file says."""

    def __init__(self, folder, name):
        self.folder = folder
        self.name = name
        self.title = ""
        self.settings = {"machine": "q35", "cpu": "max", "memory": "768", "kernel": "6.1",
                         "append": "", "checks": "partition,verdicts,lspci", "like": "", "smp": "1",
                         "every": "1", "late": ""}
        self.devices = []
        self.plugged = []  # devices that come while the guest runs, and go again
        self.late = []  # devices that come before the line of the setup that names them
        self.disks = {}
        self.arguments = []
        self.setup = []
        self.expectations = []  # (keyword, names, line number)
        self.left_out = []  # checks that are not run, though the file asks for them
        with open(os.path.join(folder, name + ".topology"), encoding="utf-8") as file:
            self.read(file.read())
        if self.settings["like"]:
            self.take(Topology(folder, self.settings["like"]))
        self.place()
        self.hold_back(self.settings["late"].split())

    def fail(self, number, message):
        raise TopologyError(f"{self.name}.topology:{number}: {message}")

    def hold_back(self, names):
        """Takes the devices with these names from those that are there from the start."""
        unknown = set(names) - {device.name for device in self.devices}
        if unknown:
            raise TopologyError(f"{self.name}: late: no device is called "
                                f"{' '.join(sorted(unknown))}")
        self.late = [device for device in self.devices if device.name in names]
        self.devices = [device for device in self.devices if device.name not in names]

    def read(self, text):
        section = "settings"
        for number, raw in enumerate(text.splitlines(), 1):
            if raw.startswith("#"):
                if not self.title and "SPDX" not in raw:
                    self.title = raw.lstrip("# ").strip()
                continue
            line = raw.split(" #")[0].strip()
            if not line:
                continue
            if line.startswith("["):
                section = line.strip("[]")
                if section not in ("settings", "disks", "devices", "arguments", "setup",
                                   "hotplug", "expected"):
                    self.fail(number, f"no section is called {section}")
            elif section == "settings":
                key, _, value = line.partition("=")
                if key.strip() not in self.settings:
                    self.fail(number, f"no setting is called {key.strip()}")
                self.settings[key.strip()] = value.strip()
            elif section == "disks":
                name, _, size = line.partition("=")
                self.disks[name.strip()] = size.strip()
            elif section in ("devices", "hotplug"):
                self.read_device(number, line, self.devices if section == "devices"
                                 else self.plugged)
            elif section == "arguments":
                self.arguments += shlex.split(line)
            elif section == "setup":
                self.setup.append(line)
            else:
                keyword, _, names = line.partition(":")
                if keyword.strip() not in EXPECTATIONS:
                    self.fail(number, f"nothing is expected with {keyword.strip()}")
                self.expectations.append((keyword.strip(), names.split(), number))

    def take(self, other):
        """Takes over another topology, without its IOMMU: disks, devices, setup, and of the
        expected answers the groups and what is refused; not what holds of all, for that is
        the IOMMU's doing."""
        names = {device.name for device in self.devices}
        self.disks = {**other.disks, **self.disks}
        self.devices = self.devices + [device for device in other.devices
                                       if device.name not in names | {"iommu"}]
        self.arguments = other.arguments + self.arguments
        self.setup = other.setup + self.setup
        if not any(keyword == "no-group" and names == ["all"]
                   for keyword, names, _ in self.expectations):
            self.expectations += [expectation for expectation in other.expectations
                                  if expectation[0] in ("group", "refused")
                                  and expectation[1] != ["all"]]

    def read_device(self, number, line, devices):
        name, equals, rest = (part.strip() for part in line.partition("="))
        if not equals or not re.fullmatch(r"[a-z][a-z0-9_]*", name):
            self.fail(number, "a device is NAME = MODEL,PROPERTY=VALUE...")
        if any(device.name == name for device in self.devices + self.plugged):
            self.fail(number, f"{name} is there already")
        model, *properties = rest.split(",")
        pairs = dict(item.partition("=")[::2] for item in properties)
        if model in PORTS:
            count = sum(device.model in PORTS for device in self.devices) + 1
            if model == "pci-bridge":
                pairs.setdefault("chassis_nr", str(count))
            else:
                pairs.setdefault("chassis", str(count))
                pairs.setdefault("slot", str(count))
        devices.append(Device(name, model, pairs))

    def place(self):
        """Gives each function its path from the root bus, as QEMU will build it."""
        roots = {"pcie.0": "pci0000:00"}
        by_name = {device.name: device for device in self.devices}
        for device in self.devices + self.plugged:
            if not device.is_function:
                continue
            bus = device.properties.get("bus", "pcie.0")
            slot = device.properties.get("addr", "0")
            if bus == "pcie.0" and "addr" not in device.properties:
                raise TopologyError(f"{self.name}: {device.name} needs addr= on the root bus")
            slot = slot.removeprefix("0x")
            number, _, function = slot.partition(".")
            slot = f"{int(number, 16):02x}.{function or '0'}"
            if bus in roots:
                device.path = (roots[bus], slot)
            elif bus in by_name and by_name[bus].path:
                device.path = by_name[bus].path + (slot,)
            else:
                raise TopologyError(f"{self.name}: {device.name} is on {bus}, which is no bus here")
            if device.model in ("pxb-pcie", "pxb"):
                roots[device.name] = f"pci0000:{int(device.properties['bus_nr'], 0):02x}"

    def places(self):
        """Name -> path, for the machine's own functions and for those yet to come too."""
        found = {name: ("pci0000:00", slot)
                 for name, slot in BUILT_IN.get(self.settings["machine"].split(",")[0], {}).items()}
        if any(device.model == "amd-iommu" for device in self.devices):
            found["amdvi"] = ("pci0000:00", "01.0")  # QEMU makes it, at the first free slot
        found.update((device.name, device.path)
                     for device in self.devices + self.late + self.plugged if device.path)
        return found

    def expected(self, keyword):
        """All names after one keyword, one list a line."""
        return [names for word, names, _ in self.expectations if word == keyword]

    def checks(self):
        return [word for word in map(str.strip, self.settings["checks"].split(","))
                if word not in self.left_out]
