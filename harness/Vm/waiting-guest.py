"""Saves a virtual machine whose guest waits for its orders, and restores it: a module of virtme-host.py.

A snapshot is a directory with two files: "memory" has those chunks of the guest's memory, one behind the other, that
have other bytes than zeros, and "state" is the state of all devices as QEMU writes it when it migrates. A guest's
memory is a file of its own that has no name (memfd_create(2)), so that QEMU never gets at a file of the snapshot.
"""
import json
import os
import socket
import time
import zlib

CHUNK = 64 << 10
MOST_CHUNKS_AT_ONCE = 16
ZEROS = bytes(CHUNK)

# The descriptors under which QEMU finds its guest's memory, the harness, the orders and the programs. A shell may have
# those from 10 on for itself (dash), or 255 (bash).
MEMORY, MONITOR, ORDERS, GUEST = 20, 21, 22, 23

# Seconds: saving and restoring take a hundredth of it, and a busy host takes ten times as long.
LONGEST_ANSWER = 20
BETWEEN_LOOKS = 0.002
LONGEST_LINE = 1 << 20


class Failure(Exception):
    """Why a guest cannot be saved or restored."""


class Monitor:
    """QEMU's monitor, which speaks QMP (docs/interop/qmp-spec.rst of QEMU)."""

    def __init__(self, connection):
        connection.settimeout(LONGEST_ANSWER)
        self.connection = connection
        self.rest = b""
        self.greeted = False

    def ask(self, command, descriptor=None, **arguments):
        """Has a command carried out, and returns its answer. A descriptor goes along where one is given."""
        if not self.greeted:
            self.greeted = True
            self.read_line()
            self.ask("qmp_capabilities")
        line = json.dumps({"execute": command, "arguments": arguments}).encode() + b"\n"
        if descriptor is None:
            self.connection.sendall(line)
        else:
            socket.send_fds(self.connection, [line], [descriptor])
        end = time.monotonic() + LONGEST_ANSWER
        while time.monotonic() < end:
            answer = json.loads(self.read_line())
            if "error" in answer:
                raise Failure(f"QEMU answers {command}: {answer['error'].get('desc')}")
            if "return" in answer:
                return answer["return"]
        raise Failure(f"QEMU does not answer {command}")

    def wait_while(self, command, states):
        """Asks for a status until it is none of these, and returns it."""
        end = time.monotonic() + LONGEST_ANSWER
        while time.monotonic() < end:
            status = self.ask(command).get("status")
            if status not in states:
                return status
            time.sleep(BETWEEN_LOOKS)
        raise Failure(f"QEMU stays at '{status}'")

    def read_line(self):
        while b"\n" not in self.rest:
            received = self.connection.recv(1 << 16)
            if not received:
                raise Failure("QEMU has closed its monitor")
            self.rest += received
            if len(self.rest) > LONGEST_LINE:
                raise Failure("QEMU's answer is too long")
        line, self.rest = self.rest.split(b"\n", 1)
        return line


class UnmadeGuest:
    """Stands for a guest for which this process had no room: its VM ends at once, and says why."""

    def __init__(self, failure):
        self.failure = f"no room for a guest that waits: {failure}"

    def hand_over(self):
        raise SystemExit(self.failure)

    def restore(self):
        raise Failure(self.failure)

    def save(self, _directory):
        raise Failure(self.failure)

    def close(self):
        """There is nothing to close."""


def guest_for(request):
    """A guest that waits, as a request describes it."""
    try:
        return WaitingGuest(request)
    except OSError as failure:
        return UnmadeGuest(failure)


class WaitingGuest:
    """What this process has of a guest that waits for its orders."""

    def __init__(self, request):
        self.request = request
        self.memory = os.memfd_create("guest-memory")
        os.ftruncate(self.memory, request["memory"])
        ours, self.theirs = socket.socketpair()
        self.monitor = Monitor(ours)

    def hand_over(self):
        """In the process that becomes QEMU: gives it its descriptors, and the memory of a snapshot its content."""
        self.monitor.connection.close()
        if self.request["snapshot"] is not None:
            try:
                self.load(self.request["snapshot"])
            except (Failure, OSError) as failure:
                raise SystemExit(str(failure))
        orders = os.memfd_create("guest-orders")
        os.write(orders, self.request["orders"].encode())
        guest = os.open(self.request["guest"], os.O_RDONLY)
        for opened, number in (
            (self.memory, MEMORY),
            (self.theirs.fileno(), MONITOR),
            (orders, ORDERS),
            (guest, GUEST),
        ):
            os.dup2(opened, number)

    def load(self, directory):
        """Copies the memory of a snapshot, and sees that it and the state are as they were written."""
        checksum = 0
        buffer = memoryview(bytearray(CHUNK * MOST_CHUNKS_AT_ONCE))
        with open(f"{directory}/memory", "rb", buffering=0) as file:
            for first, count in runs(self.request["chunks"]):
                part = buffer[: count * CHUNK]
                if file.readinto(part) != len(part):
                    raise Failure("the snapshot's memory is cut")
                checksum = zlib.crc32(part, checksum)
                os.pwrite(self.memory, part, first * CHUNK)
        if checksum_of_rest(directory, self.request["chunks"], checksum) != self.request["checksum"]:
            raise Failure("the snapshot is damaged: it has another checksum")

    def restore(self):
        """Has QEMU restore the snapshot's devices, and the guest go on."""
        self.theirs.close()
        self.share_memory()
        with open(f"{self.request['snapshot']}/state", "rb", buffering=0) as state:
            self.monitor.ask("getfd", state.fileno(), fdname="state")
        self.monitor.ask("migrate-incoming", uri="fd:state")
        status = self.monitor.wait_while("query-status", ("inmigrate",))
        if status != "running":
            raise Failure(f"QEMU is '{status}' after it has restored the guest")
        self.go()

    def save(self, directory):
        """Writes a snapshot, and has the guest go on in any case. Returns the chunks, the checksum, and the length of
        the guest's console.

        Without a directory, the guest goes on only.
        """
        self.theirs.close()
        try:
            if directory is None:
                raise Failure("there is no room for it")
            self.share_memory()
            with open(f"{directory}/state", "xb", buffering=0) as state:
                self.monitor.ask("getfd", state.fileno(), fdname="state")
            self.monitor.ask("migrate", uri="fd:state")
            status = self.monitor.wait_while(
                "query-migrate", ("setup", "active", "device", "pre-switchover", None)
            )
            if status != "completed":
                raise Failure(f"QEMU has not saved the guest: '{status}'")
            chunks, checksum = self.copy_memory(f"{directory}/memory")
            return {
                "chunks": chunks,
                "checksum": checksum_of_rest(directory, chunks, checksum),
                "console": os.stat(self.request["console"]).st_size,
            }
        finally:
            self.go()
            self.monitor.ask("cont")

    def share_memory(self):
        """Has QEMU leave out the memory, which is in a file that both sides have."""
        self.monitor.ask(
            "migrate-set-capabilities", capabilities=[{"capability": "x-ignore-shared", "state": True}]
        )

    def go(self):
        self.monitor.ask("human-monitor-command", **{"command-line": self.request["go"]})

    def copy_memory(self, path):
        """Writes the chunks that are not zeros, and returns their numbers and the checksum of all of them."""
        chunks, checksum = [], 0
        chunk = bytearray(CHUNK)
        with open(path, "xb", buffering=CHUNK * MOST_CHUNKS_AT_ONCE) as file:
            for number in touched_chunks(self.memory):
                if os.preadv(self.memory, [chunk], number * CHUNK) == CHUNK and chunk != ZEROS:
                    file.write(chunk)
                    checksum = zlib.crc32(chunk, checksum)
                    chunks.append(number)
        return chunks, checksum

    def close(self):
        """Takes away the descriptors, unless that is done."""
        if self.memory is not None:
            os.close(self.memory)
            self.memory = None
            self.theirs.close()
            self.monitor.connection.close()


def touched_chunks(memory):
    """The chunks of a file that have something in it (SEEK_DATA in lseek(2)), each once, in order."""
    number = 0
    try:
        while True:
            start = os.lseek(memory, number * CHUNK, os.SEEK_DATA)
            end = os.lseek(memory, start, os.SEEK_HOLE)
            number = start // CHUNK
            while number * CHUNK < end:
                yield number
                number += 1
    except OSError:  # ENXIO: there is no more
        return


def runs(chunks):
    """Pairs of a chunk and how many follow each other from there."""
    first, count = None, 0
    for number in chunks:
        if count and number == first + count and count < MOST_CHUNKS_AT_ONCE:
            count += 1
            continue
        if count:
            yield first, count
        first, count = number, 1
    if count:
        yield first, count


def checksum_of_rest(directory, chunks, checksum):
    """Goes on with the checksum of a snapshot's memory: with the numbers of the chunks, and the state."""
    checksum = zlib.crc32(",".join(str(number) for number in chunks).encode(), checksum)
    with open(f"{directory}/state", "rb") as file:
        while part := file.read(1 << 20):
            checksum = zlib.crc32(part, checksum)
    return checksum
