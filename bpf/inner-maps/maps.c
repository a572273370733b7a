#include "maps.h"

#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "token.h"
#include "uapi.h"

/* The kernel frees a closed map later, from a work queue, and an arena is 8 MiB of page tables: a small guest can be
 * short of memory for a moment. ENOMEM counts only when it lasts for a second.
 */
enum { MEMORY_WAITS = 100, MEMORY_WAIT_MICROSECONDS = 10 * 1000 };

/* The attribute block may be longer than the kernel's, as long as the rest is zero (bpf_check_uarg_tail_zero). */
int bpf_call(int command, void *attr, size_t size)
{
    long result = syscall(__NR_bpf, command, attr, size);

    for (int waits = 0; result < 0 && errno == ENOMEM && waits < MEMORY_WAITS; waits++) {
        usleep(MEMORY_WAIT_MICROSECONDS);
        result = syscall(__NR_bpf, command, attr, size);
    }
    return result < 0 ? -errno : (int)result;
}

static int process_token = -1;

void maps_use_token(int token)
{
    process_token = token;
}

int btf_load(const struct btf_blob *blob)
{
    struct btf_load_attr attr = { .btf = (uintptr_t)blob->data, .btf_size = (uint32_t)blob->size };

    if (process_token >= 0) {
        attr.btf_flags = MF_TOKEN_FD;
        attr.btf_token_fd = process_token;
    }
    return bpf_call(BPF_BTF_LOAD, &attr, sizeof(attr));
}

/* Two programs' hashes (SHA-256). No program with them needs to exist: the kernel compares them when one is loaded. */
static const unsigned char owner_hashes[][32] = { [OWNER_FIRST] = { 1 }, [OWNER_OTHER] = { 2 } };

static struct map_create_attr attributes_of(const struct map_spec *spec, const struct btf_blob *btf, int btf_fd,
                                            int inner_fd)
{
    struct map_create_attr attr = {
        .map_type = spec->type,
        .key_size = spec->key_size,
        .value_size = spec->value_size,
        .max_entries = spec->max_entries,
        .map_flags = spec->flags | spec->extras.flags,
        .inner_map_fd = inner_fd >= 0 ? (uint32_t)inner_fd : 0,
        .numa_node = spec->extras.numa_node,
        .map_extra = spec->extras.map_extra,
    };

    if (spec->name)
        strncpy(attr.map_name, spec->name, sizeof(attr.map_name) - 1);
    if (btf) {
        attr.btf_fd = (uint32_t)btf_fd;
        attr.btf_key_type_id = btf->key_type_id;
        attr.btf_value_type_id = btf->value_type_id;
    }
    if (spec->extras.owner != OWNER_NONE) {
        attr.excl_prog_hash = (uintptr_t)owner_hashes[spec->extras.owner];
        attr.excl_prog_hash_size = sizeof(owner_hashes[0]);
    }
    if (spec->extras.token || process_token >= 0) {
        attr.map_flags |= MF_TOKEN_FD;
        attr.map_token_fd = spec->extras.token ? bpf_token() : process_token;
    }
    return attr;
}

static int map_freeze(int fd)
{
    union bpf_attr attr;

    memset(&attr, 0, sizeof(attr));
    attr.map_fd = (uint32_t)fd;
    return bpf_call(BPF_MAP_FREEZE, &attr, sizeof(attr));
}

int map_make(const struct map_spec *spec, const struct btf_blob *btf, int btf_fd, int inner_fd)
{
    struct map_create_attr attr = attributes_of(spec, btf, btf_fd, inner_fd);
    int fd = attr.map_token_fd < 0 ? attr.map_token_fd : bpf_call(BPF_MAP_CREATE, &attr, sizeof(attr));
    int error = fd >= 0 && spec->extras.frozen ? map_freeze(fd) : 0;

    if (error < 0)
        close_fd(fd);
    return error < 0 ? error : fd;
}

int map_make_of_kernel_type(const struct map_spec *spec, int btf_fd, uint32_t type_id)
{
    struct map_create_attr attr = attributes_of(spec, NULL, -1, -1);

    attr.btf_fd = (uint32_t)btf_fd;
    attr.btf_vmlinux_value_type_id = type_id;
    return bpf_call(BPF_MAP_CREATE, &attr, sizeof(attr));
}

int btf_by_id(uint32_t id)
{
    union bpf_attr attr;

    memset(&attr, 0, sizeof(attr));
    attr.btf_id = id;
    return bpf_call(BPF_BTF_GET_FD_BY_ID, &attr, sizeof(attr));
}

int object_info(int fd, void *info, size_t size)
{
    union bpf_attr attr;

    memset(&attr, 0, sizeof(attr));
    attr.info.bpf_fd = (uint32_t)fd;
    attr.info.info_len = (uint32_t)size;
    attr.info.info = (uintptr_t)info;
    return bpf_call(BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof(attr));
}

uint32_t btf_copy(int btf_fd, void *room, uint32_t size)
{
    struct bpf_btf_info info;

    memset(&info, 0, sizeof(info));
    info.btf = (uintptr_t)room;
    info.btf_size = size;
    return object_info(btf_fd, &info, sizeof(info)) < 0 ? 0 : info.btf_size;
}

int program_load(void)
{
    static const struct bpf_insn nothing[] = {
        { .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
        { .code = BPF_JMP | BPF_EXIT },
    };

    union bpf_attr attr;

    memset(&attr, 0, sizeof(attr));
    attr.prog_type = BPF_PROG_TYPE_SOCKET_FILTER;
    attr.insns = (uintptr_t)nothing;
    attr.insn_cnt = sizeof(nothing) / sizeof(nothing[0]);
    attr.license = (uintptr_t)"GPL";
    return bpf_call(BPF_PROG_LOAD, &attr, sizeof(attr));
}

void map_refusal_words(const struct map_spec *spec, const struct btf_blob *btf, int btf_fd, int inner_fd, char *words,
                       size_t size)
{
    struct map_create_attr attr = attributes_of(spec, btf, btf_fd, inner_fd);
    struct common_attr common = { .log_buf = (uintptr_t)words, .log_size = (uint32_t)size, .log_level = 1 };
    long fd;

    memset(words, 0, size);
    if (attr.map_token_fd < 0)
        return;
    fd = syscall(__NR_bpf, BPF_MAP_CREATE | COMMON_ATTRS, &attr, sizeof(attr), &common, sizeof(common));
    close_fd(fd < 0 ? -1 : (int)fd);
    words[size - 1] = '\0';
}

/* What the commands on one element take. */
static union bpf_attr element(int map_fd, const void *key, const void *value)
{
    union bpf_attr attr;

    memset(&attr, 0, sizeof(attr));
    attr.map_fd = (uint32_t)map_fd;
    attr.key = (uintptr_t)key;
    attr.value = (uintptr_t)value;
    return attr;
}

int map_update(int fd, const void *key, const void *value)
{
    union bpf_attr attr = element(fd, key, value);

    return bpf_call(BPF_MAP_UPDATE_ELEM, &attr, sizeof(attr));
}

int outer_update(int outer_fd, int inner_fd)
{
    uint32_t key = 0;

    return outer_update_at(outer_fd, &key, inner_fd, BPF_ANY);
}

int outer_update_at(int outer_fd, const void *key, int inner_fd, uint64_t flags)
{
    uint32_t value = (uint32_t)inner_fd;
    union bpf_attr attr = element(outer_fd, key, &value);

    attr.flags = flags;
    return bpf_call(BPF_MAP_UPDATE_ELEM, &attr, sizeof(attr));
}

int outer_look_up(int outer_fd, const void *key, uint32_t *id)
{
    union bpf_attr attr = element(outer_fd, key, id);

    return bpf_call(BPF_MAP_LOOKUP_ELEM, &attr, sizeof(attr));
}

int outer_delete(int outer_fd, const void *key)
{
    union bpf_attr attr = element(outer_fd, key, NULL);

    return bpf_call(BPF_MAP_DELETE_ELEM, &attr, sizeof(attr));
}

int outer_batch(int command, int outer_fd, void *keys, uint32_t *values, uint32_t *count)
{
    unsigned char next[64]; /* where a look-up goes on: a key of the outer map, or the number of a bucket */
    union bpf_attr attr;
    int error;

    memset(&attr, 0, sizeof(attr));
    attr.batch.map_fd = (uint32_t)outer_fd;
    attr.batch.keys = (uintptr_t)keys;
    attr.batch.values = (uintptr_t)values;
    attr.batch.count = *count;
    if (command == BPF_MAP_LOOKUP_BATCH)
        attr.batch.out_batch = (uintptr_t)next;
    error = bpf_call(command, &attr, sizeof(attr));
    *count = attr.batch.count;
    return error;
}

int map_id(int fd, uint32_t *id)
{
    struct bpf_map_info info;
    int error;

    memset(&info, 0, sizeof(info));
    error = object_info(fd, &info, sizeof(info));
    *id = info.id;
    return error;
}

int map_of_id(uint32_t id)
{
    union bpf_attr attr;

    memset(&attr, 0, sizeof(attr));
    attr.map_id = id;
    return bpf_call(BPF_MAP_GET_FD_BY_ID, &attr, sizeof(attr));
}

void close_fd(int fd)
{
    if (fd >= 0)
        close(fd);
}
