"""Reads messages with secsgem's functions and writes them again: `S1F3 hex` a line in; out `hex` of what secsgem makes of
the values it read, `-` where it has no such function, or `! reason` where it refuses the body."""

import sys

import secsgem.secs.functions

functions = {}
for name in dir(secsgem.secs.functions):
    candidate = getattr(secsgem.secs.functions, name)
    if name.startswith("SecsS") and hasattr(candidate, "_stream"):
        functions[f"S{candidate._stream}F{candidate._function}"] = candidate

for line in sys.stdin:
    name, _, text = line.strip().partition(" ")
    function = functions.get(name)
    if function is None:
        print("-")
        continue
    try:
        read = function()
        if text:
            read.decode(bytes.fromhex(text))
        print(f"{read.encode().hex()}" if text else "")
    except Exception as error:  # whatever it says is the answer
        print("! " + " ".join(f"{type(error).__name__}: {error}".split())[:160])
