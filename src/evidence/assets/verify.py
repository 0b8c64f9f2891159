#!/usr/bin/env python3
"""Checks an evidence pack of Stet without Stet: python3 verify.py PACK.zip [ORIGINAL SOURCE FILE...]"""
import hashlib
import json
import sys
import zipfile

bad = []


def sha(data):
    return hashlib.sha256(data).hexdigest()


def node(left, right):  # RFC 6962, section 2.1
    return hashlib.sha256(b"\x01" + left + right).digest()


def leaf(data):
    return hashlib.sha256(b"\x00" + data).digest()


def tree(level):
    while len(level) > 1:
        pairs = [level[i:i + 2] for i in range(0, len(level), 2)]
        level = [node(*p) if len(p) == 2 else p[0] for p in pairs]
    return level[0] if level else hashlib.sha256(b"").digest()


def climb(digest, at, size, path):
    path = [bytes.fromhex(p) for p in path]
    while size > 1:
        if at ^ 1 < size:
            digest = node(path.pop(0), digest) if at & 1 else node(digest, path.pop(0))
        at, size = at // 2, (size + 1) // 2
    return None if path else digest


def fields(data):  # lines of a name, the number of bytes, the bytes
    found, at = [], 0
    while at < len(data):
        name, size, _ = data[at:].split(b" ", 2)
        start = at + len(name) + len(size) + 2
        found.append((name.decode(), data[start:start + int(size)]))
        at = start + int(size) + 1
    return found


def check(good, what):
    if not good:
        bad.append(what)
        print("WRONG:", what)


def check_message(pack, manifest, folder):
    m = json.loads(pack[folder + "message.json"])
    text, hashed = pack[folder + "text.txt"], pack[folder + "leaf.txt"]
    parts = fields(hashed)
    first = dict(reversed(parts))  # of several fields of one name the first
    check(first.get("text", b"") == text, folder + "text.txt is not the text that was hashed")
    place = m["places"][0]
    for name, value in (("sender", m["sender"]), ("conversation", m["conversation"]),
                        ("time-shown", m["time_shown"]), ("clock", m["clock"] or ""),
                        ("content-id", m["citation"][-9:].replace("-", "")),
                        ("member", place["member"]), ("at", str(place["first_byte"])),
                        ("length", str(place["bytes"]))):
        check(first.get(name, b"").decode() == value, f"{folder}{name} is not what was hashed")
    check(parts[-1][1].decode() == place["record_sha256"], folder + "hash of the record")
    root = climb(leaf(hashed), m["id"] - 1, manifest["messages_count"], m["path"])
    check(root and root.hex() == manifest["messages_root"], folder + "is not under the root")
    for p in m["places"]:
        if p["file"]:
            data = pack[folder + p["file"]]
            check(sha(data) == p["record_sha256"] and len(data) == p["bytes"], folder + p["file"])
            note = "" if text and text in data else " (written otherwise in the record: see it)"
            print(f"{m['citation']} {m['sender_name']}: record of {len(data)} bytes{note}")
        else:
            print(f"{m['citation']} {m['sender_name']}: no record here: {p['why']}")
    return m


def check_source(path, manifest, messages):
    with open(path, "rb") as f:
        data = f.read()
    check(sha(data) in [s["sha256"] for s in manifest["sources"]], path + " is none of the sources")
    for m in messages:
        for p in m["places"]:
            if p["source_sha256"] == sha(data) and not p["member"]:
                record = data[p["first_byte"]:p["first_byte"] + p["bytes"]]
                check(sha(record) == p["record_sha256"], f"{path}: record of {m['citation']}")
                print(f"{m['citation']} stands in {path} at byte {p['first_byte']}")


def main(archive, *sources):
    with zipfile.ZipFile(archive) as z:
        names = z.namelist()
        pack = {n: z.read(n) for n in names}
    manifest = json.loads(pack["manifest.json"])
    listed = {f["name"]: f["sha256"] for f in manifest["files"]}
    check(sorted(names) == sorted([*listed, "manifest.json"]), "the list of files")
    for name, digest in listed.items():
        check(sha(pack.get(name, b"")) == digest, name + " was changed")
    leaves = sorted(leaf(s["leaf"].encode()) for s in manifest["sources"])
    roots = [bytes.fromhex(manifest[k]) for k in ("sources_root", "messages_root")]
    check(tree(leaves) == roots[0], "the sources are not under the root")
    check(node(*roots).hex() == manifest["root"], "the root")
    messages = [check_message(pack, manifest, f + "/") for f in manifest["messages"]]
    for path in sources:
        check_source(path, manifest, messages)
    print("manifest.json has SHA-256", sha(pack["manifest.json"]))
    print("root of the archive", manifest["root"])
    print("WRONG" if bad else "Everything in this pack fits together.")
    return 1 if bad else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    try:
        sys.exit(main(*sys.argv[1:]))
    except (KeyError, ValueError, IndexError, TypeError, OSError, zipfile.BadZipFile) as e:
        sys.exit(f"WRONG: the pack cannot be read as one: {e!r}")
