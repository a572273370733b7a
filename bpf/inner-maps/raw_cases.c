/* The cases of layer raw: pairs of typings, variants and controls of every inner kind, under both outer types. Case
 * ids, and what a portable program wants, follow one vocabulary, which README.md spells out.
 */
#include "raw_cases.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layers.h"
#include "uapi.h"

/* bpf_map_meta_equal: type, key_size, value_size, map_flags; the typed fields are timer_off and kptr_off_tab in 5.15
 * to 6.1, btf_record since 6.2.
 */
static const char plain_pair[] = "type, sizes and flags agree, and there is no special field on either side";
static const char same_field[] = "both sides have the same special field, and all else agrees";
static const char field_differs[] =
    "the special fields differ, and programs are verified against the template's "
    "(bpf_map_meta_equal, btf_record_equal)";
static const char flags_differ[] = "map_flags differ (bpf_map_meta_equal)";
static const char control_differs[] = "control: bpf_map_meta_equal compares it on every kernel";
static const char inner_flag_array[] = "BPF_F_INNER_MAP frees an array template's size (array_map_meta_equal, 5.10)";
static const char inner_flag_other[] =
    "the type does not compare max_entries; only ARRAY knows BPF_F_INNER_MAP (array_map_alloc_check)";
static const char key_differs[] = "key sizes agree; how BTF describes the key is not compared";
static const char name_differs[] = "names of maps and types are not compared";

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

struct raw_case raw_case_of(const struct place *place, enum typing template, enum typing candidate)
{
    const struct inner_kind *kind = place->kind;

    return (struct raw_case){
        .outer = place->outer,
        .inner_name = kind->name,
        .template = spec_of(kind, &kind->shape, template),
        .candidate = spec_of(kind, &kind->shape, candidate),
    };
}

struct raw_case *add_raw(const struct place *place, enum typing template, enum typing candidate, const char *variant,
                         enum want want, const char *source)
{
    const struct inner_kind *kind = place->kind;
    struct test_case *item = case_add(place->builder, kind->never_inner ? WANT_REJECT : want,
                                      kind->never_inner ? kind->never_inner : source, sizeof(struct raw_case));
    struct raw_case *raw = item->question;

    *raw = raw_case_of(place, template, candidate);
    case_set_id(item, "raw", place->outer_name, kind->name, typing_name(template), typing_name(candidate),
                variant ? variant : "", NULL);
    return raw;
}

void add_raw_side(const struct place *place, const char *name, enum side side, const struct map_extras *extras,
                  enum want want, const char *source)
{
    const char *const ending = side == SIDE_TEMPLATE ? "template" : side == SIDE_CANDIDATE ? "candidate" : "both";
    enum typing plain = place->kind->plain;
    struct raw_case *raw;
    char variant[64];

    snprintf(variant, sizeof(variant), "%s_%s", name, ending);
    raw = add_raw(place, plain, plain, variant, want, source);
    if (side != SIDE_CANDIDATE)
        raw->template.extras = *extras;
    if (side != SIDE_TEMPLATE)
        raw->candidate.extras = *extras;
}

static bool has_typing(const struct inner_kind *kind, enum typing typing)
{
    return kind->typings >> typing & 1;
}

static void add_pair(const struct place *place, enum typing template, enum typing candidate)
{
    if (!typing_is_special(template) && !typing_is_special(candidate))
        add_raw(place, template, candidate, NULL, WANT_ACCEPT, plain_pair);
    else if (template == candidate)
        add_raw(place, template, candidate, NULL, WANT_ACCEPT, same_field);
    else
        add_raw(place, template, candidate, NULL, WANT_REJECT, field_differs);
}

static void add_pairs(const struct place *place)
{
    for (enum typing template = 0; template < TYPING_COUNT; template++)
        for (enum typing candidate = 0; candidate < TYPING_COUNT; candidate++)
            if (has_typing(place->kind, template) && has_typing(place->kind, candidate))
                add_pair(place, template, candidate);
}

static void add_sizes(const struct place *place)
{
    const struct inner_kind *kind = place->kind;
    struct raw_case *raw;

    if (kind->size == SIZE_ABSENT)
        return;
    raw = add_raw(place, kind->plain, kind->plain, "max_entries", kind->size == SIZE_FIXED ? WANT_REJECT : WANT_ACCEPT,
                  kind->size_source);
    raw->candidate.max_entries *= 2;

    raw = add_raw(place, kind->plain, kind->plain, "max_entries_inner_map_flag",
                  kind->size == SIZE_FIXED && !kind->knows_inner_map_flag ? WANT_REJECT : WANT_ACCEPT,
                  kind->knows_inner_map_flag ? inner_flag_array : inner_flag_other);
    raw->candidate.max_entries *= 2;
    raw->template.flags |= MF_INNER_MAP;
    raw->candidate.flags |= MF_INNER_MAP;
}

static void add_inner_map_flag_sides(const struct place *place)
{
    enum typing plain = place->kind->plain;
    struct raw_case *raw;

    if (!place->kind->knows_inner_map_flag)
        return;
    raw = add_raw(place, plain, plain, "inner_map_flag_template", WANT_REJECT, flags_differ);
    raw->template.flags |= MF_INNER_MAP;
    raw = add_raw(place, plain, plain, "inner_map_flag_candidate", WANT_REJECT, flags_differ);
    raw->candidate.flags |= MF_INNER_MAP;
}

/* A key can be typed only together with the value (map_create refuses btf_key_type_id alone), hence the typed pairs. */
static void add_key_typings(const struct place *place)
{
    static const enum typing typings[] = { TYPING_BYTES, TYPING_STRUCT };

    struct raw_case *raw;

    if (place->kind->key == place->kind->other_key)
        return;
    for (size_t i = 0; i < sizeof(typings) / sizeof(typings[0]); i++)
        if (has_typing(place->kind, typings[i])) {
            raw = add_raw(place, typings[i], typings[i], "key_btf", WANT_ACCEPT, key_differs);
            raw->candidate.key = place->kind->other_key;
        }
}

/* Untyped, the maps' own names differ; typed, the structs' names as well. Map types that know no BTF have no such
 * question.
 */
static void add_names(const struct place *place)
{
    static const enum typing typings[] = { TYPING_NONE, TYPING_STRUCT };

    if (!has_typing(place->kind, TYPING_STRUCT))
        return;
    for (size_t i = 0; i < sizeof(typings) / sizeof(typings[0]); i++) {
        if (!has_typing(place->kind, typings[i]))
            continue;
        struct raw_case *raw = add_raw(place, typings[i], typings[i], "name", WANT_ACCEPT, name_differs);

        raw->template.name = "template";
        raw->candidate.name = "candidate";
        raw->candidate.tag = "bar";
    }
}

static void add_controls(const struct place *place)
{
    const struct inner_kind *kind = place->kind;
    enum typing plain = kind->plain;

    if (kind->other_value_size)
        add_raw(place, plain, plain, "value_size", WANT_REJECT, control_differs)->candidate.value_size =
            kind->other_value_size;
    if (kind->other_key_size)
        add_raw(place, plain, plain, "key_size", WANT_REJECT, control_differs)->candidate.key_size =
            kind->other_key_size;
    if (kind->other_type.type)
        add_raw(place, plain, plain, "map_type", WANT_REJECT, control_differs)->candidate =
            spec_of(kind, &kind->other_type, plain);
    if (kind->other_flag)
        add_raw(place, plain, plain, "map_flags", WANT_REJECT, control_differs)->candidate.flags |= kind->other_flag;
}

static void add_kind(const struct place *place)
{
    add_pairs(place);
    if (place->kind->never_inner)
        return;
    add_sizes(place);
    add_inner_map_flag_sides(place);
    add_key_typings(place);
    add_names(place);
    add_controls(place);
}

static const struct {
    const char *name;
    uint32_t type;
} outers[] = { { "array_of_maps", MT_ARRAY_OF_MAPS }, { "hash_of_maps", MT_HASH_OF_MAPS } };

enum { OUTER_COUNT = sizeof(outers) / sizeof(outers[0]) };

static struct place place_of(struct case_builder *builder, size_t outer, const struct inner_kind *kind)
{
    return (struct place){ builder, outers[outer].name, outers[outer].type, kind };
}

void at_both_outers(struct case_builder *builder, const struct inner_kind *kind, void (*add)(const struct place *))
{
    for (size_t outer = 0; outer < OUTER_COUNT; outer++) {
        struct place place = place_of(builder, outer, kind);

        add(&place);
    }
}

const struct inner_kind *kind_named(const char *name)
{
    for (size_t i = 0; i < inner_kind_count; i++)
        if (!strcmp(inner_kinds[i].name, name))
            return &inner_kinds[i];
    abort();
}

/* The families come last, each with its kinds first and then the outer types, so that cases share what they can. */
void add_raw_cases(struct case_builder *builder)
{
    for (size_t outer = 0; outer < OUTER_COUNT; outer++)
        for (size_t i = 0; i < inner_kind_count; i++) {
            struct place place = place_of(builder, outer, &inner_kinds[i]);

            if (!inner_kinds[i].costly || place.outer == MT_ARRAY_OF_MAPS)
                add_kind(&place);
        }
    add_raw_flags(builder);
    add_raw_attributes(builder);
    add_raw_outer(builder);
    add_raw_fields(builder);
    add_raw_btf(builder);
    add_raw_untyped(builder);
}
