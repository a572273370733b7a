#include "kernel_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* <linux/kernel.h>: KERN_WARNING. What a process wrote to the log has a facility above, so its numbers are larger. */
enum { LEVEL_WARNING = 4 };

/* A flood must not keep the probe from its next case; what is left is read after that one. */
enum { RECORDS_MAX = 1000 };

struct kernel_log kernel_log_open(void)
{
    struct kernel_log log = { .fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC) };

    if (log.fd >= 0)
        lseek(log.fd, 0, SEEK_END);
    return log;
}

/* Documentation/ABI/testing/dev-kmsg: each read(2) gives one record, "priority,number,microseconds,…;text". EPIPE says
 * that records were overwritten before they were read.
 */
bool kernel_log_spoke(const struct kernel_log *log, struct log_span *span)
{
    static char record[8192]; /* as long as the kernel's longest (CONSOLE_EXT_LOG_MAX); a shorter buffer is EINVAL */
    bool spoke = false;

    for (int i = 0; log->fd >= 0 && i < RECORDS_MAX; i++) {
        ssize_t length = read(log->fd, record, sizeof(record) - 1);
        unsigned long long time;
        unsigned priority;

        if (length < 0 && errno == EPIPE)
            continue;
        if (length <= 0)
            break;
        record[length] = '\0';
        if (sscanf(record, "%u,%*u,%llu", &priority, &time) != 2 || priority > LEVEL_WARNING)
            continue;
        if (!spoke)
            span->first = time;
        span->last = time;
        spoke = true;
    }
    return spoke;
}
