# SPDX-License-Identifier: Apache-2.0
"""A guest's snapshot as a file of Fixtures/: a tenth of the size, and it says the same."""

import json
import os
import subprocess
import tempfile

import checks
import image

# Bytes of configuration space that stay, as hexadecimal digits: a whole number of these.
PIECE = 2 * 256


def shortened(text):
    """The snapshot without what passthru makes of the rest: the decoded capabilities, and
    the zeros at the end of extended configuration space. A line for each function."""
    document = json.loads(text)
    functions = document.pop("functions")
    for function in functions:
        digits = function["configuration"]
        if not digits:
            continue
        function["capabilities"] = []
        # The first header of extended space says that there is, or is not, a list.
        if len(digits) > PIECE:
            used = len(digits.rstrip("0"))
            function["configuration"] = digits[:max(2 * PIECE, -(-used // PIECE) * PIECE)]
    document["functions"] = []
    head = json.dumps(document, separators=(",", ":")).removesuffix("]}")
    lines = ",\n".join(json.dumps(function, separators=(",", ":")) for function in functions)
    return f"{head}\n{lines}\n]}}\n"


def answers(text):
    """What passthru says of a snapshot, command by command."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "host.json")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        everything = "show " + " ".join(f["address"] for f in json.loads(text)["functions"])
        return {command.split()[0]: subprocess.run(
            [image.passthru(), *command.split(), "--format", "json", "--from", "host.json"],
            cwd=folder, stdout=subprocess.PIPE, check=False).stdout
            for command in ("check -a", "groups", "list -a", "tree", everything)}


def recording(guest):
    """A recording of the guest after its setup."""
    checks.set_up(guest)
    whole = guest.output("passthru snapshot")
    short = shortened(whole)
    before, after = answers(whole), answers(short)
    different = [command for command, answer in before.items()
                 if not answer or after[command] != answer]
    if different:
        raise ValueError("the recording does not say what the guest said: "
                         + ", ".join(different))
    return short
