"""Launches VMs with virtme-run's own code, one after the other, so that Python starts once for all of them.

Arguments: the directory of virtme-ng's Python modules, and the program name that virtme-run's main is given.

Standard input has one JSON object a line, for one VM:
  directory    the working directory
  environment  variables to set
  errorFile    gets what virtme-run and QEMU say on standard error
  arguments    virtme-run's, without its name

Standard output answers with "started PID" when the VM's process runs, and with "ended CODE" when it has ended. CODE is
the exit code, or 128 and the number of the signal. The program ends with its input.
"""
import json
import os
import sys
import traceback


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


def launch(run_virtme, program, vm):
    """Runs one VM in this process to its end, and returns what virtme-run's main returns."""
    os.chdir(vm["directory"])
    os.environ.update(vm["environment"])
    redirect(vm["errorFile"])
    sys.argv = [program, *vm["arguments"]]
    return run_virtme()


def launch_and_exit(run_virtme, program, line):
    """Runs one VM, and ends this process with virtme-run's exit code; never returns."""
    status = 1
    try:
        status = launch(run_virtme, program, json.loads(line))
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


def main():
    # A process group of its own: the harness decides what a Ctrl-C at the terminal means for the VMs.
    os.setpgid(0, 0)
    modules, program = sys.argv[1:]
    sys.path.append(modules)
    from virtme.commands.run import main as run_virtme

    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            launch_and_exit(run_virtme, program, line)
        print(f"started {child}", flush=True)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        print(f"ended {code if code >= 0 else 128 - code}", flush=True)


main()
