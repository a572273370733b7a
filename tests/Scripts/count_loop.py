"""count_loop.py TURNS...: instructions that a guest executes whose firmware only counts down, by instructions.py.

Prints a number a line: a jump, a move, two instructions a turn, and the two that reset the machine, which ends QEMU.
"""

import pathlib
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts/lib"))
import instructions  # noqa: E402 (the path comes first)

QEMU = "qemu-system-x86_64"
COUNT_DOWN = b"\x66\x49\x75\xfc"  # dec ecx; jnz back to it
RESET = b"\xb0\xfe\xe6\x64\xf4\xeb\xfd"  # mov al, 0xfe; out 0x64, al; hlt; jmp back to hlt
SIZE, FIRST_INSTRUCTION = 0x10000, 0xfff0  # of the firmware, and where the CPU starts in it
TO_BEGINNING = b"\xe9\x0d\x00"  # jmp from there to the firmware's first byte


def firmware(turns):
    program = b"\x66\xb9" + struct.pack("<I", turns) + COUNT_DOWN + RESET  # mov ecx, turns
    return (program.ljust(FIRST_INSTRUCTION, b"\0") + TO_BEGINNING).ljust(SIZE, b"\0")


def main(numbers):
    with tempfile.TemporaryDirectory() as work:
        plugin = instructions.build(work, QEMU)
        bios = pathlib.Path(work, "bios")

        def boot(options):
            subprocess.run(
                [QEMU, "-M", "pc", "-nodefaults", "-display", "none", "-no-reboot", "-accel", "tcg",
                 "-bios", bios, *options],
                stdin=subprocess.DEVNULL, timeout=60, check=True)

        for turns in numbers:
            bios.write_bytes(firmware(turns))
            print(instructions.count(boot, plugin, pathlib.Path(work, "count")))


if __name__ == "__main__":
    main([int(number) for number in sys.argv[1:]])
