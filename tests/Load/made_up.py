"""Rows that nothing ever answered: those of a real run, each again and again under other versions."""

import json
import os
import pathlib
import re
import subprocess
import time

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
HARNESS = REPOSITORY / "scripts/harness"


def tested(run):
    rows = json.loads((run / "results.json").read_text())["kernels"]
    return [row for row in rows if row["status"] == "tested"]


def version(template, number):
    """
    A version of the template's series that no other row has. Rows of one template are neighbours, so that an answer
    changes where it does between the templates, and not from row to row.
    """
    series, patch = re.match(r"(\d+\.\d+)(?:\.(\d+))?", template["version"]).groups()
    return f"{series}.{int(patch or 0) * 100_000 + number}"


def measured(command, output, environment=None):
    """Runs a program: its exit code, seconds by the clock, seconds of CPU, and MiB at most."""
    begun = time.monotonic()
    with open(output, "wb") as file:
        process = subprocess.Popen(command, env=environment, stdout=file, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return (process.returncode, time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
