"""Writes golden numbers as safetensors files: inputs in float32, results worked out in float64 and rounded once."""
import json
import os
import struct

import numpy
import torch

FOLDER = os.path.join(os.path.dirname(__file__), "..", "..", "tests", "golden")
TYPES = {"float32": "F32", "int32": "I32"}


def save(name, script, tensors):
    """tensors: name -> torch tensor, numpy array or list of ints, in the order in which they lie in the file."""
    header = {"__metadata__": {"made_by": f"tools/golden/{script}", "torch": torch.__version__, "numpy": numpy.__version__}}
    chunks, offset = [], 0
    for key, value in tensors.items():
        array = value.detach().numpy() if torch.is_tensor(value) else numpy.asarray(value)
        array = array.astype(numpy.int32 if array.dtype.kind in "iu" else numpy.float32)
        data = numpy.ascontiguousarray(array).tobytes()
        header[key] = {
            "dtype": TYPES[array.dtype.name],
            "shape": list(array.shape),
            "data_offsets": [offset, offset + len(data)],
        }
        chunks.append(data)
        offset += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(FOLDER, name), "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        file.writelines(chunks)


class Random:
    """Numbers that float32 holds exactly, handed out in float64."""

    def __init__(self, seed):
        self.source = numpy.random.RandomState(seed)

    def normal(self, *shape, deviation=1.0):
        return torch.from_numpy((self.source.randn(*shape) * deviation).astype(numpy.float32).astype(numpy.float64))
