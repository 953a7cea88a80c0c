#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# Draws the chart of Sources/PCIBus/PCIBus.docc/Speed.md from the figures that
# `Scripts/bench.py --json FILE` wrote, and puts the table of the same figures
# into the page:
#
#     Scripts/speed-chart.py FILE Sources/PCIBus/PCIBus.docc

import json
import os
import re
import sys

WIDTH, ROW, LEFT, BARS = 760, 26, 190, 440
COLOURS = {"libpci": "#b0b7c3", "C floor": "#8fa3bf", "one thread": "#2f6fb2",
           "all cores": "#7fb069"}


def figures(detail):
    """name -> (minimum, median) of a row's detail: `scan 8.1/8.4, lspci 3.0/3.1 ms`."""
    return {name: (float(least), float(middle)) for name, least, middle in
            re.findall(r"([A-Za-z][\w ,.-]*?) ([\d.]+)/([\d.]+)", detail.replace(", ", "\n"))}


def main():
    report = json.load(open(sys.argv[1]))
    bars = []
    for row in report["rows"]:
        match = re.match(r"(\d+): libpci / scan, one thread", row["what"])
        if match:
            times = figures(row["detail"])
            for name in COLOURS:
                if name in times:
                    bars.append((int(match[1]), name, times[name][0]))
    if not bars:
        raise SystemExit("the file has no scans in it")
    most = max(time for _, _, time in bars)
    lines, y, last = [], 34, None
    for size, name, time in bars:
        if size != last:
            y += 12 if last else 0
            lines.append(f'<text x="8" y="{y + 16}" font-weight="bold">{size:,} functions</text>')
            last = size
        width = max(2, BARS * time / most)
        lines.append(f'<text x="{LEFT - 8}" y="{y + 16}" text-anchor="end">{name}</text>')
        lines.append(f'<rect x="{LEFT}" y="{y + 4}" width="{width:.1f}" height="16" '
                     f'fill="{COLOURS[name]}"/>')
        lines.append(f'<text x="{LEFT + width + 6:.1f}" y="{y + 16}">{time:.1f} us</text>')
        y += ROW
    svg = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + 8}" '
           'font-family="sans-serif" font-size="12" role="img">',
           "<title>Microseconds a function of an inventory scan</title>",
           f'<rect width="{WIDTH}" height="{y + 8}" fill="#ffffff"/>',
           '<text x="8" y="20" font-size="14">Inventory scan: microseconds a function, '
           f'least of all runs ({report["cores"]} cores, Linux {report["kernel"]})</text>']
    os.makedirs(os.path.join(sys.argv[2], "Resources"), exist_ok=True)
    with open(os.path.join(sys.argv[2], "Resources", "speed.svg"), "w") as file:
        file.write("\n".join(svg + lines + ["</svg>"]) + "\n")
    table = [f"Measured on {report['cores']} cores, Linux {report['kernel']}:", "",
             "| what | measured | bar |", "|---|---|---|"]
    for row in report["rows"]:
        if row["better"]:
            sign = "at least" if row["better"] == "high" else "at most"
            met = "" if row["met"] else " (missed)"
            table.append(f'| {row["what"]} | {row["measured"]:.2f}{row["unit"]} '
                         f'| {sign} {row["bar"]:g}{met} |')
    page = os.path.join(sys.argv[2], "Speed.md")
    text = open(page).read()
    start, end = "<!-- figures -->", "## Where the time goes"
    before, after = text.split(start)[0], text.split(end, 1)[1]
    with open(page, "w") as file:
        file.write(before + start + "\n\n" + "\n".join(table) + "\n\n" + end + after)


if __name__ == "__main__":
    main()
