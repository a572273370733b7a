"""Counts the instructions that a guest executes under emulation: what a boot costs, whatever else the host does.

Two boots of the same guest give the same number, to the instruction: QEMU's virtual time passes by instructions
(-icount, 2 ns each, about as fast as emulation is on an idle host), the guest's random numbers have a seed, and its
real-time clock starts at a fixed date. So timers interrupt at the same instructions, however busy the host is. Waiting
costs no instruction: virtual time skips it.
"""

import pathlib
import subprocess

SOURCE = pathlib.Path(__file__).resolve().parent / "instructions.c"
INTERFACES = range(1, 10)  # of QEMU's plugins: 7.2 has 1, later versions more, and each takes some older ones
SAME_EACH_TIME = [
    "-icount", "shift=1,sleep=off", "-seed", "1", "-rtc", "base=2026-01-01T00:00:00,clock=vm",
]


class NoPlugins(Exception):
    """This QEMU loads no plugin."""


def build(directory, qemu):
    """Builds the plugin for this QEMU program, and returns its path."""
    error = ""
    for interface in INTERFACES:
        plugin = pathlib.Path(directory, f"instructions-{interface}.so")
        compiler = ["cc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", f"-DVERSION={interface}"]
        subprocess.run([*compiler, "-o", plugin, SOURCE], check=True)
        loaded = subprocess.run(
            [qemu, "-M", "none", "-nodefaults", "-display", "none", "-monitor", "stdio",
             *options(plugin, pathlib.Path(directory, "none"))],
            input="quit\n", capture_output=True, text=True)
        if loaded.returncode == 0:
            return plugin
        error = error or loaded.stderr.strip()
    raise NoPlugins(f"{qemu} loads no plugin: {error}")


def options(plugin, out):
    return ["-plugin", f"{plugin},out={out}"]


def count(boot, plugin, out):
    """
    The instructions of one boot. `boot` starts QEMU with the options that it is given beside its own, and waits for
    its end; `out` is a file that may be overwritten.
    """
    boot([*SAME_EACH_TIME, *options(plugin, out)])
    return int(pathlib.Path(out).read_text())
