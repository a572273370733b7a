#include "kernel_calls.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "wrapped_syscall.h"

/* include/uapi/linux/bpf.h of Linux 7.2: of any bpf(2) command, with a fourth and fifth argument. */
enum { COMMON_ATTRS = 1 << 16 };

struct common_attr {
    __u64 log_buf;
    __u32 log_size;
    __u32 log_level;
    __u32 log_true_size;
    __u32 padding;
};

enum { LOG_LINES = 1, LOG_STATS = 4, MAP_LOG_SIZE = 4096, STATS_SIZE = 64 << 10, PROGRAMS_MAX = 4096 };

static struct messages *told;
static bool leaves_slots;

/* Of programs that this process has loaded, by the kernel's id; libbpf may give them another descriptor. */
static struct {
    unsigned id, verified;
} from_stats[PROGRAMS_MAX];
static size_t from_stats_count;

/* bpf(2) past watched_syscall(); what a command does not take is ignored. */
static long bpf(int command, const void *attr, size_t size, void *common, size_t common_size)
{
    const long arguments[SYSCALL_ARGUMENTS] = {
        command, (long)attr, (long)size, (long)common, (long)common_size
    };

    return real_syscall(__NR_bpf, arguments);
}

/* libbpf asks twice for a map that it declares with BTF: each refusal has its line. */
static void tell_why(const union bpf_attr *attr, unsigned size)
{
    static char log[MAP_LOG_SIZE];
    struct common_attr common = { .log_buf = (uintptr_t)log, .log_size = sizeof(log), .log_level = LOG_LINES };
    char line[MAP_LOG_SIZE + 64];
    int fd, length;

    log[0] = '\0';
    fd = (int)bpf(BPF_MAP_CREATE | COMMON_ATTRS, attr, size, &common, sizeof(common));
    if (fd >= 0)
        close(fd);
    log[sizeof(log) - 1] = '\0';
    log[strcspn(log, "\n")] = '\0';
    if (!*log || !told)
        return;
    length = snprintf(line, sizeof(line), "kernel: map '%.*s': %s\n", (int)sizeof(attr->map_name), attr->map_name, log);
    messages_add(told, line, (size_t)length);
}

/* Whether the kernel tells verified_insns; without it, the rest of what it tells is there. */
static bool info_tells(int fd, struct bpf_prog_info *info)
{
    __u32 length = sizeof(*info);

    memset(info, 0, sizeof(*info));
    if (bpf_obj_get_info_by_fd(fd, info, &length) < 0)
        return false;
    return length >= offsetof(struct bpf_prog_info, verified_insns) + sizeof(info->verified_insns);
}

static void remember_stats(int fd, const char *stats)
{
    const char *found = strstr(stats, "processed ");
    struct bpf_prog_info info;

    if (!found || fd < 0 || from_stats_count == PROGRAMS_MAX)
        return;
    info_tells(fd, &info);
    from_stats[from_stats_count].id = info.id;
    from_stats[from_stats_count++].verified = (unsigned)strtoul(found + strlen("processed "), NULL, 10);
}

/* Asks the verifier for its statistics where nothing else tells them. A kernel that does not know the question answers
 * EINVAL, or ENOSPC when it takes it for one for the whole log: then the program is loaded without. Another refusal is
 * libbpf's, which asks for the whole log itself then.
 */
static long load_program(union bpf_attr *attr, unsigned size)
{
    static enum { UNKNOWN, TELLS, HAS_STATS, SILENT } kernel = UNKNOWN;
    static char stats[STATS_SIZE];
    struct bpf_prog_info info;
    union bpf_attr with_stats;
    long fd;

    if (kernel != HAS_STATS || attr->log_level || size > sizeof(with_stats)) {
        fd = bpf(BPF_PROG_LOAD, attr, size, NULL, 0);
        if (fd >= 0 && kernel == UNKNOWN)
            kernel = info_tells((int)fd, &info) ? TELLS : HAS_STATS;
        return fd;
    }
    memset(&with_stats, 0, sizeof(with_stats));
    memcpy(&with_stats, attr, size);
    stats[0] = '\0';
    with_stats.log_level = LOG_STATS;
    with_stats.log_buf = (uintptr_t)stats;
    with_stats.log_size = sizeof(stats);
    fd = bpf(BPF_PROG_LOAD, &with_stats, size, NULL, 0);
    stats[sizeof(stats) - 1] = '\0';
    remember_stats((int)fd, stats);
    if (fd >= 0 || (errno != EINVAL && errno != ENOSPC))
        return fd;
    fd = bpf(BPF_PROG_LOAD, attr, size, NULL, 0);
    if (fd >= 0)
        kernel = SILENT;
    return fd;
}

/* libbpf fills a table of programs with all that the object says. The descriptor of one that the question leaves out is
 * an error of libbpf's.
 */
static bool fills_with_left_out_program(const union bpf_attr *attr)
{
    struct bpf_map_info info = { 0 };
    __u32 length = sizeof(info);

    return bpf_obj_get_info_by_fd((int)attr->map_fd, &info, &length) == 0 && info.type == BPF_MAP_TYPE_PROG_ARRAY
           && *(const int *)(uintptr_t)attr->value < 0;
}

long watched_syscall(long number, const long arguments[SYSCALL_ARGUMENTS])
{
    long result;
    int error;

    if (number == __NR_bpf && arguments[0] == BPF_PROG_LOAD)
        return load_program((union bpf_attr *)arguments[1], (unsigned)arguments[2]);
    result = real_syscall(number, arguments);
    if (number == __NR_bpf && arguments[0] == BPF_MAP_CREATE && result < 0) {
        error = errno;
        tell_why((const union bpf_attr *)arguments[1], (unsigned)arguments[2]);
        errno = error;
    }
    if (number == __NR_bpf && arguments[0] == BPF_MAP_UPDATE_ELEM && result < 0 && leaves_slots && errno == EBADF) {
        error = errno;
        if (fills_with_left_out_program((const union bpf_attr *)arguments[1]))
            result = 0;
        errno = error;
    }
    return result;
}

void kernel_calls_tell(struct messages *messages)
{
    told = messages;
}

void kernel_calls_leave_slots(bool leave)
{
    leaves_slots = leave;
}

unsigned verified_instructions(int program)
{
    struct bpf_prog_info info;

    if (program < 0)
        return 0;
    if (info_tells(program, &info))
        return info.verified_insns;
    for (size_t i = 0; i < from_stats_count; i++)
        if (from_stats[i].id == info.id)
            return from_stats[i].verified;
    return 0;
}
