# SPDX-License-Identifier: Apache-2.0
"""Makes the guest's initramfs: Debian's busybox, lspci and LVM, the modules of one
kernel, the static passthru, vfio-open, and the scripts of Guest/."""

import functools
import hashlib
import lzma
import os
import re
import shutil
import stat
import subprocess
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
LAB = os.path.join(ROOT, ".lab")

# Drivers of the devices in Topologies/, VFIO, and what the host-safety guest is built of.
MODULES = """
vfio_pci vfio_iommu_type1 virtio_iommu virtio_pci virtio_blk virtio_net virtio_scsi virtio_rng
virtio_balloon nvme ahci sd_mod sr_mod usb_storage uas usbhid hid_generic xhci_pci ehci_pci uhci_hcd
e1000 e1000e igb igbvf 8139too 8139cp pcnet32 i6300esb i2c_i801 lpc_ich
bochs snd_hda_intel snd_hda_codec_generic snd_ens1370
dm_mod ext4 bonding bridge stp llc 8021q tun crc32c_generic crc32c_intel
""".split()
# Of Debian's packages, what lspci and the LVM commands need.
PROGRAMS = ("bin/busybox", "usr/bin/lspci", "usr/bin/setpci", "sbin/lvm", "sbin/dmsetup",
            "sbin/mke2fs")


class ImageError(Exception):
    """A part of the image is missing; the text says which."""


def tool(name, *arguments):
    """The command line of a program of .lab/tools, run with that folder's libraries."""
    tools = os.path.join(LAB, "tools")
    for folder in ("usr/bin", "bin", "usr/sbin", "sbin"):
        path = os.path.join(tools, folder, name)
        if os.path.exists(path):
            libraries = [os.path.join(tools, "lib/x86_64-linux-gnu"),
                         os.path.join(tools, "usr/lib/x86_64-linux-gnu")]
            loader = os.path.join(libraries[0], "ld-linux-x86-64.so.2")
            return [loader, "--library-path", ":".join(libraries), "--argv0", name, path,
                    *arguments]
    raise ImageError(f"{name} is not in {tools}: run Scripts/lab-install.sh")


def kernel(name):
    """Folder and release of an unpacked kernel."""
    folder = os.path.join(LAB, f"kernel-{name}")
    try:
        with open(os.path.join(folder, "complete"), encoding="utf-8") as file:
            return folder, file.read().strip()
    except OSError as error:
        raise ImageError(f"kernel {name} is not unpacked: run Scripts/lab-install.sh") from error


class Archive:
    """Writes the cpio format "newc", which the kernel unpacks."""

    def __init__(self, path):
        self.file = open(path, "wb")
        self.inode = 0

    def add(self, name, mode, data=b"", device=(0, 0)):
        self.inode += 1
        encoded = name.encode() + b"\0"
        header = [self.inode, mode, 0, 0, 1, 0, len(data), 0, 0, *device, len(encoded), 0]
        out = b"070701" + b"".join(b"%08X" % value for value in header) + encoded
        out += b"\0" * (-len(out) % 4)
        self.file.write(out + data + b"\0" * (-len(data) % 4))

    def folder(self, name):
        self.add(name, stat.S_IFDIR | 0o755)

    def copy(self, source, name):
        if os.path.islink(source):
            self.add(name, stat.S_IFLNK | 0o777, os.readlink(source).encode())
            return
        with open(source, "rb") as file:
            self.add(name, stat.S_IFREG | (os.stat(source).st_mode & 0o777), file.read())

    def tree(self, source, prefix=""):
        """Adds a folder with all below it."""
        for folder, folders, files in os.walk(source):
            relative = os.path.normpath(os.path.join(prefix, os.path.relpath(folder, source)))
            if relative != ".":
                self.folder(relative)
            for name in sorted(files) + [f for f in folders if os.path.islink(f"{folder}/{f}")]:
                self.copy(os.path.join(folder, name), os.path.normpath(f"{relative}/{name}"))
            folders.sort()

    def close(self):
        self.add("TRAILER!!!", 0)
        self.file.close()


def libraries(program):
    """The shared libraries that a program of .lab/guest needs, as paths in the guest."""
    guest = os.path.join(LAB, "guest")
    folders = ("lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu")
    found, wanted = {}, [os.path.join(guest, program)]
    while wanted:
        with open(wanted.pop(), "rb") as file:
            words = re.findall(rb"[\w+.-]+\.so(?:\.[\w.+-]+)?", file.read())
        for word in {word.decode() for word in words}:
            for folder in folders:
                path = os.path.join(guest, folder, word)
                if word not in found and os.path.exists(path):
                    found[word] = f"{folder}/{word}"
                    wanted.append(path)
    return found.values()


def base(name):
    """The part that changes only with the packages: one file a kernel, kept in .lab."""
    folder, release = kernel(name)
    key = hashlib.sha256(repr((release, MODULES, PROGRAMS)).encode())
    for path in (__file__, os.path.join(LAB, "guest/complete")):
        with open(path, "rb") as file:
            key.update(file.read())
    image = os.path.join(LAB, f"base-{name}-{key.hexdigest()[:12]}.cpio")
    if os.path.exists(image):
        return image
    stage = os.path.join(LAB, f"stage-{name}")
    shutil.rmtree(stage, ignore_errors=True)
    for part in ("proc", "sys", "dev", "run", "tmp", "lab", "etc", "root", "mnt", "sbin",
                 "usr/sbin", "lib64", "usr/share/misc"):
        os.makedirs(os.path.join(stage, part))
    guest = os.path.join(LAB, "guest")
    os.symlink("../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
               os.path.join(stage, "lib64/ld-linux-x86-64.so.2"))
    os.makedirs(os.path.join(stage, "bin"))
    os.symlink("busybox", os.path.join(stage, "bin/sh"))
    for program in PROGRAMS:
        for path in (program, *libraries(program)):
            target = os.path.join(stage, path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            if not os.path.exists(target):
                shutil.copy(os.path.join(guest, path), target)
    shutil.copy(os.path.join(guest, "usr/share/misc/pci.ids"), os.path.join(stage, "usr/share/misc"))
    stage_modules(stage, folder, release)
    for old in os.listdir(LAB):
        if old.startswith(f"base-{name}-"):
            os.unlink(os.path.join(LAB, old))
    archive = Archive(image + ".new")
    archive.add("dev/console", stat.S_IFCHR | 0o600, device=(5, 1))
    archive.tree(stage)
    archive.close()
    os.rename(image + ".new", image)
    shutil.rmtree(stage)
    return image


def stage_modules(stage, folder, release):
    """Copies the modules, unpacked where Debian packs them, and indexes them anew."""
    source = os.path.join(folder, "lib/modules", release)
    with open(os.path.join(source, "modules.order"), encoding="utf-8") as file:
        paths = [line.strip().removeprefix("kernel/") for line in file]
    names = {re.sub(r"\.ko$", "", os.path.basename(path)).replace("-", "_"): path
             for path in paths}
    with open(os.path.join(source, "modules.builtin"), encoding="utf-8") as file:
        built_in = {re.sub(r"\.ko$", "", os.path.basename(line.strip())).replace("-", "_")
                    for line in file}
    target = os.path.join(stage, "lib/modules", release)
    done, wanted = set(), list(MODULES)
    while wanted:
        name = wanted.pop().replace("-", "_")
        if name in done or name in built_in:
            continue
        done.add(name)
        if name not in names:
            if name in MODULES:
                continue  # not in every kernel
            raise ImageError(f"{release} has no module {name}")
        path = os.path.join(source, "kernel", names[name])
        if os.path.exists(path):
            with open(path, "rb") as file:
                data = file.read()
        else:
            with lzma.open(path + ".xz") as file:
                data = file.read()
        for depends in re.findall(rb"\0depends=([^\0]*)\0", b"\0" + data):
            wanted += [word.decode() for word in depends.split(b",") if word]
        for soft in re.findall(rb"\0softdep=pre: ([^\0]*)\0", data):
            wanted += [word.decode() for word in soft.split() if word.decode() in names]
        destination = os.path.join(target, "kernel", names[name])
        os.makedirs(os.path.dirname(destination), exist_ok=True)
        with open(destination, "wb") as file:
            file.write(data)
    for index in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
        shutil.copy(os.path.join(source, index), target)
    subprocess.run(tool("depmod", "-b", stage, release), check=True)


@functools.cache
def passthru():
    """The static executable: $PASSTHRU, or the one that `make static` builds, stripped."""
    given = os.environ.get("PASSTHRU")
    path = given or os.path.join(ROOT, ".build-static/passthru")
    if not os.path.exists(path):
        raise ImageError(f"{path} is not there: make static builds it")
    stripped = os.path.join(LAB, "passthru")
    if not os.path.exists(stripped) or os.path.getmtime(stripped) < os.path.getmtime(path) or given:
        if subprocess.run(["strip", "-o", stripped, path], check=False).returncode != 0:
            shutil.copy(path, stripped)
    return stripped


def compiled(name):
    """Compiles one of the lab's own C programs."""
    source = os.path.join(HERE, name + ".c")
    target = os.path.join(LAB, name)
    if not os.path.exists(target) or os.path.getmtime(target) < os.path.getmtime(source):
        subprocess.run(["sh", "-c", '. Scripts/compilers.sh && "$clang" $guest_flags -o "$0" "$1"',
                        target, source], cwd=ROOT, check=True)
    return target


# What guests that boot at once share in .lab is made by one of them.
making = threading.Lock()


def build(name, path):
    """Writes the initramfs of a kernel: the base, and after it what changes often."""
    with making:
        start, executable = base(name), passthru()
        programs = {program: compiled(program) for program in ("vfio-open", "kill-at")}
    shutil.copyfile(start, path)
    archive = Archive(path + ".top")
    archive.folder("lab")
    archive.copy(executable, "lab/passthru")
    for program, compiled_one in programs.items():
        archive.copy(compiled_one, f"lab/{program}")
    for script in sorted(os.listdir(os.path.join(HERE, "Guest"))):
        archive.copy(os.path.join(HERE, "Guest", script),
                     "init" if script == "init" else f"lab/{script}")
    archive.close()
    with open(path, "ab") as whole, open(path + ".top", "rb") as top:
        whole.write(b"\0" * (-whole.tell() % 4))
        shutil.copyfileobj(top, whole)
    os.unlink(path + ".top")
    folder, release = kernel(name)
    return os.path.join(folder, "boot", f"vmlinuz-{release}")
