/* What the kernel logs while a case runs: its console cannot say which case that was. */
#ifndef PROBE_KERNEL_LOG_H
#define PROBE_KERNEL_LOG_H

#include <stdbool.h>

struct kernel_log {
    int fd; /* /dev/kmsg; negative where there is none, or it may not be read */
};

/* Times of the first and the last message, in microseconds since the kernel's start, as its console shows them. */
struct log_span {
    unsigned long long first, last;
};

/* What was logged until now is left out. */
struct kernel_log kernel_log_open(void);

/* Whether the kernel has logged a warning, or worse, since the last call. It costs one system call where it has not. */
bool kernel_log_spoke(const struct kernel_log *log, struct log_span *span);

#endif
