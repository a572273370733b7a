#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "guest.h"
#include "hostfs.h"
#include "output.h"

/* A program that ends closes its streams first, and is waited for a moment later; one that has closed them itself may
 * run on.
 */
enum { KSFT_SKIP = 4, POLL_MILLISECONDS = 100, CLOSED_POLL_MILLISECONDS = 2 };

/* What a program has written when it ends is in its pipes, of 64 KiB each; its children may go on writing for ever. */
enum { LAST_READS = 16 };

static const char step_start[] = "start";
static const char step_exit[] = "exit";
static const char step_signal[] = "signal";
static const char step_timeout[] = "timeout";

static long long now_milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Never returns. What fails before the program runs is told through `failed`, which a program that runs closes. */
static void become(struct task *task, int in, int out, int err, int failed, const int go[2])
{
    sigset_t none;
    char byte;

    close(go[1]);
    (void)!read(go[0], &byte, 1); /* until it is in its control group */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    guest_enter();
    if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 && dup2(err, STDERR_FILENO) >= 0
        && (!task->sees_host || hostfs_enter() == 0) && chdir(task->directory) == 0)
        execve(task->arguments[0], task->arguments, task->variables);
    (void)!write(failed, &errno, sizeof(errno));
    _exit(127);
}

struct running {
    pid_t pid;
    struct output out, err;
    int failed;
};

static int start(struct running *running, struct task *task)
{
    int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int out = output_open(&running->out, "out"), err = output_open(&running->err, "err");
    int failed[2] = { -1, -1 }, go[2] = { -1, -1 };
    int error = 0;

    if (in < 0 || out < 0 || err < 0 || pipe2(failed, O_CLOEXEC) < 0 || pipe2(go, O_CLOEXEC) < 0)
        error = errno;
    running->pid = error ? -1 : fork();
    if (running->pid == 0)
        become(task, in, out, err, failed[1], go);
    if (running->pid < 0 && !error)
        error = errno;
    if (running->pid > 0)
        guest_confine(running->pid);
    running->failed = failed[0];
    const int ends[] = { in, out, err, failed[1], go[0], go[1] };
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        if (ends[i] >= 0)
            close(ends[i]);
    return error;
}

/* Reads what both streams have; false when they have nothing within the time. */
static bool read_both(struct running *running, int milliseconds)
{
    struct pollfd both[2] = { { .fd = running->out.fd, .events = POLLIN },
                              { .fd = running->err.fd, .events = POLLIN } };

    if (poll(both, 2, milliseconds) <= 0)
        return false;
    if (both[0].revents)
        output_read(&running->out);
    if (both[1].revents)
        output_read(&running->err);
    return true;
}

/* Reads both streams until the program has ended or the time is over; whether it has ended. */
static bool follow(struct running *running, long long deadline, int *status)
{
    while (waitpid(running->pid, status, WNOHANG) != running->pid) {
        bool closed = running->out.fd < 0 && running->err.fd < 0;

        if (now_milliseconds() >= deadline)
            return false;
        read_both(running, closed ? CLOSED_POLL_MILLISECONDS : POLL_MILLISECONDS);
    }
    for (int i = 0; i < LAST_READS && read_both(running, 0); i++)
        ;
    return true;
}

static struct result verdict(const struct task *task, int status)
{
    struct result result = result_accept();

    if (WIFSIGNALED(status)) {
        result = result_reject(step_signal, 0);
        snprintf(result.reason, sizeof(result.reason), "ended by signal %d (%s)", WTERMSIG(status),
                 sigabbrev_np(WTERMSIG(status)) ? sigabbrev_np(WTERMSIG(status)) : "?");
    } else if (WEXITSTATUS(status) == task->expect) {
        return result;
    } else if (WEXITSTATUS(status) == KSFT_SKIP) {
        result = result_skip(step_exit, 0, "it exited with %d, by which a test says that it was skipped", KSFT_SKIP);
    } else {
        result = result_reject(step_exit, 0);
        snprintf(result.reason, sizeof(result.reason), "it exited with %d, not with %d", WEXITSTATUS(status),
                 task->expect);
    }
    return result;
}

struct result child_run(struct task *task)
{
    struct running running = { .pid = -1, .failed = -1 };
    int error = start(&running, task);
    struct result result;
    int status = 0, failed = 0;

    if (error) {
        result = result_error(step_start, error, "the program was not started");
    } else if (follow(&running, now_milliseconds() + task->timeout * 1000LL, &status)) {
        result = verdict(task, status);
        if (read(running.failed, &failed, sizeof(failed)) == sizeof(failed))
            result = result_error(step_start, failed, "%s cannot be run", task->arguments[0]);
    } else {
        result = result_reject(step_timeout, 0);
        snprintf(result.reason, sizeof(result.reason), "it did not end within %u s", task->timeout);
    }
    guest_end_all();
    if (running.failed >= 0)
        close(running.failed);
    output_close(&running.out);
    output_close(&running.err);
    result.texts[0] = running.out.text;
    result.texts[1] = running.err.text;
    return result;
}
