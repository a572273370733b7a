/* What the prober needs from the kernel's interface, by number.
 *
 * The machine's <linux/bpf.h> gives the attribute block (union bpf_attr) of its own age; map types and flags are
 * younger than many of the machines that build this, so they are spelled here with their numbers. The numbers are
 * ABI: include/uapi/linux/bpf.h (enum bpf_map_type, map_create flags) and include/uapi/linux/btf.h, Linux 7.3.
 */
#ifndef INNER_MAPS_UAPI_H
#define INNER_MAPS_UAPI_H

#include <linux/bpf.h>
#include <stdint.h>

enum map_type {
    MT_HASH = 1,
    MT_ARRAY = 2,
    MT_PROG_ARRAY = 3,
    MT_PERF_EVENT_ARRAY = 4,
    MT_PERCPU_HASH = 5,
    MT_PERCPU_ARRAY = 6,
    MT_STACK_TRACE = 7,
    MT_CGROUP_ARRAY = 8,
    MT_LRU_HASH = 9,
    MT_LRU_PERCPU_HASH = 10,
    MT_LPM_TRIE = 11,
    MT_ARRAY_OF_MAPS = 12,
    MT_HASH_OF_MAPS = 13,
    MT_DEVMAP = 14,
    MT_SOCKMAP = 15,
    MT_CPUMAP = 16,
    MT_XSKMAP = 17,
    MT_SOCKHASH = 18,
    MT_CGROUP_STORAGE = 19,
    MT_REUSEPORT_SOCKARRAY = 20,
    MT_PERCPU_CGROUP_STORAGE = 21,
    MT_QUEUE = 22,
    MT_STACK = 23,
    MT_SK_STORAGE = 24,
    MT_DEVMAP_HASH = 25,
    MT_STRUCT_OPS = 26,
    MT_RINGBUF = 27,
    MT_INODE_STORAGE = 28,
    MT_TASK_STORAGE = 29,
    MT_BLOOM_FILTER = 30, /* since 5.16 */
    MT_USER_RINGBUF = 31, /* since 6.1 */
    MT_CGRP_STORAGE = 32, /* since 6.2 */
    MT_ARENA = 33,        /* since 6.9 */
    MT_INSN_ARRAY = 34,   /* since 6.19 */
    MT_RHASH = 35,        /* seen in 7.2, not in 7.1 */
};

enum map_flag {
    MF_NO_PREALLOC = 1U << 0,
    MF_NO_COMMON_LRU = 1U << 1,
    MF_NUMA_NODE = 1U << 2,
    MF_RDONLY = 1U << 3,
    MF_WRONLY = 1U << 4,
    MF_ZERO_SEED = 1U << 6,
    MF_RDONLY_PROG = 1U << 7,
    MF_WRONLY_PROG = 1U << 8,
    MF_CLONE = 1U << 9,
    MF_MMAPABLE = 1U << 10,
    MF_PRESERVE_ELEMS = 1U << 11,
    MF_INNER_MAP = 1U << 12,   /* since 5.10 */
    MF_TOKEN_FD = 1U << 16,    /* since 6.9 */
    MF_NO_USER_CONV = 1U << 18, /* arena only, since 6.9 */
    MF_RB_OVERWRITE = 1U << 19, /* ring buffers only; seen in 7.2, not in 6.12 */
};

/* The part of union bpf_attr that BPF_MAP_CREATE reads, as of Linux 7.2. A kernel that is older takes the rest as long
 * as it is zero (bpf_check_uarg_tail_zero, CHECK_ATTR).
 */
struct map_create_attr {
    uint32_t map_type, key_size, value_size, max_entries, map_flags;
    uint32_t inner_map_fd;
    uint32_t numa_node;
    char map_name[16];
    uint32_t map_ifindex;
    uint32_t btf_fd, btf_key_type_id, btf_value_type_id, btf_vmlinux_value_type_id;
    uint64_t map_extra; /* since 5.16 */
    int32_t value_type_btf_obj_fd, map_token_fd; /* since 6.9 */
    uint64_t excl_prog_hash; /* since 6.18 */
    uint32_t excl_prog_hash_size, unused;
};

/* The same of BPF_BTF_LOAD. */
struct btf_load_attr {
    uint64_t btf, btf_log_buf;
    uint32_t btf_size, btf_log_size, btf_log_level;
    uint32_t btf_log_true_size; /* since 6.4 */
    uint32_t btf_flags;         /* since 6.9: MF_TOKEN_FD */
    int32_t btf_token_fd;
};

/* What a command takes beside its own attributes, where its number has COMMON_ATTRS: a place for the kernel's words
 * (struct bpf_common_attr; seen in 7.2, not in 6.12).
 */
struct common_attr {
    uint64_t log_buf;
    uint32_t log_size, log_level, log_true_size, unused;
};

enum { COMMON_ATTRS = 1 << 16 };

/* The kernel's own errno for "not supported" (include/linux/errno.h), which leaks to user space. */
#define ENOTSUPP 524

#endif
