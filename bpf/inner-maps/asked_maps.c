#include "asked_maps.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>

#include "maps.h"
#include "uapi.h"
#include "wrapped_syscall.h"

static bool looks;
static struct asked_map template;

/* The map that was refused last with BTF. */
static struct {
    uint32_t type;
    int error;
} refusal;

static bool info_of(int fd, struct bpf_map_info *info)
{
    memset(info, 0, sizeof(*info));
    return object_info(fd, info, sizeof(*info)) >= 0;
}

static struct asked_map from_info(const struct bpf_map_info *info)
{
    return (struct asked_map){
        .made = true,
        .btf_id = info->btf_id,
        .key_type = info->btf_key_type_id,
        .value_type = info->btf_value_type_id,
        .arena = -1,
    };
}

struct asked_map asked_map_of(int fd)
{
    struct bpf_map_info info;

    return info_of(fd, &info) ? from_info(&info) : (struct asked_map){ .arena = -1 };
}

static void look_at_template(int fd)
{
    struct bpf_map_info info;

    if (!info_of(fd, &info))
        return;
    template = from_info(&info);
    template.refused = info.type == refusal.type ? refusal.error : 0;
    if (info.type == MT_ARENA)
        template.arena = fcntl(fd, F_DUPFD_CLOEXEC, 0);
}

/* What libbpf asked for, and the answer: 0, or an errno. */
static void watch(const union bpf_attr *attr, int error)
{
    if (attr->map_type == MT_ARRAY_OF_MAPS || attr->map_type == MT_HASH_OF_MAPS) {
        if (!error)
            look_at_template((int)attr->inner_map_fd);
    } else if (error && attr->btf_value_type_id) {
        refusal.type = attr->map_type;
        refusal.error = error;
    }
}

long watched_syscall(long number, const long arguments[SYSCALL_ARGUMENTS])
{
    long result = real_syscall(number, arguments);
    int error;

    if (looks && number == __NR_bpf && arguments[0] == BPF_MAP_CREATE) {
        error = errno;
        watch((const union bpf_attr *)arguments[1], result < 0 ? error : 0);
        errno = error;
    }
    return result;
}

void asked_maps_begin(void)
{
    template = (struct asked_map){ .arena = -1 };
    refusal.type = 0;
    looks = true;
}

struct asked_map asked_maps_end(void)
{
    looks = false;
    return template;
}
