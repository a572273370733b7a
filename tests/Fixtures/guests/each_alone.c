/* Linked into the prober (--wrap=run_raw, --wrap=run_libbpf), this gives each case a process of its own, forked from
 * one that has not asked anything: no case finds what another one has made.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "result.h"

static _Noreturn void give_up(const char *what)
{
    perror(what);
    exit(2);
}

/* A result is a value but for the name of its step, a literal, which is at the same address in both processes. */
static struct result in_a_process(struct result (*run)(const void *question), const void *question)
{
    struct result result;
    int ends[2];
    pid_t child;

    if (pipe(ends) < 0)
        give_up("pipe");
    child = fork();
    if (child < 0)
        give_up("fork");
    if (child == 0) {
        result = run(question);
        _exit(write(ends[1], &result, sizeof(result)) != sizeof(result));
    }
    close(ends[1]);
    if (read(ends[0], &result, sizeof(result)) != sizeof(result))
        give_up("the case's process");
    close(ends[0]);
    waitpid(child, NULL, 0);
    return result;
}

struct result __real_run_raw(const void *question);
struct result __real_run_libbpf(const void *question);
struct result __wrap_run_raw(const void *question);
struct result __wrap_run_libbpf(const void *question);

struct result __wrap_run_raw(const void *question)
{
    return in_a_process(__real_run_raw, question);
}

struct result __wrap_run_libbpf(const void *question)
{
    return in_a_process(__real_run_libbpf, question);
}
