#!/usr/bin/env python3
"""Checks what `milestones prove EVENT` wrote, with nothing but Python: verify-proof.py PROOF.json [VERIFIER_KEY]; exit code 0 proved, 1 not.

Without the key of the log, compare the checkpoint that it prints with one that you hold: a proof alone could be of any log.
"""
# ruff: noqa: D103, E401, E701, I001, T201, PTH123, SIM115, BLE001  # a script of its own, kept short so that it is read before it is trusted
# fmt: off

import base64, hashlib, json, sys

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519, RFC 8032
D, ROOT = -121665 * pow(121666, -1, P) % P, pow(2, P // 4, P)

def need(holds, otherwise):
    if not holds: raise ValueError(otherwise)

def add(a, b):
    t = D * a[0] * b[0] * a[1] * b[1]
    return (a[0] * b[1] + b[0] * a[1]) * pow(1 + t, -1, P) % P, (a[1] * b[1] + a[0] * b[0]) * pow(1 - t, -1, P) % P

def times(n, a):
    return (0, 1) if n == 0 else add(times(n - 1, a), a) if n % 2 else times(n // 2, add(a, a))

def point(raw):
    y, odd = int.from_bytes(raw, "little") % 2**255, raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = next(x for x in (pow(square, P // 8 + 1, P), pow(square, P // 8 + 1, P) * ROOT % P) if x * x % P == square)
    return (P - x if x % 2 != odd else x), y

def signed(text, raw, key):
    base, s = point((4 * pow(5, -1, P) % P).to_bytes(32, "little")), int.from_bytes(raw[32:], "little")
    h = int.from_bytes(hashlib.sha512(raw[:32] + key + text).digest(), "little") % ORDER
    return len(raw) == 64 and s < ORDER and times(s, base) == add(point(raw[:32]), times(h, point(key)))

def check(proof, verifier=None):
    (text, _, foot), form = proof["checkpoint"].partition("\n\n"), {"sort_keys": True, "separators": (",", ":"), "ensure_ascii": False}
    leaf = json.dumps(proof["leaf"], **form).encode()
    node, at, last = hashlib.sha256(b"\0" + leaf).digest(), proof["index"], int(text.split("\n")[1]) - 1  # RFC 6962, RFC 9162
    need(0 <= at <= last, "the index lies outside the tree")
    for sibling in map(bytes.fromhex, proof["proof"]):
        need(last and len(sibling) == 32, "the proof is too long")
        left = at % 2 or at == last
        node = hashlib.sha256(b"\1" + (sibling + node if left else node + sibling)).digest()
        while left and at and at % 2 == 0:
            at, last = at >> 1, last >> 1
        at, last = at >> 1, last >> 1
    need(last == 0 and node == base64.b64decode(text.split("\n")[2]), "the event is not in the tree of this checkpoint")
    if verifier:  # as C2SP signed-note writes keys and signatures
        (name, key_id, key), lines = verifier.split("+", 2), [line.split(" ") for line in foot.split("\n") if line.startswith("— ")]
        raws = [base64.b64decode(line[2]) for line in lines if line[1] == name]
        need(any(r[:4].hex() == key_id and signed(f"{text}\n".encode(), r[4:], base64.b64decode(key)[1:]) for r in raws), "not signed by this key")
    return f"{json.dumps(proof['leaf'], indent=1)}\nproved: this is event {proof['index'] + 1} of the log of checkpoint\n{text}"

if __name__ == "__main__":
    try:
        print(check(json.load(open(sys.argv[1], encoding="utf-8")), *sys.argv[2:]))
        print("signed by this key" if sys.argv[2:] else "SIGNATURE NOT CHECKED, no key was given: compare the checkpoint with one that you hold")
    except Exception as error:
        sys.exit(f"NOT PROVED: {error or type(error).__name__}")
