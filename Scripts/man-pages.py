#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the man pages, section 8, from the table that `passthru tool-info` prints.

Usage: passthru tool-info | Scripts/man-pages.py FOLDER VERSION DATE
DATE is YYYY-MM-DD. One page for passthru, and one a subcommand, passthru-NAME.8.
"""
import datetime
import json
import pathlib
import re
import sys
import textwrap


def text(words):
    """Text as lines of mdoc: a sentence a line, and no sign that mdoc would read."""
    lines = []
    for paragraph in words.split("\n\n"):
        if lines:
            lines.append(".Pp")
        for line in re.split(r"(?<=[.;?!]) +(?=[A-Z])|\n", paragraph.strip()):
            for part in textwrap.wrap(line.strip(), 72, break_on_hyphens=False,
                                      break_long_words=False):
                part = part.replace("\\", "\\e").replace("--", "\\-\\-")
                lines.append(("\\&" if part[0] in ".'" else "") + part)
    return lines


def described(summary):
    summary = summary.rstrip(".?")
    return summary[0].lower() + summary[1:]


def word(value):
    """A word in a macro's line: \\& keeps it from being a macro's name."""
    return '"\\&' + value.replace("\\", "\\e").replace('"', '""') + '"'


def label(argument):
    if argument["kind"] == "positional":
        return "Ar " + word(argument["valueName"])
    names = []
    for name in argument["names"]:
        flag = ("Fl Fl " if name["kind"] == "long" else "Fl ") + name["name"]
        if "valueName" in argument:
            flag += " Ar " + word(argument["valueName"])
        names.append(flag)
    return " , ".join(names)


def items(arguments):
    lines = [".Bl -tag -width Ds"]
    for argument in arguments:
        lines += [".It " + label(argument)] + text(argument["abstract"])
    return lines + [".El"]


def page(title, name, summary, version, date, body):
    day = datetime.date.fromisoformat(date)
    return "\n".join([
        f'.\\" Written by Scripts/man-pages.py of passthru {version}.',
        f".Dd {day:%B} {day.day}, {day.year}", f".Dt {title} 8", ".Os",
        ".Sh NAME", f".Nm {name}", f".Nd {described(summary)}", *body]) + "\n"


def subcommand_page(command, version, date):
    name = command["commandName"]
    positional = [a for a in command["arguments"] if a["kind"] == "positional"]
    options = [a for a in command["arguments"] if a["kind"] != "positional"]
    body = [".Sh SYNOPSIS", ".Nm passthru", f".Cm {name}"]
    if options:
        body.append(".Op Ar options")
    for argument in positional:
        value = "Ar " + word(argument["valueName"])
        if argument["isRepeating"]:
            value += " ..."
        body.append((".Op " if argument["isOptional"] else ".") + value)
    # An example is one paragraph that begins with the command.
    paragraphs = [p for p in command.get("discussion", "").split("\n\n") if p]
    examples = [p.replace("passthru :", "passthru:", 1) for p in paragraphs
                if p.startswith("passthru ")]
    body += [".Sh DESCRIPTION"] + text(command["abstract"])
    for paragraph in paragraphs:
        if not paragraph.startswith("passthru "):
            body += [".Pp"] + text(paragraph)
    body += [".Pp", "The arguments are:"] + items(positional + options)
    if examples:
        body += [".Sh EXAMPLES"] + text("\n\n".join(examples))
    body += [".Sh SEE ALSO", ".Xr passthru 8"]
    return page(f"PASSTHRU-{name.upper()}", f"passthru-{name}", command["abstract"], version,
                date, body)


def main():
    folder, version, date = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    folder.mkdir(parents=True, exist_ok=True)
    command = json.load(sys.stdin)["command"]
    shown = [s for s in command["subcommands"] if s["shouldDisplay"]]
    # The last paragraph is the statuses, which have a section of their own.
    *discussion, statuses = command["discussion"].split("\n\n")
    body = [".Sh SYNOPSIS", ".Nm", ".Op Ar subcommand", ".Op Ar options", ".Op Ar SELECTOR ...",
            ".Sh DESCRIPTION"] + text(command["abstract"])
    for paragraph in discussion:
        body += [".Pp"] + text(paragraph)
    body += [".Pp", "Without a subcommand it is", f".Cm {command['defaultSubcommand']} .",
             "The subcommands, each with a page of its own:", ".Bl -tag -width snapshotx"]
    for subcommand in shown:
        body += [f".It Cm {subcommand['commandName']}"] + text(subcommand["abstract"])
    body += [".El", ".Sh EXIT STATUS"] + text(re.sub(r"^Exit status: *", "", statuses))
    names = sorted(s["commandName"] for s in shown)
    body += [".Sh SEE ALSO"] + [f".Xr passthru-{n} 8" + (" ," if n != names[-1] else "")
                                for n in names]
    pages = {"passthru": page("PASSTHRU", "passthru", command["abstract"], version, date, body)}
    for subcommand in shown:
        pages["passthru-" + subcommand["commandName"]] = subcommand_page(subcommand, version, date)
    for name, content in pages.items():
        (folder / f"{name}.8").write_text(content)


main()
