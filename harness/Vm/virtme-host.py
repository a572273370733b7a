"""Launches VMs with virtme-run's own code, one after the other, so that Python starts once for all of them.

Arguments: the directory of virtme-ng's Python modules, the program name that virtme-run's main is given, and the text
of waiting-guest.py.

Standard input has one JSON object a line, for one VM:
  directory    the working directory
  environment  variables to set
  errorFile    gets what virtme-run and QEMU say on standard error
  writable     the files that virtme-run and QEMU may write beside their working directory, which exist
  arguments    virtme-run's, without its name
  waiting      of a guest that waits for its orders; else null:
    memory     bytes of its memory
    orders     the text of its orders
    guest      the file with its programs
    go         the monitor's command that makes the guest read its orders
    snapshot   the directory of the snapshot to restore; null to boot
    chunks     which chunks of memory the snapshot has, in order
    checksum   of the snapshot's memory and state
    console    the file that the guest's console is written to

Standard output answers with "started PID" when the VM's process runs, and with "ended CODE" when it has ended. CODE is
the exit code, or 128 and the number of the signal. The program ends with its input. If its input ends while a VM runs,
the harness was killed, and the VM is killed, too. virtme-run, QEMU and all between them are a process group.

Of a guest that waits and was booted, one line {"save": DIRECTORY} follows when it is ready: its memory and state are
written into that directory, "saved JSON" says which chunks and what checksum they have, or "unsaved WHY", and the guest
goes on in either case. With null for the directory it only goes on. A line that comes when the VM has just ended is
answered, too. Of a snapshot, "restored" or "unrestored WHY" follows "started PID".
"""
import ctypes
import errno
import json
import os
import select
import signal
import struct
import sys
import traceback
import types

# landlock(7): system calls, which have the same numbers on every architecture, and rights.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_FLAG = 1
PATH_BENEATH = 1
WRITE_FILE = 1 << 1
CHANGE_TREE = sum(1 << bit for bit in range(4, 13))  # remove and make files of any kind
REFER = 1 << 13
TRUNCATE = 1 << 14
CONNECT_AND_BIND = 3  # TCP
SIGNALS_AND_ABSTRACT_SOCKETS = 3
PR_SET_NO_NEW_PRIVS = 38

LIBC = ctypes.CDLL(None, use_errno=True)


def redirect(error_file):
    """Takes the standard streams away from the pipes to the harness."""
    append = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    for descriptor, path, flags in (
        (0, os.devnull, os.O_RDONLY),
        (1, os.devnull, os.O_WRONLY),
        (2, error_file, append),
    ):
        opened = os.open(path, flags, 0o666)
        os.dup2(opened, descriptor)
        os.close(opened)


def system_call(*arguments):
    """Makes a system call; an error is an OSError."""
    result = LIBC.syscall(*(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def landlock_version():
    """The version of Landlock that this kernel has; 0 where it has none."""
    try:
        return system_call(CREATE_RULESET, None, 0, VERSION_FLAG)
    except OSError:
        return 0


def keep_from_writing(directory, writable):
    """Makes everything read-only for this process and all that it starts, but a directory and some files.

    It may also use no TCP, and signal nobody but what it starts, where the kernel has Landlock for that.
    """
    version = landlock_version()
    if version == 0:
        return
    tree = WRITE_FILE | CHANGE_TREE | (REFER if version >= 2 else 0) | (TRUNCATE if version >= 3 else 0)
    file = tree & (WRITE_FILE | TRUNCATE)
    network = CONNECT_AND_BIND if version >= 4 else 0
    scoped = SIGNALS_AND_ABSTRACT_SOCKETS if version >= 6 else 0
    attributes = struct.pack("=QQQ", tree, network, scoped)[: 8 if version < 4 else 16 if version < 6 else 24]
    rules = system_call(CREATE_RULESET, attributes, len(attributes), 0)
    for path, rights in [(directory, tree), *((path, file) for path in [os.devnull, *writable])]:
        try:
            opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        system_call(ADD_RULE, rules, PATH_BENEATH, struct.pack("=Qi", rights, opened), 0)
        os.close(opened)
    if LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(errno.EPERM, "no_new_privs")
    system_call(RESTRICT_SELF, rules, 0)
    os.close(rules)


def launch(run_virtme, program, vm, waiting):
    """Runs one VM in this process to its end, and returns what virtme-run's main returns."""
    os.chdir(vm["directory"])
    os.environ.update(vm["environment"])
    redirect(vm["errorFile"])
    if waiting:
        waiting.hand_over()
    keep_from_writing(vm["directory"], vm["writable"])
    sys.argv = [program, *vm["arguments"]]
    return run_virtme()


def launch_and_exit(run_virtme, program, vm, waiting):
    """Runs one VM, and ends this process with virtme-run's exit code; never returns."""
    status = 1
    try:
        status = launch(run_virtme, program, vm, waiting)
    except SystemExit as ended:
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
        else:
            status = ended.code
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        # virtme-run's main returns what waitpid(2) says of QEMU. The stand-in for QEMU reports a signal on its own.
        status = status or 0
        os._exit(status if status < 256 else status >> 8)


class Requests:
    """The lines of standard input."""

    def __init__(self):
        self.rest = b""

    def next(self):
        """The next line, waited for; None at the end of the input."""
        while b"\n" not in self.rest:
            received = os.read(0, 1 << 16)
            if not received:
                return None
            self.rest += received
        line, self.rest = self.rest.split(b"\n", 1)
        return json.loads(line)


def wait_for_end(child, closed_by_child, requests, waiting):
    """Waits for a VM's end and returns waitpid(2)'s status. Nothing of the VM is left then.

    If the harness was killed, the VM is ended. closed_by_child is the end of a pipe to read from, of which the child
    alone has the other end.
    """
    poll = select.poll()
    poll.register(sys.stdin, select.POLLIN)
    # POLLHUP comes without being asked for.
    poll.register(closed_by_child, 0)
    while not any(descriptor == closed_by_child for descriptor, _ in poll.poll()):
        request = requests.next()
        if request is None:
            os.killpg(child, signal.SIGKILL)
            break
        answer("saved", "unsaved", lambda: json.dumps(waiting.save(request["save"])))
        waiting.close()
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    # Somebody may have killed virtme-run alone. Until waitpid(2), no other process group gets this number.
    os.killpg(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def answer(done, undone, action):
    """Does something, and answers what came of it in a line."""
    try:
        print(done, action() or "", flush=True)
    except Exception as error:
        print(undone, " ".join(f"{error or type(error).__name__}".split()), flush=True)


def run_vm(run_virtme, program, vm, requests, new_guest):
    """Launches one VM, waits for its end, and answers what becomes of it."""
    waiting = new_guest(vm["waiting"]) if vm["waiting"] else None
    closed_by_child, held_by_child = os.pipe()  # No program that is executed inherits them (PEP 446).
    child = os.fork()
    os.setpgid(child, child)  # by both, as either may be the first to need it
    if child == 0:
        launch_and_exit(run_virtme, program, vm, waiting)
    os.close(held_by_child)
    print(f"started {child}", flush=True)
    if waiting and vm["waiting"]["snapshot"] is not None:
        answer("restored", "unrestored", waiting.restore)
        waiting.close()
    code = os.waitstatus_to_exitcode(wait_for_end(child, closed_by_child, requests, waiting))
    if waiting:
        waiting.close()
    os.close(closed_by_child)
    print(f"ended {code if code >= 0 else 128 - code}", flush=True)


def main():
    # A process group of its own: the harness decides what a Ctrl-C at the terminal means for the VMs.
    os.setpgid(0, 0)
    modules, program, waiting_guest = sys.argv[1:]
    sys.path.append(modules)
    from virtme.commands.run import main as run_virtme

    guests = types.ModuleType("waiting_guest")
    exec(compile(waiting_guest, "waiting-guest.py", "exec"), guests.__dict__)
    requests = Requests()
    while (vm := requests.next()) is not None:
        if "save" in vm:
            print("unsaved its VM has ended", flush=True)
        else:
            run_vm(run_virtme, program, vm, requests, guests.guest_for)


main()
