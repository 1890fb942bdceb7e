"""A workbook as Excel 97 to 2003 wrote it: records in one stream of a compound file."""

import struct

SECTOR = 512
END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def xls(*rows: tuple[object, ...], hidden: bool = False) -> bytes:
    """One sheet; numbers are kept as numbers, everything else as text."""
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    bound = struct.pack("<BBBB", hidden, 0, 2, 1) + "名单".encode("utf-16le")
    head = begin + _record(0x0042, struct.pack("<H", 1200))
    place = len(head) + 4 + 4 + len(bound) + 4
    stream = head + _record(0x0085, struct.pack("<I", place) + bound) + _record(0x000A)
    stream += _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    width = max((len(row) for row in rows), default=0)
    stream += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            at = struct.pack("<HHH", number, column, 0)
            if isinstance(value, int | float):
                stream += _record(0x0203, at + struct.pack("<d", value))
            else:
                text = str(value).encode("utf-16le")
                stream += _record(0x0204, at + struct.pack("<HB", len(text) // 2, 1) + text)
    return compound("Workbook", stream + _record(0x000A))


def compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream, long enough for sectors of its own."""
    stream = stream.ljust(max(4096, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    sectors = len(stream) // SECTOR
    chain = [FAT, END, *range(3, 2 + sectors), END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    folders = _entry("Root Entry", 5, 1, END, 0) + _entry(name, 2, FREE, 2, len(stream)) + bytes(256)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    head += struct.pack("<I", 0) + b"\xff" * (4 * 108)
    return head + table + folders + stream


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16le")
    head = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written) + 2, kind, 1, FREE, FREE, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)
