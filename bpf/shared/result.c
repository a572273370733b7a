#include "result.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

struct result result_accept(void)
{
    return (struct result){ .outcome = OUTCOME_ACCEPT };
}

struct result result_reject(step_name step, int error)
{
    return (struct result){ .outcome = OUTCOME_REJECT, .step = step, .error = error };
}

static struct result with_reason(enum outcome outcome, step_name step, int error, const char *format, va_list args)
{
    struct result result = { .outcome = outcome, .step = step, .error = error };

    vsnprintf(result.reason, sizeof(result.reason), format, args);
    return result;
}

struct result result_skip(step_name step, int error, const char *format, ...)
{
    struct result result;
    va_list args;

    va_start(args, format);
    result = with_reason(OUTCOME_SKIP, step, error, format, args);
    va_end(args);
    return result;
}

struct result result_error(step_name step, int error, const char *format, ...)
{
    struct result result;
    va_list args;

    va_start(args, format);
    result = with_reason(OUTCOME_ERROR, step, error, format, args);
    va_end(args);
    return result;
}

struct result result_alone(step_name step)
{
    struct result result = { .outcome = OUTCOME_ALONE, .step = step };

    snprintf(result.reason, sizeof(result.reason), "it may kill this kernel, so it is asked in a boot of its own");
    return result;
}

static bool asked_alone;

bool is_asked_alone(void)
{
    return asked_alone;
}

void set_asked_alone(bool alone)
{
    asked_alone = alone;
}

/* EPERM: no CAP_BPF, lockdown, or (before 5.11) RLIMIT_MEMLOCK reached (bpf_map_charge_init). EACCES: an LSM. */
int errno_is_circumstance(int error)
{
    switch (error) {
    case EPERM:
    case EACCES:
    case ENOMEM:
    case EMFILE:
    case ENFILE:
    case ENOSPC:
    case EAGAIN:
    case EINTR:
    case EBUSY:
    case EIO:
    case EFAULT:
    case EBADF:
        return 1;
    default:
        return 0;
    }
}
