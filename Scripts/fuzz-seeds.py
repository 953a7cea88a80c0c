#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the seeds of the fuzz targets from the recordings in Fixtures.

Usage: fuzz-seeds.py FIXTURES OUT: writes OUT/TARGET/seeds.
"""
import json
import pathlib
import re
import sys

fixtures, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


def seed(target, name, data):
    """Keeps one seed; libFuzzer cuts what is longer than its limit."""
    folder = out / target / "seeds"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data[:16384])


spaces = []
for host in sorted(path for path in (fixtures / "freebsd-vm").iterdir() if path.is_dir()):
    for text in sorted(host.glob("pciconf-*.txt")):
        data = text.read_bytes()
        seed("pciconf", f"{host.name}-{text.stem}", data)
        # Single functions are short enough for the fuzzer to put together anew.
        for number, part in enumerate(re.split(rb"\n(?=\S+@pci)", data)):
            seed("pciconf", f"{host.name}-{text.stem}-{number}", part + b"\n")
    space, number, dump = bytearray(), 0, []
    for line in (host / "devpci.txt").read_text().splitlines() + ["dev end"]:
        match = re.match(r"([0-9a-f]{3}):((?: [0-9a-f]{2}){16})$", line)
        if match:
            space += bytes.fromhex(match.group(2))
            dump.append(f"{int(match.group(1), 16):02x}:{match.group(2)}")
        elif line.startswith("dev ") and space:
            seed("configuration", f"{host.name}-{number}", bytes(space))
            text = f"01:{number % 32:02x}.0 Class\n" + "\n".join(dump) + "\n\n"
            seed("lspci", f"{host.name}-{number}", text.encode())
            spaces.append(bytes(space[:512]))
            space, dump, number = bytearray(), [], number + 1
for text in sorted((fixtures / "lspci").glob("*.txt")):
    data = text.read_bytes()
    seed("lspci", text.stem, data)
    for number, part in enumerate(data.split(b"\n\n")):
        seed("lspci", f"{text.stem}-{number}", part + b"\n")
for path in sorted(fixtures.rglob("*.ids")):
    seed("names", path.stem, bytes.fromhex("8680211528106060") + path.read_bytes())
for path in sorted(fixtures.rglob("*.json")):
    data = path.read_bytes()
    if b'"passthru.host/' not in data[:4096]:
        continue
    host = json.loads(data)
    # Hosts of one and two functions are whole documents below the limit.
    for number in range(len(host["functions"])):
        for count, suffix in ((1, ""), (2, "-bare")):
            small = dict(host, functions=host["functions"][number : number + count])
            if suffix:
                small["functions"] = [
                    {key: value for key, value in function.items() if key != "configuration"}
                    for function in small["functions"]
                ]
            if suffix:
                # A space of some function, so that the reader of bytes has food.
                small["functions"][0]["configuration"] = spaces[number % len(spaces)].hex()
            text = json.dumps(small, separators=(",", ":")).encode()
            if len(text) <= 16384:
                seed("snapshot", f"{path.stem}-{number}{suffix}", text)
seed("snapshot", "empty", b'{"schema":"passthru.host/1","functions":[]}')


def image(code, last, blocks=2):
    """An expansion ROM's image after PCI Firmware Specification 3.3, section 5.1."""
    data = bytearray(512 * blocks)
    data[0:3] = bytes([0x55, 0xAA, blocks])
    if code == 3:
        data[4:14] = bytes([0xF1, 0x0E, 0, 0, 0x0B, 0, 0x64, 0x86, 1, 0])
    data[0x18] = 0x40
    ids, sizes = [0xDE, 0x10, 0x84, 0x21, 0, 0, 0x18, 0, 3, 0, 0, 3], [blocks, 0, 0, 0]
    data[0x40:0x58] = b"PCIR" + bytes(ids + sizes + [code, 0x80 * last, 0, 0])
    data[-1] = -sum(data) & 0xFF
    return bytes(data)


seed("rom", "x86", image(0, True))
seed("rom", "both", image(0, False) + image(3, True))
seed("rom", "prefixed", b"N" * 1536 + image(3, True))
# PCI Local Bus 3.0, appendix I: the example, in its two writings.
fields = b"PN\x036B1" + b"SN\x0212"
product = b"\x82\x04\x00card" + b"\x90" + bytes([len(fields) + 4, 0]) + fields + b"RV\x01"
seed("vpd", "read-only", product + bytes([-sum(product) & 0xFF]) + b"\x78")
seed("vpd", "writable", product + bytes([-sum(product) & 0xFF]) + b"\x91\x05\x00RW\x02\0\0\x78")
# A header, two structures: DRHD and RMRR; an IVHD of each type.
seed("tables", "dmar", b"DMAR" + bytes(44) + b"\0\0\x10\0" + bytes(12) + b"\1\0\x18\0" + bytes(20))
for kind in (0x10, 0x11, 0x40):
    block = bytes([kind, 0, 24, 0, 2, 0]) + bytes(18)
    seed("tables", f"ivrs-{kind:x}", b"IVRS" + bytes(44) + block)
# What was found before, and anything else that is kept for one target.
for target in ("configuration", "lspci", "pciconf", "names", "snapshot", "rom", "vpd", "tables"):
    for path in sorted((fixtures / "fuzz" / target).glob("*")):
        seed(target, "found-" + path.name, path.read_bytes())
