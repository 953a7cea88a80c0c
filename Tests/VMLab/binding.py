# SPDX-License-Identifier: Apache-2.0
"""passthru's own changes: bound and given back, under load, and by a kernel that waits."""

import time


class Binding:
    """The guest, what its drivers were, and where findings go."""

    def __init__(self, results, guest, found):
        self.results = results
        self.guest = guest
        self.found = found
        self.before = guest.output("driver_state")

    def run(self, arguments, timeout=120):
        return self.guest.run(f"passthru {arguments} 2>&1", timeout)

    def difference(self):
        after = self.guest.output("driver_state")
        return "; ".join(sorted(set(self.before.splitlines()) ^ set(after.splitlines())))

    def bind_and_restore(self, name):
        """Dry, then really, opened by VFIO, then given back."""
        address = self.found.names[name]
        wrong = []
        status, text = self.run(f"bind {address}")
        if status != 0 or self.difference():
            wrong.append(f"dry: status {status}, {self.difference()}: {text[-300:]}")
        status, text = self.run(f"bind {address} --apply")
        if status != 0:
            wrong.append(f"bind: status {status}: {text[-300:]}")
        _, text = self.guest.run(f"vfio-open {address}")
        if not text.startswith("opened"):
            wrong.append(text)
        status, text = self.run(f"restore {address} --apply")
        if status != 0 or self.difference():
            wrong.append(f"restore: status {status}: {text[-300:]}: {self.difference()}")
        self.results.check(f"{name} is bound, opens, and is given back", not wrong,
                           " | ".join(wrong))

    def group(self, first, second):
        """Refused alone, and taken whole."""
        address = self.found.names[first]
        status, text = self.run(f"bind {address} --apply")
        self.results.check(f"{first} is not bound without {second}",
                           status == 1 and not self.difference(), f"{status}: {text[-300:]}")
        status, text = self.run(f"bind {address} --with-group --apply")
        _, opened = self.guest.run(f"vfio-open {address} {self.found.names[second]}")
        self.results.check(f"{first} and {second} are bound together",
                           status == 0 and opened.count("opened") == 2,
                           f"{status}: {text[-300:]}: {opened}")
        status, text = self.run("restore --all --apply")
        self.results.check("restore --all gives both back",
                           status == 0 and not self.difference(),
                           f"{status}: {text[-300:]}: {self.difference()}")

    def finish(self):
        """Gives back what is left, which has to be nothing."""
        self.run("restore --all --apply")
        self.results.check("at the end the host is as it was", not self.difference(),
                           self.difference())

    def under_load(self, name, load, what, rule):
        """Bound while something uses it: refused by a rule; allowed, done and put back."""
        address = self.found.names[name]
        self.guest.run(f"({load}) >/dev/null 2>&1 & echo $! >/run/load; sleep 1")
        status, text = self.run(f"bind {address} --apply")
        self.results.check(f"{name} with {what} is not bound unasked",
                           status == 1 and rule in text and not self.difference(),
                           f"{status}: {text[-300:]}: {self.difference()}")
        status, text = self.run(f"bind {address} --allow {address} --apply")
        _, opened = self.guest.run(f"vfio-open {address}")
        survived = status == 0 and opened.startswith("opened") or status == 1
        self.run("restore --all --apply")
        self.guest.run("kill $(cat /run/load) 2>/dev/null; sleep 0.5; killall dd nc 2>/dev/null")
        self.results.check(f"{name} with {what}: {'bound' if status == 0 else 'refused'}, "
                           "and as before at the end", survived and not self.difference(),
                           f"{status}: {text[-300:]}: {opened}: {self.difference()}")

    def blocked(self, name):
        """A kernel that does not answer: the command does, and all is put back later."""
        address = self.found.names[name]
        self.guest.run(f"dd if=/dev/$(disk_of {address}) of=/dev/null bs=128k count=4 "
                       "iflag=direct >/dev/null 2>&1 & sleep 1")
        began = time.monotonic()
        status, text = self.run(f"bind {address} --allow {address} --apply --deadline 3")
        seconds = time.monotonic() - began
        self.results.check(f"an unbind that blocks is reported at the deadline ({seconds:.0f} s)",
                           status == 1 and "not answered" in text and "unbind" in text
                           and seconds < 20, f"{status} after {seconds:.0f} s: {text[-400:]}")
        for _ in range(60):
            if not self.difference():
                break
            time.sleep(1)
        self.run("restore --apply")
        self.results.check("and taken back when the kernel returns", not self.difference(),
                           self.difference())


def run(results, guest, found):
    binding = Binding(results, guest, found)
    for name in (n for names in guest.topology.expected("opens") for n in names):
        binding.bind_and_restore(name)
    for names in guest.topology.expected("opens-together"):
        binding.group(*names)
    nvme = found.names["nvme"]
    binding.under_load("nvme", f"exec 3</dev/$(disk_of {nvme}); while :; do dd if=/dev/$(disk_of {nvme}) of=/dev/null bs=64k "
                       "iflag=direct; done", "a reader on the disk", "host.program")
    nic = found.names["nic"]
    guest.run(f"n=$(interface_of {nic}); ip addr add 10.9.0.1/24 dev $n; ip link set $n up; "
              f"p=$(interface_of {found.names['peer']}); ip link set $p up; "
              "ip neigh add 10.9.0.9 lladdr $(cat /sys/class/net/$p/address) dev $n nud permanent")
    binding.under_load("nic", "cat /dev/zero | nc -u 10.9.0.9 9", "traffic on it", "host.network")
    binding.blocked("blk")
    binding.finish()
