"""One job in a process of its own: its seconds, as it tells them, and its peak of memory, as the system tells it."""

import json
import os
import subprocess
import tempfile
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Run:
    wall: float  # seconds
    cpu: float  # seconds of all processors, in the kernel and out of it
    memory: float  # megabytes at the peak, the whole process


@dataclass
class Job:
    name: str
    command: list[str]
    environment: dict[str, str]
    answer: str | None = None  # where it keeps its answer, the first time
    runs: dict[int, Run] = field(default_factory=dict)  # by round

    def run(self, number):
        """Runs it in a round. This process must stay small: a child's peak begins with its parent's."""
        command = self.command + (["--out", self.answer] if self.answer and not self.runs else [])
        with tempfile.TemporaryFile() as out:
            process = subprocess.Popen(command, stdout=out, env={**os.environ, **self.environment})
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                raise SystemExit(f"{self.name}: {' '.join(command)} ended with {process.returncode}")
            out.seek(0)
            seconds = json.loads(out.read().splitlines()[-1])
        # Our part counts processor time in hundredths of a second: less than one is not nothing.
        self.runs[number] = Run(seconds["wall"], max(seconds["cpu"], 0.01), usage.ru_maxrss / 1024)

    def median(self, of):
        return median(getattr(run, of) for run in self.runs.values())


def ratio(above, below, of="cpu"):
    """The median of the ratios within rounds: what slows the machine for a while slows both."""
    rounds = above.runs.keys() & below.runs.keys()
    return median(getattr(above.runs[number], of) / getattr(below.runs[number], of) for number in rounds)
