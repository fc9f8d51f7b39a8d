"""Prints the speed of this PyTorch's SGEMM at 1024 x 1024 x 1024 as a JSON line: the yardstick of a machine that others use too."""

import json
import sys
import time

import torch

SIZE = 1024
ROUNDS = 30


def main():
    threads = int(sys.argv[1])
    torch.set_num_threads(threads)
    left, right, result = torch.rand(SIZE, SIZE), torch.rand(SIZE, SIZE), torch.empty(SIZE, SIZE)
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        torch.mm(left, right, out=result)
        seconds.append(time.perf_counter() - start)
    operations = 2 * SIZE ** 3
    print(json.dumps({"program": f"PyTorch {torch.__version__}", "threads": threads,
                      "medianGigaflops": operations / sorted(seconds)[ROUNDS // 2] / 1e9, "bestGigaflops": operations / min(seconds) / 1e9}))


if __name__ == "__main__":
    main()
