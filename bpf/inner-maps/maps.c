#include "maps.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "uapi.h"

/* The kernel frees a closed map later, from a work queue, and an arena is 8 MiB of page tables: a small guest can be
 * short of memory for a moment. ENOMEM counts only when it lasts for a second.
 */
enum { MEMORY_WAITS = 100, MEMORY_WAIT_MICROSECONDS = 10 * 1000 };

/* The attribute block may be longer than the kernel's, as long as the rest is zero (bpf_check_uarg_tail_zero). */
static int bpf_call(int command, union bpf_attr *attr)
{
    long result = syscall(__NR_bpf, command, attr, sizeof(*attr));

    for (int waits = 0; result < 0 && errno == ENOMEM && waits < MEMORY_WAITS; waits++) {
        usleep(MEMORY_WAIT_MICROSECONDS);
        result = syscall(__NR_bpf, command, attr, sizeof(*attr));
    }
    return result < 0 ? -errno : (int)result;
}

int btf_load(const struct btf_blob *blob)
{
    union bpf_attr attr;

    memset(&attr, 0, sizeof(attr));
    attr.btf = (uintptr_t)blob->data;
    attr.btf_size = (uint32_t)blob->size;
    return bpf_call(BPF_BTF_LOAD, &attr);
}

int map_make(const struct map_spec *spec, const struct btf_blob *btf, int btf_fd, int inner_fd)
{
    union bpf_attr attr;

    memset(&attr, 0, sizeof(attr));
    attr.map_type = spec->type;
    attr.key_size = spec->key_size;
    attr.value_size = spec->value_size;
    attr.max_entries = spec->max_entries;
    attr.map_flags = spec->flags;
    if (inner_fd >= 0)
        attr.inner_map_fd = (uint32_t)inner_fd;
    if (spec->name)
        strncpy(attr.map_name, spec->name, sizeof(attr.map_name) - 1);
    if (btf) {
        attr.btf_fd = (uint32_t)btf_fd;
        attr.btf_key_type_id = btf->key_type_id;
        attr.btf_value_type_id = btf->value_type_id;
    }
    return bpf_call(BPF_MAP_CREATE, &attr);
}

int outer_update(int outer_fd, int inner_fd)
{
    uint32_t key = 0, value = (uint32_t)inner_fd;
    union bpf_attr attr;

    memset(&attr, 0, sizeof(attr));
    attr.map_fd = (uint32_t)outer_fd;
    attr.key = (uintptr_t)&key;
    attr.value = (uintptr_t)&value;
    return bpf_call(BPF_MAP_UPDATE_ELEM, &attr);
}

void close_fd(int fd)
{
    if (fd >= 0)
        close(fd);
}
