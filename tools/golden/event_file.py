"""Reads TensorBoard event files without TensorBoard or protobuf: python3 tools/golden/event_file.py FILE...

Checks every record's length and both checks (CRC32C bit by bit, then masked), takes the fields apart by the wire format, and prints one line a record.
"""
import struct
import sys


def masked_crc(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    crc ^= 0xFFFFFFFF
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 127) << shift
        at, shift = at + 1, shift + 7
        if data[at - 1] < 128:
            return value, at


def fields(data):
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        size = {1: 8, 5: 4}.get(key & 7)
        if key & 7 == 0:
            value, at = varint(data, at)
        else:
            if key & 7 == 2:
                size, at = varint(data, at)
            value, at = data[at:at + size], at + size
            assert len(value) == size, "a field goes beyond its message"
        yield key >> 3, value


for path in sys.argv[1:]:
    data, at = open(path, "rb").read(), 0
    while at < len(data):
        length, check = struct.unpack_from("<QI", data, at)
        assert check == masked_crc(data[at:at + 8]), f"{path}: wrong check of the length at byte {at}"
        body = data[at + 12:at + 12 + length]
        assert struct.unpack_from("<I", data, at + 12 + length)[0] == masked_crc(body), f"{path}: wrong check of the record at byte {at}"
        at += length + 16
        event = dict(fields(body))
        line = [f"time={struct.unpack('<d', event[1])[0]:.3f}", f"step={event.get(2, 0)}"]
        line += [f"version={event[3].decode()}"] if 3 in event else []
        line += [f"session={dict(fields(event[7]))[1]}"] if 7 in event else []
        for _, value in fields(event.get(5, b"")):
            value = dict(fields(value))
            line.append(f"{value[1].decode()}={struct.unpack('<f', value.get(2, bytes(4)))[0]:g}")
        print(*line)
