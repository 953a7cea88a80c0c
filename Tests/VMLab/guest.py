# SPDX-License-Identifier: Apache-2.0
"""One guest in QEMU: started, asked over its second serial port, ended."""

import base64
import json
import os
import resource
import shutil
import socket
import subprocess
import tempfile
import time
import zlib

import image


class GuestError(Exception):
    """The guest did not do what it was asked; the text has the end of its console."""


def limit_memory():
    """QEMU may ask for 12 GiB, of which it uses a third: a topology that takes more (see
    many-intel) would have the kernel end whom it likes."""
    resource.setrlimit(resource.RLIMIT_DATA, (12 << 30, 12 << 30))


class Guest:
    """A running guest of one topology. Use as a context manager."""

    running = set()
    is_over = False

    @classmethod
    def end_all(cls):
        """Ends the guests of every thread, and lets none start: what waits for one fails."""
        cls.is_over = True
        for machine in list(cls.running):
            machine.process.kill()

    def __init__(self, topology, keep=None):
        self.topology = topology
        self.folder = tempfile.mkdtemp(prefix="passthru-lab-")
        self.keep = keep
        self.process = None
        self.port = None
        self.monitor = None
        self.rest = b""

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def path(self, name):
        return os.path.join(self.folder, name)

    def command_line(self, kernel):
        settings = self.topology.settings
        tools = os.path.join(image.LAB, "tools")
        line = image.tool("qemu-system-x86_64")
        for folder in ("usr/share/qemu", "usr/share/seabios", "usr/lib/ipxe/qemu"):
            line += ["-L", os.path.join(tools, folder)]
        line += ["-machine", settings["machine"], "-cpu", settings["cpu"],
                 "-accel", "tcg,thread=multi", "-smp", settings["smp"],
                 "-m", settings["memory"],
                 "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
                 "-audiodev", "none,id=audio",
                 "-serial", f"file:{self.path('console')}",
                 "-chardev", f"socket,id=agent,path={self.path('agent')},server=on,wait=off",
                 "-serial", "chardev:agent",
                 "-qmp", f"unix:{self.path('monitor')},server=on,wait=off",
                 # On a busy machine the emulated timer is too late for the kernel's test of it.
                 "-kernel", kernel, "-initrd", self.path("initrd"),
                 "-append", "console=ttyS0 quiet panic=-1 no_timer_check " + settings["append"]]
        for name, size in self.topology.disks.items():
            with open(self.path(name), "wb") as file:
                file.truncate(int(size.removesuffix("M")) << 20)
            line += ["-drive", f"file={self.path(name)},format=raw,if=none,id={name},"
                               "cache=unsafe"]
        line += self.topology.arguments
        for device in self.topology.devices:
            line += ["-device", device.argument()]
        return line

    def start(self):
        kernel = image.build(self.topology.settings["kernel"], self.path("initrd"))
        line = self.command_line(kernel)
        if self.keep:
            with open(self.keep + ".qemu", "w", encoding="utf-8") as file:
                file.write("\n  -".join(" ".join(line).split(" -")) + "\n")
        environment = dict(os.environ, QEMU_MODULE_DIR=os.path.join(
            image.LAB, "tools/usr/lib/x86_64-linux-gnu/qemu"))
        if self.is_over:
            raise GuestError("the lab was ended")
        self.began = time.monotonic()
        with open(self.path("qemu"), "wb") as errors:
            self.process = subprocess.Popen(line, stdin=subprocess.DEVNULL, stdout=errors,
                                            stderr=errors, env=environment,
                                            preexec_fn=limit_memory)
        self.running.add(self)
        self.port = self.connect("agent")
        self.monitor = self.connect("monitor")
        self.qmp("qmp_capabilities")
        while self.line(timeout=480) != b"ready":
            pass
        self.booted = time.monotonic() - self.began

    def connect(self, name):
        for _ in range(200):
            if self.process.poll() is not None:
                break
            try:
                port = socket.socket(socket.AF_UNIX)
                port.connect(self.path(name))
                return port
            except OSError:
                port.close()
                time.sleep(0.05)
        raise GuestError("QEMU did not start:\n" + self.text("qemu"))

    def text(self, name, last=30):
        try:
            with open(self.path(name), "rb") as file:
                lines = file.read().decode(errors="replace").splitlines()
                return "\n".join([line for line in lines if "has no peer" not in line][-last:])
        except OSError:
            return ""

    def receive(self, timeout):
        self.port.settimeout(timeout)
        try:
            data = self.port.recv(65536)
        except socket.timeout:
            data = None
        if not data:
            what = "ended" if data == b"" else f"did not answer in {timeout} s"
            raise GuestError(f"the guest {what}:\n{self.text('qemu', 5)}\n{self.text('console')}")
        self.rest += data

    def line(self, timeout):
        while b"\n" not in self.rest:
            self.receive(timeout)
        line, _, self.rest = self.rest.partition(b"\n")
        return line.strip()

    def run(self, script, timeout=120):
        """Runs a shell script in the guest: its status and what it printed."""
        self.port.sendall(base64.b64encode(script.encode()) + b"\n")
        words = self.line(timeout).split()
        while words == [b"ready"]:  # it changed its root
            words = self.line(timeout).split()
        if len(words) != 2:
            raise GuestError(f"the guest answered {words!r}:\n{self.text('console')}")
        status, length = int(words[0]), int(words[1])
        while len(self.rest) < length:
            self.receive(timeout)
        answer, self.rest = self.rest[:length], self.rest[length:]
        return status, zlib.decompress(answer, wbits=31).decode(errors="replace")

    def output(self, script, timeout=120):
        """The same, where anything but status 0 ends the run."""
        status, text = self.run(script, timeout)
        if status != 0:
            raise GuestError(f"status {status} of: {script}\n{text}")
        return text

    def qmp(self, command, **arguments):
        """One command of QEMU's monitor."""
        message = {"execute": command, "arguments": arguments}
        self.monitor.settimeout(150)
        stream = self.monitor.makefile("rb")
        try:
            self.monitor.sendall(json.dumps(message).encode() + b"\n")
            while True:
                line = stream.readline()
                if not line:
                    break
                answer = json.loads(line)
                if "error" in answer:
                    raise GuestError(f"{command}: {answer['error']['desc']}")
                if "return" in answer:
                    return answer["return"]
        except OSError:
            pass
        raise GuestError("QEMU ended:\n" + self.text("qemu"))

    def memory(self):
        """The most memory that QEMU has had so far, in MiB; None where /proc does not say."""
        try:
            with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
                lines = [line.split() for line in file if line.startswith("VmHWM:")]
            return int(lines[0][1]) >> 10
        except (OSError, IndexError):
            return None

    def stop(self):
        self.running.discard(self)
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.keep and os.path.exists(self.path("console")):
            shutil.copy(self.path("console"), self.keep + ".console")
        for port in (self.port, self.monitor):
            if port:
                port.close()
        shutil.rmtree(self.folder, ignore_errors=True)
