/* Flags of BPF_MAP_CREATE on the template, on the candidate and on both, each with the inner kinds that take it.
 *
 * The kernel's sources were read in 5.10, 6.1, 6.12 and 7.2. bpf_map_meta_equal compares map_flags as a whole, so a
 * flag on one side is refused, unless the flag is none of the map's.
 */
#include <string.h>

#include "raw_cases.h"
#include "uapi.h"

static const char of_descriptor[] =
    "the flag says what a descriptor may do, and the map does not keep it (bpf_map_flags_retain_permanent, 5.10)";
static const char flags_differ[] = "map_flags differ (bpf_map_meta_equal)";
static const char flags_agree[] = "map_flags agree (bpf_map_meta_equal)";

struct flag {
    const char *name; /* as in case ids */
    const char *spelt;
    uint32_t value;
    bool of_descriptor;
};

static const struct flag rdonly = { "rdonly", "BPF_F_RDONLY", MF_RDONLY, true };
static const struct flag wronly = { "wronly", "BPF_F_WRONLY", MF_WRONLY, true };
static const struct flag rdonly_prog = { "rdonly_prog", "BPF_F_RDONLY_PROG", MF_RDONLY_PROG, false };
static const struct flag wronly_prog = { "wronly_prog", "BPF_F_WRONLY_PROG", MF_WRONLY_PROG, false };
static const struct flag mmapable = { "mmapable", "BPF_F_MMAPABLE", MF_MMAPABLE, false };
static const struct flag zero_seed = { "zero_seed", "BPF_F_ZERO_SEED", MF_ZERO_SEED, false };
static const struct flag numa_node = { "numa_node", "BPF_F_NUMA_NODE", MF_NUMA_NODE, false };
static const struct flag no_common_lru = { "no_common_lru", "BPF_F_NO_COMMON_LRU", MF_NO_COMMON_LRU, false };
static const struct flag no_prealloc = { "no_prealloc", "BPF_F_NO_PREALLOC", MF_NO_PREALLOC, false };
static const struct flag preserve_elems = { "preserve_elems", "BPF_F_PRESERVE_ELEMS", MF_PRESERVE_ELEMS, false };
static const struct flag rb_overwrite = { "rb_overwrite", "BPF_F_RB_OVERWRITE", MF_RB_OVERWRITE, false };
static const struct flag clone = { "clone", "BPF_F_CLONE", MF_CLONE, false };
static const struct flag inner_map = { "inner_map_flag", "BPF_F_INNER_MAP", MF_INNER_MAP, false };

/* The kinds one after the other: cases of one kind share their maps. ARRAY_CREATE_FLAG_MASK and array_map_alloc_check,
 * HTAB_CREATE_FLAG_MASK and htab_map_alloc_check, RINGBUF_CREATE_FLAG_MASK, BPF_LOCAL_STORAGE_CREATE_FLAG_MASK say who
 * takes what.
 */
static const struct {
    const char *kind;
    const struct flag *flag;
    unsigned sides;
} questions[] = {
    { "array", &rdonly, SIDES_ALL },
    { "array", &wronly, SIDES_ALL },
    { "array", &rdonly_prog, SIDES_ALL },
    { "array", &wronly_prog, SIDES_ALL },
    { "array", &mmapable, SIDES_ALL },
    { "array", &numa_node, SIDES_ALL },
    { "array", &inner_map, SIDE_BOTH }, /* raw_cases.c asks about one side */
    { "hash", &rdonly, SIDES_ALL },
    { "hash", &wronly, SIDES_ALL },
    { "hash", &rdonly_prog, SIDES_ALL },
    { "hash", &wronly_prog, SIDES_ALL },
    { "hash", &zero_seed, SIDES_ALL },
    { "hash", &numa_node, SIDES_ALL },
    { "hash", &no_prealloc, SIDES_ONE }, /* with the flag on both sides, the kind is hash_no_prealloc */
    { "lru_hash", &zero_seed, SIDES_ALL },
    { "lru_hash", &no_common_lru, SIDES_ALL },
    { "percpu_hash", &no_prealloc, SIDES_ALL },
    { "lru_percpu_hash", &no_common_lru, SIDES_ALL },
    { "ringbuf", &numa_node, SIDES_ALL },
    { "ringbuf", &rb_overwrite, SIDES_ALL },
    { "perf_event_array", &preserve_elems, SIDES_ALL },
    { "sk_storage", &clone, SIDES_ALL },
};

static void add_side(const struct place *place, const struct flag *flag, enum side side)
{
    const bool agree = flag->of_descriptor || side == SIDE_BOTH;
    const struct map_extras extras = { .name = flag->spelt, .flags = flag->value };

    add_raw_side(place, flag->name, side, &extras, agree ? WANT_ACCEPT : WANT_REJECT,
                 flag->of_descriptor ? of_descriptor : agree ? flags_agree : flags_differ);
}

enum { QUESTIONS = sizeof(questions) / sizeof(questions[0]) };

static void add_flags_of_kind(const struct place *place)
{
    for (size_t i = 0; i < QUESTIONS; i++)
        for (unsigned side = SIDE_TEMPLATE; side <= SIDE_BOTH; side <<= 1)
            if (!strcmp(questions[i].kind, place->kind->name) && questions[i].sides & side)
                add_side(place, questions[i].flag, (enum side)side);
}

void add_raw_flags(struct case_builder *builder)
{
    for (size_t i = 0; i < QUESTIONS; i++)
        if (i == 0 || strcmp(questions[i].kind, questions[i - 1].kind) != 0)
            at_both_outers(builder, kind_named(questions[i].kind), add_flags_of_kind);
}
