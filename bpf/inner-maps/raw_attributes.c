/* Attributes of the template and the candidate other than flags: exclusive and frozen maps, map_extra, tokens, fewer
 * entries, NUMA nodes. The kernel's sources were read in 5.10, 6.1, 6.12 and 7.2.
 */
#include "raw_cases.h"
#include "uapi.h"

static const char exclusive[] =
    "one program alone may use an exclusive map, and any program that has the outer map would find it there "
    "(bpf_map_meta_alloc, bpf_map_fd_get_ptr: ENOTSUPP since 9a3c3c49c333, 7.2)";
static const char frozen[] = "bpf_map_meta_equal does not compare whether user space may still write (map->frozen)";
static const char map_extra[] = "bpf_map_meta_equal does not compare map_extra, which the map itself keeps";
static const char fewer_fixed[] =
    "a program's look-up may trust the template's size: array_map_meta_equal, xsk_map_meta_equal compare max_entries "
    "(percpu_array since 7.1)";
static const char fewer_free[] = "the type does not compare max_entries, and look-ups ask the map itself";
static const char rounded[] = "the type does not compare max_entries, neither as given nor as rounded (htab_map_alloc)";
static const char fewer_inner_map[] = "BPF_F_INNER_MAP frees an array template's size (array_map_meta_equal, 5.10)";
static const char other_node[] = "bpf_map_meta_equal compares the flag BPF_F_NUMA_NODE, and not the node";

static const char token[] =
    "BPF_F_TOKEN_FD is taken out of map_flags before the map is made (map_create, 6.9), and the map keeps no token";

static struct raw_case *add(const struct place *place, const char *variant, enum want want, const char *source)
{
    return add_raw(place, place->kind->plain, place->kind->plain, variant, want, source);
}

/* The same on the template, on the candidate and on both. */
static void add_sides(const struct place *place, const char *name, const struct map_extras *extras, enum want want,
                      const char *source)
{
    for (unsigned side = SIDE_TEMPLATE; side <= SIDE_BOTH; side <<= 1)
        add_raw_side(place, name, (enum side)side, extras, want, source);
}

static void add_exclusive(const struct place *place)
{
    static const struct map_extras first = { .name = "excl_prog_hash", .owner = OWNER_FIRST };
    static const struct map_extras other = { .name = "excl_prog_hash", .owner = OWNER_OTHER };
    struct raw_case *raw;

    add_sides(place, "exclusive", &first, WANT_REJECT, exclusive);
    raw = add(place, "exclusive_differs", WANT_REJECT, exclusive);
    raw->template.extras = first;
    raw->candidate.extras = other;
}

static void add_frozen(const struct place *place)
{
    static const struct map_extras extras = { .name = "BPF_MAP_FREEZE", .frozen = true };

    add_sides(place, "frozen", &extras, WANT_ACCEPT, frozen);
}

/* The template has twice the entries of the candidate, which is as the kind has it. */
static void add_fewer(const struct place *place)
{
    const bool fixed = place->kind->size == SIZE_FIXED;
    struct raw_case *raw =
        add(place, "fewer_entries", fixed ? WANT_REJECT : WANT_ACCEPT, fixed ? fewer_fixed : fewer_free);

    raw->template.max_entries *= 2;
    if (!place->kind->knows_inner_map_flag)
        return;
    raw = add(place, "fewer_entries_inner_map_flag", WANT_ACCEPT, fewer_inner_map);
    raw->template.max_entries *= 2;
    raw->template.flags |= MF_INNER_MAP;
    raw->candidate.flags |= MF_INNER_MAP;
}

/* The kernel rounds entries to a multiple of the possible CPUs (htab_map_alloc): on two, both maps have 4. */
static void add_rounded(const struct place *place)
{
    static const struct map_extras extras = { .name = "BPF_F_NO_COMMON_LRU", .flags = MF_NO_COMMON_LRU };
    struct raw_case *raw = add(place, "no_common_lru_rounded", WANT_ACCEPT, rounded);

    raw->template.extras = extras;
    raw->template.max_entries = 3;
    raw->candidate.extras = extras;
    raw->candidate.max_entries = 4;
}

static void add_other_node(const struct place *place)
{
    struct raw_case *raw = add(place, "numa_node_differs", WANT_ACCEPT, other_node);

    raw->template.extras = (struct map_extras){ .name = "NUMA node 0", .flags = MF_NUMA_NODE };
    raw->candidate.extras = (struct map_extras){ .name = "NUMA node 1", .flags = MF_NUMA_NODE, .numa_node = 1 };
}

/* Of a bloom filter, the number of hash functions; of an rhash, a hint for its first size. (An arena's is where user
 * space is going to map it. Two more arenas would take a fifth of all probing.)
 */
static uint64_t map_extra_of(uint32_t type)
{
    return type == MT_RHASH ? 2 : 3;
}

static void add_map_extra(const struct place *place)
{
    const struct map_extras extras = { .name = "map_extra", .map_extra = map_extra_of(place->kind->shape.type) };

    add_sides(place, "map_extra", &extras, WANT_ACCEPT, map_extra);
}

static void add_token(const struct place *place)
{
    static const struct map_extras extras = { .name = "BPF token", .token = true };

    add_sides(place, "token", &extras, WANT_ACCEPT, token);
}

static void add_common(const struct place *place)
{
    add_exclusive(place);
    add_frozen(place);
    add_other_node(place);
}

/* The kinds one after the other: cases of one kind share their maps. */
static const struct {
    const char *kind;
    void (*add)(const struct place *);
} questions[] = {
    { "array", add_common },
    { "array", add_fewer },
    { "array", add_token },
    { "hash", add_common },
    { "hash", add_fewer },
    { "lru_hash", add_fewer },
    { "lru_hash", add_rounded },
    { "percpu_array", add_fewer },
    { "percpu_hash", add_fewer },
    { "lpm_trie", add_fewer },
    { "queue", add_fewer },
    { "ringbuf", add_fewer },
    { "xskmap", add_fewer },
    { "bloom_filter", add_map_extra },
    { "rhash", add_map_extra },
};

void add_raw_attributes(struct case_builder *builder)
{
    for (size_t i = 0; i < sizeof(questions) / sizeof(questions[0]); i++)
        at_both_outers(builder, kind_named(questions[i].kind), questions[i].add);
}
