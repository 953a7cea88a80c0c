#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds that every public declaration in Sources is documented, once.

swift-format's rule wants a comment on each, even where there is nothing to add.
Here two kinds need none of their own:

- what a protocol of this package asks for and documents: documentation shows the
  protocol's text on each type that conforms;
- a register or a field of one whose name is the specification's, spelled out.

A comment on the second kind that only spells the name again is refused: one that
stands there says something.

Usage: Scripts/check-docs.py [--fix]    --fix deletes the comments that say nothing
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent / "Sources"
TYPE = re.compile(r"\b(struct|enum|class|protocol|extension)\s+([\w.]+)(?:<[^>]*>)?(?::\s*([^{]*))?")
MEMBER = re.compile(r"\b(?:func|var|let|typealias)\s+(`?\w+`?|[=<>+-]+)|\b(init|subscript)\b")
REGISTER = re.compile(
    r"public static let (\w+)(?:: \[?RegisterField\]?)? = "
    r"(?:flag|number|power|names|hexadecimal|address|computed|Register|RegisterField"
    r"|Self\(rawValue: 1 << \d+\)|Services\(\w+\.\w+\))"
    r"|public enum (\w+): RegisterFields\b")
# What a capability is called for short, and at length.
KIND = re.compile(r"\b(?:CapabilityKind|PartKind)\(\s*(?:\w+: )?\w+,\s*(?:\"(\w+)\",\s*)?\"([^\"]+)\"")
# Synthesized by the compiler for most types, and the same wherever it is written out.
OF_THE_LANGUAGE = {"==", "hash"}
# Words with which the specifications end a name, and articles.
FILLERS = {"a", "an", "the", "of", "for", "in", "to", "and", "or", "on", "is", "field", "bit",
           "register", "value", "support", "mechanism"}


def stems(text):
    """The words of a text or of a name, without what grammar adds."""
    text = re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", text)
    text = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", text)
    found = re.findall(r"[a-z0-9]+", text.lower())
    return [re.sub(r"(ed|ing|able|s|e)$", "", w) if len(w) > 3 else w for w in found]


def initials(names):
    """The abbreviations of names in several words: MSI, VC of Virtual Channel Port."""
    for name in names:
        first = [w[0] for w in stems(name)]
        for start in range(len(first)):
            for end in range(start + 2, len(first) + 1):
                yield "".join(first[start:end])


def repeats(comment, names):
    """Whether a comment has no word that is not in the names; a unit or a second term is more."""
    if re.search("[,;:()]", comment):
        return False
    said = "".join(stems(" ".join(names)))
    words = set(stems(" ".join(names))) | {stems(f)[0] for f in FILLERS} | set(initials(names))
    return all(w in words or len(w) > 3 and w in said for w in stems(comment))


class Source:
    """The declarations of one file, each with its comment and what encloses it."""

    def __init__(self, path):
        self.path = path
        self.lines = path.read_text().splitlines()
        self.titles = [s for kind in KIND.findall("\n".join(self.lines)) for s in kind if s]
        self.found = []
        scopes = []
        for number, line in enumerate(self.lines):
            text = line.strip()
            if not text or text.startswith("//"):
                continue
            indent = len(line) - len(line.lstrip())
            while scopes and scopes[-1][0] >= indent and not text.startswith((")", "]", "}")):
                scopes.pop()
            head = text.split("{")[0].split(" = ")[0]
            kind = TYPE.search(head)
            member = MEMBER.search(text)
            name = kind[2] if kind else member and (member[1] or member[2])
            if name and (kind or not scopes or scopes[-1][1]):
                self.found.append((number, text, name, [s[1] for s in scopes if s[1]]))
            if kind or text.endswith("{"):
                scopes.append((indent, kind, name))

    def comment(self, number):
        """The lines of the comment above a line."""
        above = number
        while above and self.lines[above - 1].strip().startswith(("//", "@")):
            above -= 1
        return [n for n in range(above, number) if self.lines[n].strip().startswith("///")]


def conformances(sources):
    """What each type conforms to, and what each protocol asks for."""
    conforms, asked = {}, {}
    for source in sources:
        for number, text, name, scopes in source.found:
            kind = TYPE.search(text.split("{")[0].split(" = ")[0])
            if kind:
                inherited = re.findall(r"\w+", (kind[3] or "").split(" where ")[0])
                conforms.setdefault(name.split(".")[-1], set()).update(inherited)
            if scopes and scopes[-1][1] == "protocol" and source.comment(number):
                asked.setdefault(scopes[-1][2], set()).add(name)
    return conforms, asked


def requirements(name, conforms, asked, seen=()):
    """All that a type must have, by what it conforms to."""
    found = set(asked.get(name, ()))
    for other in conforms.get(name, ()):
        if other not in seen:
            found |= requirements(other, conforms, asked, (*seen, name))
    return found


def main():
    sources = [Source(p) for p in sorted(ROOT.rglob("*.swift"))]
    conforms, asked = conformances(sources)
    status = 0
    for source in sources:
        needless = []
        for number, text, name, scopes in source.found:
            if not re.match(r"(@\w+ )*public\b", text):
                continue
            comment = source.comment(number)
            owner = scopes[-1][2].split(".")[-1] if scopes else ""
            is_witness = name in OF_THE_LANGUAGE or name in requirements(owner, conforms, asked)
            register = REGISTER.match(text) if source.path.is_relative_to(ROOT / "PCI") else None
            where = f"{source.path.relative_to(ROOT.parent)}:{number + 1}"
            if not comment and not is_witness and not register:
                status = 1
                print(f"{where}: public and not documented: {name}", file=sys.stderr)
            elif len(comment) == 1 and register:
                said = source.lines[comment[0]].strip(" /.")
                if repeats(said, [name, *(s[2] for s in scopes), *source.titles]):
                    needless.append(comment[0])
                    if "--fix" not in sys.argv:
                        status = 1
                        print(f"{where}: a comment that only spells the name: {said}", file=sys.stderr)
        if needless and "--fix" in sys.argv:
            kept = [line for n, line in enumerate(source.lines) if n not in needless]
            source.path.write_text("\n".join(kept) + "\n")
    sys.exit(status)


main()
