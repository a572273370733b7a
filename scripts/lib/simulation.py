"""What the simulations of runs have in common: kernels drawn from measured ones, and lines that transfers share."""

import heapq
import json
import random


def durations(run):
    """Seconds of each kernel that the run tested."""
    path = run if run.is_file() else run / "results.json"
    rows = json.loads(path.read_text())["kernels"]
    return [row["seconds"] for row in rows if row["status"] == "tested" and "reusedFrom" not in row]


def draw(measured, count, seed):
    """So many of the measured ones, the same for the same seed; each once where no number is given."""
    return random.Random(seed).choices(measured, k=count) if count else list(measured)


class Line:
    """
    A line of so many bytes a second, which its transfers share alike; none gets more than it may alone. All transfers
    have the same rate at any time, so each ends when that rate, summed up, has grown by its size.
    """

    def __init__(self, rate, most):
        self.rate, self.most = rate, most
        self.busy = 0.0  # seconds in which there was a transfer
        self.bytes = 0
        self._served = self._now = 0.0
        self._ends = []
        self._count = 0  # keeps transfers that end at one time in their order

    def _each(self):
        return min(self.most, self.rate / len(self._ends))

    def _advance(self, now):
        if self._ends:
            self._served += (now - self._now) * self._each()
            self.busy += now - self._now
        self._now = now

    def start(self, now, size, what):
        self._advance(now)
        self._count += 1
        self.bytes += size
        heapq.heappush(self._ends, (self._served + size, self._count, what))

    def next_end(self):
        """When the next transfer ends, if no other one starts; None where there is none."""
        return self._now + max(0.0, self._ends[0][0] - self._served) / self._each() if self._ends else None

    def end(self, now):
        """Takes away the transfer that ends now, and says what it was of."""
        self._advance(now)
        return heapq.heappop(self._ends)[2]
