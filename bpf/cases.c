/* The case table: pairs of typings, variants and controls of every inner kind, under both outer types. Case ids, and
 * what a portable program wants, follow one vocabulary, which README.md spells out.
 */
#include "case.h"

#include <fnmatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "inner_kinds.h"
#include "uapi.h"

/* bpf_map_meta_equal: type, key_size, value_size, map_flags; the typed fields are timer_off and kptr_off_tab in 5.15
 * to 6.1, btf_record since 6.2.
 */
static const char plain_pair[] = "type, sizes and flags agree, and there is no special field on either side";
static const char same_field[] = "both sides have the same special field, and all else agrees";
static const char field_differs[] =
    "the special fields differ, and programs are verified against the template's (bpf_map_meta_equal, btf_record_equal)";
static const char flags_differ[] = "map_flags differ (bpf_map_meta_equal)";
static const char control_differs[] = "control: bpf_map_meta_equal compares it on every kernel";
static const char inner_flag_array[] = "BPF_F_INNER_MAP frees an array template's size (array_map_meta_equal, 5.10)";
static const char inner_flag_other[] =
    "the type does not compare max_entries; only ARRAY knows BPF_F_INNER_MAP (array_map_alloc_check)";
static const char key_differs[] = "key sizes agree; how BTF describes the key is not compared";
static const char name_differs[] = "names of maps and types are not compared";

struct builder {
    struct case_table table;
    size_t room;
    const char *outer_name;
    uint32_t outer;
    const struct inner_kind *kind;
};

static struct map_spec spec_of(const struct inner_kind *kind, const struct shape *shape, enum typing typing)
{
    return (struct map_spec){
        .type = shape->type,
        .key_size = shape->key_size,
        .value_size = shape->value_size,
        .max_entries = shape->max_entries,
        .flags = shape->flags,
        .typing = typing,
        .key = kind->key,
        .tag = "foo",
    };
}

static struct test_case *add(struct builder *b, enum want want, const char *source)
{
    if (b->table.count == b->room) {
        b->room = b->room ? b->room * 2 : 1024;
        b->table.cases = realloc(b->table.cases, b->room * sizeof(*b->table.cases));
        if (!b->table.cases) {
            perror("prober: case table");
            exit(2);
        }
    }
    struct test_case *item = &b->table.cases[b->table.count++];

    memset(item, 0, sizeof(*item));
    item->want = want;
    item->source = source;
    return item;
}

/* Adds a case of the kind at hand with this variant (NULL for none), both maps as the kind has them, for the caller to
 * change what the variant changes.
 */
static struct raw_case *add_raw(struct builder *b, enum typing template, enum typing candidate, const char *variant,
                                enum want want, const char *source)
{
    const struct inner_kind *kind = b->kind;
    struct test_case *item =
        add(b, kind->never_inner ? WANT_REJECT : want, kind->never_inner ? kind->never_inner : source);

    item->layer = LAYER_RAW;
    item->raw.outer = b->outer;
    item->raw.inner_name = kind->name;
    item->raw.template = spec_of(kind, &kind->shape, template);
    item->raw.candidate = spec_of(kind, &kind->shape, candidate);
    snprintf(item->id, sizeof(item->id), "raw.%s.%s.%s.%s%s%s", b->outer_name, kind->name, typing_name(template),
             typing_name(candidate), variant ? "." : "", variant ? variant : "");
    return &item->raw;
}

static bool has_typing(const struct inner_kind *kind, enum typing typing)
{
    return kind->typings >> typing & 1;
}

static void add_pair(struct builder *b, enum typing template, enum typing candidate)
{
    if (!typing_is_special(template) && !typing_is_special(candidate))
        add_raw(b, template, candidate, NULL, WANT_ACCEPT, plain_pair);
    else if (template == candidate)
        add_raw(b, template, candidate, NULL, WANT_ACCEPT, same_field);
    else
        add_raw(b, template, candidate, NULL, WANT_REJECT, field_differs);
}

static void add_pairs(struct builder *b)
{
    for (enum typing template = 0; template < TYPING_COUNT; template++)
        for (enum typing candidate = 0; candidate < TYPING_COUNT; candidate++)
            if (has_typing(b->kind, template) && has_typing(b->kind, candidate))
                add_pair(b, template, candidate);
}

static void add_sizes(struct builder *b)
{
    const struct inner_kind *kind = b->kind;
    struct raw_case *raw;

    if (kind->size == SIZE_ABSENT)
        return;
    raw = add_raw(b, kind->plain, kind->plain, "max_entries", kind->size == SIZE_FIXED ? WANT_REJECT : WANT_ACCEPT,
                  kind->size_source);
    raw->candidate.max_entries *= 2;

    raw = add_raw(b, kind->plain, kind->plain, "max_entries_inner_map_flag",
                  kind->size == SIZE_FIXED && !kind->knows_inner_map_flag ? WANT_REJECT : WANT_ACCEPT,
                  kind->knows_inner_map_flag ? inner_flag_array : inner_flag_other);
    raw->candidate.max_entries *= 2;
    raw->template.flags |= MF_INNER_MAP;
    raw->candidate.flags |= MF_INNER_MAP;
}

static void add_inner_map_flag_sides(struct builder *b)
{
    if (!b->kind->knows_inner_map_flag)
        return;
    add_raw(b, b->kind->plain, b->kind->plain, "inner_map_flag_template", WANT_REJECT, flags_differ)->template.flags |=
        MF_INNER_MAP;
    add_raw(b, b->kind->plain, b->kind->plain, "inner_map_flag_candidate", WANT_REJECT, flags_differ)->candidate.flags |=
        MF_INNER_MAP;
}

/* A key can be typed only together with the value (map_create refuses btf_key_type_id alone), hence the typed pairs. */
static void add_key_typings(struct builder *b)
{
    static const enum typing typings[] = { TYPING_BYTES, TYPING_STRUCT };

    if (b->kind->key == b->kind->other_key)
        return;
    for (size_t i = 0; i < sizeof(typings) / sizeof(typings[0]); i++)
        if (has_typing(b->kind, typings[i]))
            add_raw(b, typings[i], typings[i], "key_btf", WANT_ACCEPT, key_differs)->candidate.key = b->kind->other_key;
}

/* Untyped, the maps' own names differ; typed, the structs' names as well. Types that know no BTF have no such question. */
static void add_names(struct builder *b)
{
    static const enum typing typings[] = { TYPING_NONE, TYPING_STRUCT };

    if (!has_typing(b->kind, TYPING_STRUCT))
        return;
    for (size_t i = 0; i < sizeof(typings) / sizeof(typings[0]); i++) {
        if (!has_typing(b->kind, typings[i]))
            continue;
        struct raw_case *raw = add_raw(b, typings[i], typings[i], "name", WANT_ACCEPT, name_differs);

        raw->template.name = "template";
        raw->candidate.name = "candidate";
        raw->candidate.tag = "bar";
    }
}

static void add_controls(struct builder *b)
{
    const struct inner_kind *kind = b->kind;
    enum typing plain = kind->plain;

    if (kind->other_value_size)
        add_raw(b, plain, plain, "value_size", WANT_REJECT, control_differs)->candidate.value_size =
            kind->other_value_size;
    if (kind->other_key_size)
        add_raw(b, plain, plain, "key_size", WANT_REJECT, control_differs)->candidate.key_size = kind->other_key_size;
    if (kind->other_type.type)
        add_raw(b, plain, plain, "map_type", WANT_REJECT, control_differs)->candidate =
            spec_of(kind, &kind->other_type, plain);
    if (kind->other_flag)
        add_raw(b, plain, plain, "map_flags", WANT_REJECT, control_differs)->candidate.flags |= kind->other_flag;
}

static void add_kind(struct builder *b, const struct inner_kind *kind)
{
    b->kind = kind;
    add_pairs(b);
    if (kind->never_inner)
        return;
    add_sizes(b);
    add_inner_map_flag_sides(b);
    add_key_typings(b);
    add_names(b);
    add_controls(b);
}

struct case_table case_table_build(void)
{
    static const struct {
        const char *name;
        uint32_t type;
    } outers[] = { { "array_of_maps", MT_ARRAY_OF_MAPS }, { "hash_of_maps", MT_HASH_OF_MAPS } };
    struct builder b = { 0 };

    for (size_t outer = 0; outer < sizeof(outers) / sizeof(outers[0]); outer++) {
        b.outer_name = outers[outer].name;
        b.outer = outers[outer].type;
        for (size_t i = 0; i < inner_kind_count; i++)
            add_kind(&b, &inner_kinds[i]);
    }
    return b.table;
}

void case_table_select(struct case_table *table, char *const *globs, size_t count)
{
    size_t kept = 0;

    if (!count)
        return;
    for (size_t i = 0; i < table->count; i++) {
        bool match = false;

        for (size_t g = 0; g < count && !match; g++)
            match = fnmatch(globs[g], table->cases[i].id, 0) == 0;
        if (match)
            table->cases[kept++] = table->cases[i];
    }
    table->count = kept;
}

/* SplitMix64 (Steele, Lea, Flood 2014): the order must depend on nothing but the seed, on any C library. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
    z = (z ^ z >> 27) * 0x94d049bb133111eb;
    return z ^ z >> 31;
}

void case_table_shuffle(struct case_table *table, uint64_t seed)
{
    for (size_t i = table->count; i > 1; i--) {
        size_t j = (size_t)(next_random(&seed) % i);
        struct test_case other = table->cases[i - 1];

        table->cases[i - 1] = table->cases[j];
        table->cases[j] = other;
    }
}

void case_table_free(struct case_table *table)
{
    free(table->cases);
    *table = (struct case_table){ 0 };
}
