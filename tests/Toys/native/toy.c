/* A toy probe: asks the running kernel whether it has a system call. It shows how small a probe can be; bpf/README.md
 * says what init asks of one.
 */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include "probe.h"

/* Numbers of the generic table, the same on every architecture since Linux 5.0 (scripts/syscall.tbl). */
struct call {
    const char *name;
    long number;
    enum want want;
    const char *why;
};

static const struct call calls[] = {
    { "futex_waitv", 449, WANT_ACCEPT, "since Linux 5.16 (futex_waitv(2))" },
    { "cachestat", 451, WANT_ACCEPT, "since Linux 6.5 (cachestat(2))" },
    { "no_such_call", 100000, WANT_REJECT, "a control: far above every table" },
};

static void add_cases(struct case_builder *builder)
{
    for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
        struct test_case *item = case_add(builder, calls[i].want, calls[i].why, sizeof(calls[i]));

        snprintf(item->id, sizeof(item->id), "toy.%s", calls[i].name);
        *(struct call *)item->question = calls[i];
    }
}

/* Arguments that every one of these calls refuses, so that nothing is done: only ENOSYS says that it is missing. */
static struct result run(const void *question)
{
    const struct call *call = question;

    errno = 0;
    if (syscall(call->number, -1L, -1L, -1L, -1L, -1L) < 0 && errno == ENOSYS)
        return result_reject("call", errno);
    return result_accept();
}

int main(int count, char **arguments)
{
    static const struct layer layers[] = { { .name = "toy", .add_cases = add_cases, .run = run } };
    const struct probe probe = { .layers = layers, .layer_count = 1, .facts = "" };

    return probe_main(&probe, count, arguments);
}
