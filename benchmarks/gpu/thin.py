#!/usr/bin/env python3
"""Zeroes the GPU code in a library that is not for one architecture, so that it compresses to nothing.

    thin.py ARCHITECTURE LIBRARY…      such as thin.py 90 libtensorflow_cc.so.2

The section .nv_fatbin holds containers (magic 0xBA55ED50), each with one entry for an architecture as machine
code (kind 2) or as PTX (kind 1). Sizes and offsets stay the same. Prints how many MiB each library lost.
"""

import struct
import sys

MAGIC = 0xBA55ED50
MACHINE_CODE = 2
PTX = 1


def fatbin(data):
    """Offset and size of the section .nv_fatbin; (0, 0) where there is none."""
    table, = struct.unpack_from("<Q", data, 0x28)
    size, count, names = struct.unpack_from("<HHH", data, 0x3A)
    sections = [struct.unpack_from("<IIQQQQIIQQ", data, table + i * size) for i in range(count)]
    texts = sections[names][4]
    for section in sections:
        if data[texts + section[0] : texts + section[0] + 11] == b".nv_fatbin\0":
            return section[4], section[5]
    return 0, 0


def thinned(data, architecture):
    """Zeroes in place; returns the number of bytes."""
    zeroed = 0
    at, size = fatbin(data)
    end = at + size
    while at < end - 16:
        magic, _, header, length = struct.unpack_from("<IHHQ", data, at)
        if magic != MAGIC:
            at += 8
            continue
        entry, stop = at + header, at + header + length
        while entry < stop:
            kind, _, own, payload = struct.unpack_from("<HHIQ", data, entry)
            if kind not in (MACHINE_CODE, PTX):
                break
            of, = struct.unpack_from("<I", data, entry + 28)
            if (kind, of) != (MACHINE_CODE, architecture):
                data[entry + own : entry + own + payload] = bytes(payload)
                zeroed += payload
            entry += own + payload
        at = stop
    return zeroed


def main(architecture, libraries):
    for name in libraries:
        with open(name, "rb") as file:
            data = bytearray(file.read())
        zeroed = thinned(data, int(architecture)) if data[:4] == b"\x7fELF" else 0
        if zeroed:
            with open(name, "wb") as file:
                file.write(data)
        print(f"{name}: {zeroed >> 20} MiB")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
