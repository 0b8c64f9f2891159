#!/usr/bin/env python3
"""Scores the quote checker against printed quotations whose truth was established by hand.

    quotes.py STET ARCHIVE QUOTES.jsonl

Prints one line for each quotation that came out otherwise than its ground truth maps to, then a
confusion table. Exits with 1 if a quotation that must not stand stands, or any verdict is wrong.
The mapping is that of docs/verdicts.md.
"""
import collections
import json
import subprocess
import sys

RIGHT = {
    "exact": {"verbatim"},
    "typographic-only": {"typographic"},
    "bracketed-edit": {"marked"},
    "elided": {"marked"},
    "truncated": {"marked", "verbatim", "typographic"},
    "altered": {"altered"},
    "stitched+altered": {"altered"},
    "stitched": {"verbatim", "typographic", "marked"},
    "not-in-archive": {"absent", "near", "ambiguous"},
    "speaker-swap": {"verbatim", "typographic", "marked"},
}
STANDS = {"verbatim", "typographic", "marked"}


def run(stet, archive, rows):
    lines = "".join(
        json.dumps({"quote": r["quote"],
                    "by": r.get("claimed_speaker") or "" if r["verdict"] == "speaker-swap" else ""},
                   ensure_ascii=False) + "\n" for r in rows)
    out = subprocess.run([stet, "verify", "-a", archive, "--json", "-"], input=lines.encode(),
                         stdout=subprocess.PIPE, check=False).stdout.decode()
    return [v for v in map(json.loads, out.splitlines()) if "verdict" in v]


def problems(row, got):
    want = RIGHT[row["verdict"]]
    if got["verdict"] not in want:
        yield "verdict %s, expected %s" % (got["verdict"], "/".join(sorted(want)))
    if row["verdict"] == "stitched" and "spans" not in got["flags"]:
        yield "does not say that it spans messages"
    if row.get("set", "").startswith("negative") and got["stands"]:
        yield "STANDS, and must not"
    if row["verdict"] == "speaker-swap" and "speaker-differs" not in got["flags"]:
        yield "does not say that the speaker differs"
    if row.get("source_lines"):
        lines = {m["line"] for m in got["messages"] if not m.get("passed_over")}
        if not set(row["source_lines"]) <= lines:
            yield "source lines %s, expected %s" % (sorted(lines), row["source_lines"])
    if row.get("true_speaker") and row["verdict"] != "speaker-swap":
        senders = {m["sender"] for m in got["messages"] if not m.get("passed_over")}
        if got["messages"] and not senders <= set(row["true_speaker"]):
            yield "sender %s, expected %s" % (sorted(senders), row["true_speaker"])
    if row.get("true_timestamps_raw") and got["messages"]:
        shown = {m["time"][:19].replace("T", " ") for m in got["messages"]}
        if not set(row["true_timestamps_raw"]) <= shown:
            yield "times %s" % sorted(shown)


def main():
    stet, archive, path = sys.argv[1:4]
    rows = [json.loads(line) for line in open(path, encoding="utf-8") if line.strip()]
    got = run(stet, archive, rows)
    if len(got) != len(rows):
        sys.exit("asked for %d verdicts, got %d" % (len(rows), len(got)))
    table = collections.Counter()
    wrong = false_stands = 0
    for row, verdict in zip(rows, got):
        table[row["verdict"], verdict["verdict"]] += 1
        found = list(problems(row, verdict))
        wrong += bool(found)
        false_stands += row.get("set", "").startswith("negative") and verdict["stands"]
        if found:
            print("%s  %s\n      %s" % (row["id"], "; ".join(found), row["quote"][:100]))
    kinds = ["verbatim", "typographic", "marked", "altered", "near", "absent", "ambiguous"]
    print("\n%-18s" % "ground truth" + "".join("%12s" % k for k in kinds))
    for truth in RIGHT:
        if any(table[truth, k] for k in kinds):
            print("%-18s" % truth + "".join("%12s" % (table[truth, k] or ".") for k in kinds))
    print("\n%d quotations, %d as the ground truth has it, %d wrong, %d false \"stands\"" %
          (len(rows), len(rows) - wrong, wrong, false_stands))
    sys.exit(1 if wrong or false_stands else 0)


main()
