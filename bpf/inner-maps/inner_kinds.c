/* Facts about map types, from the kernel's sources (5.10, 6.1, 6.12 and 7.3 were read; functions are named).
 *
 * Sizes are the smallest natural ones. Where a type requires flags, its `flags` hold just those. `other_type` of a
 * control keeps sizes and flags wherever another type allows it, so that the type alone differs.
 */
#include "inner_kinds.h"

#include "uapi.h"

#define BIT(typing) (1U << (typing))

#define TYPINGS_NONE BIT(TYPING_NONE)
#define TYPINGS_PLAIN (BIT(TYPING_NONE) | BIT(TYPING_BYTES) | BIT(TYPING_STRUCT))
#define TYPINGS_PERCPU (TYPINGS_PLAIN | BIT(TYPING_KPTR))
#define TYPINGS_FIELDS (TYPINGS_PLAIN | BIT(TYPING_SPIN_LOCK) | BIT(TYPING_TIMER) | BIT(TYPING_KPTR))
#define TYPINGS_ALL (TYPINGS_FIELDS | BIT(TYPING_INT) | BIT(TYPING_UNION) | BIT(TYPING_TYPEDEF))
/* Local storage insists on BTF (bpf_local_storage_map_alloc_check), so `none` cannot be asked. */
#define TYPINGS_STORAGE (BIT(TYPING_BYTES) | BIT(TYPING_STRUCT) | BIT(TYPING_SPIN_LOCK))

/* Entries of a template; a larger candidate has twice as many. */
enum { ENTRIES = 4, PAGE = 4096 };

enum { VALUE = TYPED_VALUE_SIZE, WIDER_VALUE = 2 * TYPED_VALUE_SIZE };

static const char free_size[] = "the type does not compare max_entries (its map_meta_equal is bpf_map_meta_equal)";
static const char array_size[] =
    "array_map_meta_equal compares max_entries unless the template has BPF_F_INNER_MAP (5.10)";
static const char percpu_array_size[] =
    "inlined look-ups trust the template's max_entries, so 7.1 and later compare it "
    "(percpu_array_map_ops.map_meta_equal is array_map_meta_equal)";
static const char xskmap_size[] = "xsk_map_meta_equal compares max_entries";

static const char prog_array_only[] = "prog_array is tied to its programs' type; it has no map_meta_equal (arraymap.c)";
static const char nested[] = "bpf_map_meta_alloc does not support more than one level of map-in-map";
static const char no_meta_equal[] = "the type has no map_meta_equal, so bpf_map_meta_alloc refuses it as a template";

/* net/core/bpf_sk_storage.c, kernel/bpf/bpf_{inode,task,cgrp}_storage.c: the same checks for all four */
#define LOCAL_STORAGE(identifier, number)                                                                              \
    {                                                                                                                  \
        .name = identifier, .shape = { number, 4, VALUE, 0, MF_NO_PREALLOC }, .key = KEY_SIGNED,                       \
        .other_key = KEY_UNSIGNED, .typings = TYPINGS_STORAGE, .plain = TYPING_BYTES, .size = SIZE_ABSENT,             \
        .other_value_size = WIDER_VALUE, .other_flag = MF_CLONE,                                                       \
        .other_type = { MT_HASH, 4, VALUE, ENTRIES, MF_NO_PREALLOC },                                                  \
    }

/* Types that no kernel takes as an inner map. One case for each outer map shows that the kernel refuses them. */
#define NEVER_INNER(identifier, why, ...)                                                                              \
    {                                                                                                                  \
        .name = identifier, .shape = { __VA_ARGS__ }, .typings = TYPINGS_NONE, .never_inner = why,                     \
    }

const struct inner_kind inner_kinds[] = {
    {
        .name = "array", .shape = { MT_ARRAY, 4, VALUE, ENTRIES, 0 },
        /* array_map_check_btf: a 32-bit integer key, signed or not */
        .key = KEY_UNSIGNED, .other_key = KEY_SIGNED, .typings = TYPINGS_ALL,
        .size = SIZE_FIXED, .size_source = array_size, .knows_inner_map_flag = true,
        .other_value_size = WIDER_VALUE, .other_flag = MF_RDONLY_PROG,
        .other_type = { MT_HASH, 4, VALUE, ENTRIES, 0 },
    },
    {
        .name = "hash", .shape = { MT_HASH, 4, VALUE, ENTRIES, 0 },
        .key = KEY_UNSIGNED, .other_key = KEY_STRUCT, .typings = TYPINGS_ALL,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = WIDER_VALUE, .other_key_size = 8, .other_flag = MF_RDONLY_PROG,
        .other_type = { MT_ARRAY, 4, VALUE, ENTRIES, 0 },
    },
    {
        .name = "hash_no_prealloc", .shape = { MT_HASH, 4, VALUE, ENTRIES, MF_NO_PREALLOC },
        .key = KEY_UNSIGNED, .other_key = KEY_STRUCT, .typings = TYPINGS_FIELDS,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = WIDER_VALUE, .other_key_size = 8, .other_flag = MF_RDONLY_PROG,
        .other_type = { MT_PERCPU_HASH, 4, VALUE, ENTRIES, MF_NO_PREALLOC },
    },
    {
        .name = "lru_hash", .shape = { MT_LRU_HASH, 4, VALUE, ENTRIES, 0 },
        .key = KEY_UNSIGNED, .other_key = KEY_STRUCT, .typings = TYPINGS_ALL,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = WIDER_VALUE, .other_key_size = 8, .other_flag = MF_RDONLY_PROG,
        .other_type = { MT_HASH, 4, VALUE, ENTRIES, 0 },
    },
    {
        .name = "percpu_array", .shape = { MT_PERCPU_ARRAY, 4, VALUE, ENTRIES, 0 },
        .key = KEY_UNSIGNED, .other_key = KEY_SIGNED, .typings = TYPINGS_PERCPU,
        .size = SIZE_FIXED, .size_source = percpu_array_size,
        .other_value_size = WIDER_VALUE, .other_flag = MF_RDONLY_PROG,
        .other_type = { MT_ARRAY, 4, VALUE, ENTRIES, 0 },
    },
    {
        .name = "percpu_hash", .shape = { MT_PERCPU_HASH, 4, VALUE, ENTRIES, 0 },
        .key = KEY_UNSIGNED, .other_key = KEY_STRUCT, .typings = TYPINGS_PERCPU,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = WIDER_VALUE, .other_key_size = 8, .other_flag = MF_RDONLY_PROG,
        .other_type = { MT_HASH, 4, VALUE, ENTRIES, 0 },
    },
    {
        .name = "lru_percpu_hash", .shape = { MT_LRU_PERCPU_HASH, 4, VALUE, ENTRIES, 0 },
        .key = KEY_UNSIGNED, .other_key = KEY_STRUCT, .typings = TYPINGS_PERCPU,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = WIDER_VALUE, .other_key_size = 8, .other_flag = MF_RDONLY_PROG,
        .other_type = { MT_LRU_HASH, 4, VALUE, ENTRIES, 0 },
    },
    {
        /* trie_alloc: a 4-byte prefix length before 1 to 256 bytes of data, BPF_F_NO_PREALLOC */
        .name = "lpm_trie", .shape = { MT_LPM_TRIE, 8, VALUE, ENTRIES, MF_NO_PREALLOC },
        .key = KEY_LPM, .other_key = KEY_LPM_WORD, .typings = TYPINGS_PLAIN,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = WIDER_VALUE, .other_key_size = 20, .other_flag = MF_RDONLY_PROG,
        .other_type = { MT_HASH, 8, VALUE, ENTRIES, MF_NO_PREALLOC },
    },
    {
        .name = "queue", .shape = { MT_QUEUE, 0, VALUE, ENTRIES, 0 },
        .key = KEY_EMPTY, .other_key = KEY_EMPTY, .typings = TYPINGS_PLAIN,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = WIDER_VALUE, .other_flag = MF_RDONLY_PROG,
        .other_type = { MT_STACK, 0, VALUE, ENTRIES, 0 },
    },
    {
        .name = "stack", .shape = { MT_STACK, 0, VALUE, ENTRIES, 0 },
        .key = KEY_EMPTY, .other_key = KEY_EMPTY, .typings = TYPINGS_PLAIN,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = WIDER_VALUE, .other_flag = MF_RDONLY_PROG,
        .other_type = { MT_QUEUE, 0, VALUE, ENTRIES, 0 },
    },
    {
        /* ringbuf_map_alloc: no key, no value, entries are bytes: a power of two, whole pages. Nothing else is like it
         * on all kernels, so in its map_type control the value size differs as well. */
        .name = "ringbuf", .shape = { MT_RINGBUF, 0, 0, PAGE, 0 }, .typings = TYPINGS_NONE,
        .size = SIZE_FREE, .size_source = free_size,
        .other_flag = MF_NUMA_NODE, .other_type = { MT_QUEUE, 0, VALUE, ENTRIES, 0 },
    },
    {
        .name = "user_ringbuf", .shape = { MT_USER_RINGBUF, 0, 0, PAGE, 0 }, .typings = TYPINGS_NONE,
        .size = SIZE_FREE, .size_source = free_size,
        .other_flag = MF_NUMA_NODE, .other_type = { MT_RINGBUF, 0, 0, PAGE, 0 },
    },
    {
        .name = "bloom_filter", .shape = { MT_BLOOM_FILTER, 0, VALUE, ENTRIES, 0 },
        .key = KEY_VOID, .other_key = KEY_VOID, .typings = TYPINGS_PLAIN,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = WIDER_VALUE, .other_flag = MF_RDONLY_PROG,
        .other_type = { MT_QUEUE, 0, VALUE, ENTRIES, 0 },
    },
    {
        /* rhtab_map_alloc_check: BPF_F_NO_PREALLOC */
        .name = "rhash", .shape = { MT_RHASH, 4, VALUE, ENTRIES, MF_NO_PREALLOC },
        .key = KEY_UNSIGNED, .other_key = KEY_STRUCT, .typings = TYPINGS_PLAIN,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = WIDER_VALUE, .other_key_size = 8, .other_flag = MF_RDONLY_PROG,
        .other_type = { MT_HASH, 4, VALUE, ENTRIES, MF_NO_PREALLOC },
    },
    LOCAL_STORAGE("sk_storage", MT_SK_STORAGE),
    LOCAL_STORAGE("inode_storage", MT_INODE_STORAGE),
    LOCAL_STORAGE("task_storage", MT_TASK_STORAGE),
    LOCAL_STORAGE("cgrp_storage", MT_CGRP_STORAGE),
    {
        /* dev_map_alloc_check: values of 4 (ifindex) or 8 bytes (ifindex and program) */
        .name = "devmap", .shape = { MT_DEVMAP, 4, 4, ENTRIES, 0 }, .typings = TYPINGS_NONE,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = 8, .other_flag = MF_NUMA_NODE, .other_type = { MT_DEVMAP_HASH, 4, 4, ENTRIES, 0 },
    },
    {
        .name = "devmap_hash", .shape = { MT_DEVMAP_HASH, 4, 4, ENTRIES, 0 }, .typings = TYPINGS_NONE,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = 8, .other_flag = MF_NUMA_NODE, .other_type = { MT_DEVMAP, 4, 4, ENTRIES, 0 },
    },
    {
        /* cpu_map_alloc: values of 4 (queue size) or 8 bytes (and program), no more entries than NR_CPUS */
        .name = "cpumap", .shape = { MT_CPUMAP, 4, 4, ENTRIES, 0 }, .typings = TYPINGS_NONE,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = 8, .other_flag = MF_NUMA_NODE, .other_type = { MT_ARRAY, 4, 4, ENTRIES, 0 },
    },
    {
        .name = "xskmap", .shape = { MT_XSKMAP, 4, 4, ENTRIES, 0 }, .typings = TYPINGS_NONE,
        .size = SIZE_FIXED, .size_source = xskmap_size,
        .other_flag = MF_NUMA_NODE, .other_type = { MT_ARRAY, 4, 4, ENTRIES, 0 },
    },
    {
        /* sock_map_alloc: values of 4 (descriptor) or 8 bytes (cookie) */
        .name = "sockmap", .shape = { MT_SOCKMAP, 4, 4, ENTRIES, 0 }, .typings = TYPINGS_NONE,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = 8, .other_flag = MF_NUMA_NODE, .other_type = { MT_ARRAY, 4, 4, ENTRIES, 0 },
    },
    {
        .name = "sockhash", .shape = { MT_SOCKHASH, 4, 4, ENTRIES, 0 }, .typings = TYPINGS_NONE,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = 8, .other_key_size = 8, .other_flag = MF_NUMA_NODE,
        .other_type = { MT_HASH, 4, 4, ENTRIES, 0 },
    },
    {
        .name = "reuseport_sockarray", .shape = { MT_REUSEPORT_SOCKARRAY, 4, 4, ENTRIES, 0 },
        .typings = TYPINGS_NONE, .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = 8, .other_flag = MF_NUMA_NODE, .other_type = { MT_ARRAY, 4, 4, ENTRIES, 0 },
    },
    {
        /* stack_map_alloc: a multiple of 8, an address a frame */
        .name = "stack_trace", .shape = { MT_STACK_TRACE, 4, VALUE, ENTRIES, 0 }, .typings = TYPINGS_NONE,
        .size = SIZE_FREE, .size_source = free_size,
        .other_value_size = WIDER_VALUE, .other_flag = MF_NUMA_NODE,
        .other_type = { MT_HASH, 4, VALUE, ENTRIES, 0 },
    },
    {
        .name = "perf_event_array", .shape = { MT_PERF_EVENT_ARRAY, 4, 4, ENTRIES, 0 }, .typings = TYPINGS_NONE,
        .size = SIZE_FREE, .size_source = free_size,
        .other_flag = MF_NUMA_NODE, .other_type = { MT_ARRAY, 4, 4, ENTRIES, 0 },
    },
    {
        .name = "cgroup_array", .shape = { MT_CGROUP_ARRAY, 4, 4, ENTRIES, 0 }, .typings = TYPINGS_NONE,
        .size = SIZE_FREE, .size_source = free_size,
        .other_flag = MF_NUMA_NODE, .other_type = { MT_ARRAY, 4, 4, ENTRIES, 0 },
    },
    {
        /* arena_map_alloc: no key, no value, entries are pages, BPF_F_MMAPABLE. Costly since it fills in page tables
         * for 4 GiB (seen in 7.3: 0.1 s each under emulation).
         */
        .name = "arena", .shape = { MT_ARENA, 0, 0, ENTRIES, MF_MMAPABLE }, .typings = TYPINGS_NONE, .costly = true,
        .size = SIZE_FREE, .size_source = free_size,
        .other_flag = MF_NO_USER_CONV, .other_type = { MT_ARRAY, 4, VALUE, ENTRIES, MF_MMAPABLE },
    },
    NEVER_INNER("prog_array", prog_array_only, MT_PROG_ARRAY, 4, 4, ENTRIES, 0),
    NEVER_INNER("insn_array", no_meta_equal, MT_INSN_ARRAY, 4, 16, ENTRIES, 0),
    NEVER_INNER("cgroup_storage", no_meta_equal, MT_CGROUP_STORAGE, 8, VALUE, 0, 0),
    NEVER_INNER("percpu_cgroup_storage", no_meta_equal, MT_PERCPU_CGROUP_STORAGE, 8, VALUE, 0, 0),
    NEVER_INNER("array_of_maps", nested, MT_ARRAY_OF_MAPS, 4, 4, 1, 0),
    NEVER_INNER("hash_of_maps", nested, MT_HASH_OF_MAPS, 4, 4, 1, 0),
};

const size_t inner_kind_count = sizeof(inner_kinds) / sizeof(inner_kinds[0]);
