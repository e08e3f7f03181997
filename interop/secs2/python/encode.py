"""Encodes items with secsgem: one JSON item a line in, the bytes in hex a line out ("-" where secsgem has no such item)."""

import json
import sys

from secsgem.secs import variables as v

TYPES = {
    "A": v.String, "J": v.JIS8, "B": v.Binary, "BOOLEAN": v.Boolean,
    "I1": v.I1, "I2": v.I2, "I4": v.I4, "I8": v.I8,
    "U1": v.U1, "U2": v.U2, "U4": v.U4, "U8": v.U8, "F4": v.F4, "F8": v.F8,
}
LARGEST = {"F4": 3.40282e38, "F8": 1.79769e308}


def build(item):
    ((kind, value),) = item.items()
    if kind == "L":
        array = v.Array(v.U1)
        array.data = [build(child) for child in value]
        return array
    if kind == "B":
        value = bytes.fromhex(value)
    elif kind in ("I8", "U8"):
        value = [int(text) for text in value]
    elif kind in ("F4", "F8"):
        value = [float(number) for number in value]
    return TYPES[kind](value)


def supported(item):
    """secsgem has no localized text, and takes neither NaN, infinity, nor the very largest floats."""
    ((kind, value),) = item.items()
    if kind == "L":
        return all(supported(child) for child in value)
    if kind in ("F4", "F8"):
        return not any(text == "NaN" or abs(float(text)) > LARGEST[kind] for text in value)
    if kind == "J":
        return isinstance(value, str)
    return kind in TYPES


for line in sys.stdin:
    item = json.loads(line)
    print(build(item).encode().hex() if supported(item) else "-")
