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
# What was found before, and anything else that is kept for one target.
for target in ("configuration", "lspci", "pciconf", "names", "snapshot"):
    for path in sorted((fixtures / "fuzz" / target).glob("*")):
        seed(target, "found-" + path.name, path.read_bytes())
