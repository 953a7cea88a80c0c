#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Builds a wheel that carries the static executable, into .build-packages.

For people without Swift: pip puts passthru on the PATH. The executable links no
library, so any Linux of this machine's kind runs it, and no Python runs with it.
The same executable gives the same wheel, byte for byte.
Usage: Scripts/wheel.py
"""
import base64
import hashlib
import os
import pathlib
import platform
import subprocess
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
# glibc 2.17 is pip's oldest tag that every pip of today knows; musl's are a tag of their own.
MACHINE = platform.machine()
TAGS = [f"py3-none-manylinux2014_{MACHINE}", f"py3-none-musllinux_1_1_{MACHINE}"]


def main():
    executable = ROOT / ".build-static/passthru"
    version = subprocess.run([executable, "--version"], capture_output=True, text=True,
                             check=True).stdout.split()[0]
    information = f"passthru_pci-{version}.dist-info"
    description = ("`passthru` says which PCI devices a virtual machine can have, why, and how to "
                   "give them.\n\nThis wheel carries one static executable for Linux.\n")
    files = [
        (f"passthru_pci-{version}.data/scripts/passthru", executable.read_bytes(), 0o755),
        (f"{information}/licenses/LICENSE", (ROOT / "LICENSE").read_bytes(), 0o644),
        (f"{information}/METADATA", (
            "Metadata-Version: 2.4\nName: passthru-pci\n"
            f"Version: {version}\n"
            "Summary: Which PCI devices a virtual machine can have, why, and how to give them\n"
            "License-Expression: Apache-2.0\nLicense-File: LICENSE\n"
            "Requires-Python: >=3.7\nClassifier: Operating System :: POSIX :: Linux\n"
            "Classifier: Environment :: Console\n"
            f"Description-Content-Type: text/markdown\n\n{description}").encode(), 0o644),
        (f"{information}/WHEEL", (
            "Wheel-Version: 1.0\nGenerator: passthru\nRoot-Is-Purelib: false\n"
            + "".join(f"Tag: {tag}\n" for tag in TAGS)).encode(), 0o644),
    ]
    record = ""
    for name, content, _ in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(content)}\n"
    files.append((f"{information}/RECORD",
                  (record + f"{information}/RECORD,,\n").encode(), 0o644))
    folder = ROOT / ".build-packages"
    folder.mkdir(exist_ok=True)
    platforms = ".".join(tag.split("-")[2] for tag in TAGS)
    wheel = folder / f"passthru_pci-{version}-py3-none-{platforms}.whl"
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, mode in files:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = (0o100000 | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    print(os.path.relpath(wheel, ROOT))


main()
