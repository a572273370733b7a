"""Restores a snapshot of the harness with bare QEMU: what a warm kernel costs without virtme-ng and the harness."""

import importlib.util
import json
import pathlib
import secrets
import subprocess
import time

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
SERIAL_PORTS = (("console", 2), ("channel", 3))  # as harness/Machines/X86_64.cs places them
DEBUG_PORT = "0xe9"
GO = "o /b 0x2ef 0x5a"  # what makes the guest read its orders

spec = importlib.util.spec_from_file_location("waiting_guest", REPOSITORY / "harness/Vm/waiting-guest.py")
waiting_guest = importlib.util.module_from_spec(spec)
spec.loader.exec_module(waiting_guest)


def latest(cache, image):
    """The directory of the snapshot of an image, by its SHA256, that was used last."""
    markers = [marker for marker in cache.glob("snapshots/*/snapshot.json")
               if (known := json.loads(marker.read_text())).get("consoleSha256")
               and any(line.startswith(f"image {image} ") for line in known["key"])]
    return max(markers, key=lambda marker: marker.stat().st_mtime).parent


def options(cpu, memory, console, report):
    """QEMU's for the machine that was saved (harness/Vm/VirtmeArguments.cs)."""
    devices = [word for (name, index), path in zip(SERIAL_PORTS, (console, report)) for word in (
        "-chardev", f"file,id={name},path={path}" + (",mux=on" if name == "channel" else ""),
        "-device", f"isa-serial,chardev={name},index={index}")]
    return [
        "-nodefaults", "-no-user-config", "-display", "none",
        "-machine", "q35,accel=tcg,memory-backend=harness-memory", "-cpu", cpu, "-m", f"{memory}M", "-smp", "1",
        "-no-reboot",
        *devices, "-device", f"isa-debugcon,chardev=channel,iobase={DEBUG_PORT}",
        "-object", f"memory-backend-file,id=harness-memory,size={memory}M,share=on,"
        f"mem-path=/proc/self/fd/{waiting_guest.MEMORY}",
        "-chardev", f"socket,id=monitor,fd={waiting_guest.MONITOR}", "-mon", "chardev=monitor,mode=control",
        "-fw_cfg", f"name=opt/harness/orders,file=/proc/self/fd/{waiting_guest.ORDERS}",
        "-fw_cfg", f"name=opt/harness/guest,file=/proc/self/fd/{waiting_guest.GUEST}",
        "-incoming", "defer",
    ]


def run(qemu, snapshot, initramfs, orders, report, seconds):
    """Restores a guest, gives it its programs and orders, and waits until it ends itself. For a process of its own."""
    known = json.loads((snapshot / "snapshot.json").read_text())
    of_key = dict(line.split(" ", 1) for line in known["key"])
    memory = int(of_key["memory"].split()[0])
    fresh = [f"harness.seed={secrets.token_hex(64)}", f"harness.time={int(time.time())}"]
    guest = waiting_guest.WaitingGuest({
        "memory": memory << 20, "orders": "\n".join([*orders, *fresh]), "guest": str(initramfs), "go": GO,
        "snapshot": str(snapshot), "chunks": known["chunks"], "checksum": known["checksum"],
    })
    console = report.with_suffix(".console")
    # Its descriptors are made in the child.
    child = subprocess.Popen(
        [qemu, *options(of_key["cpu"], memory, console, report)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, preexec_fn=guest.hand_over, close_fds=False)
    guest.restore()
    guest.close()
    child.wait(timeout=seconds)
