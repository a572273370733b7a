/* The cases of what a program sees of an inner map: few, as each is a kind of map, a size, an index, and how the
 * program names the index. README.md has the vocabulary.
 */
#include <stdio.h>

#include "layers.h"
#include "seen.h"
#include "uapi.h"

/* Entries of a template. */
enum { ENTRIES = 4 };

static const char reads_its_element[] = "a program reads what stands in the map that was put in";

struct kind {
    const char *name; /* of the inner map, as in case ids */
    uint32_t type;
    uint32_t flags; /* of template and candidate */
    const char *flag_name; /* in ids, or "" */
    bool has_known; /* the kernel may treat an index that it knows otherwise */
};

static const struct kind kinds[] = {
    { "array", MT_ARRAY, 0, "", true },
    { "array", MT_ARRAY, MF_INNER_MAP, "_inner_map_flag", true },
    { "percpu_array", MT_PERCPU_ARRAY, 0, "", true },
    { "hash", MT_HASH, 0, "", false },
};

struct size {
    const char *name;
    uint32_t candidate; /* entries */
    uint32_t beyond;    /* the last index of the larger map; where both are alike, the first that neither has */
};

static const struct size sizes[] = {
    { "same", ENTRIES, ENTRIES },
    { "larger", 2 * ENTRIES, 2 * ENTRIES - 1 },
    { "smaller", ENTRIES / 2, ENTRIES - 1 },
};

enum index { INDEX_FIRST, INDEX_SECOND, INDEX_BEYOND };

static const char *const index_names[] = { "first", "second", "beyond" };

struct place {
    struct case_builder *builder;
    const char *outer_name;
    uint32_t outer;
    const struct kind *kind;
    const struct size *size;
};

static void add_seen(const struct place *place, enum index index, bool known, bool interpreted)
{
    struct test_case *item = case_add(place->builder, WANT_ACCEPT, reads_its_element, sizeof(struct seen_case));
    struct seen_case *seen = item->question;
    char variant[96];

    seen->outer = place->outer;
    seen->inner_name = place->kind->name;
    seen->template = (struct map_spec){
        .type = place->kind->type, .key_size = 4, .value_size = 8, .max_entries = ENTRIES, .flags = place->kind->flags,
    };
    seen->candidate = seen->template;
    seen->candidate.max_entries = place->size->candidate;
    seen->index = index == INDEX_BEYOND ? place->size->beyond : (uint32_t)index;
    seen->known = known;
    seen->interpreted = interpreted;
    snprintf(variant, sizeof(variant), "seen_%s%s_%s_%s%s", place->size->name, place->kind->flag_name,
             index_names[index], known ? "known" : "unknown", interpreted ? "_interpreter" : "");
    case_set_id(item, "raw", place->outer_name, place->kind->name, "none", "none", variant, NULL);
}

/* Beyond the end of a smaller percpu_array, the look-up that is inlined reads the same whether the index is known or
 * not (percpu_array_map_gen_lookup). Either kills some kernels, and each such case costs them a boot of its own.
 */
static bool reads_alike(const struct place *place, enum index index)
{
    return place->kind->type == MT_PERCPU_ARRAY && index == INDEX_BEYOND && place->size->candidate < ENTRIES;
}

static void add_kind(struct place place)
{
    for (size_t size = 0; size < sizeof(sizes) / sizeof(sizes[0]); size++) {
        place.size = &sizes[size];
        for (enum index index = INDEX_FIRST; index <= INDEX_BEYOND; index++) {
            add_seen(&place, index, false, false);
            if (place.kind->has_known && !reads_alike(&place, index))
                add_seen(&place, index, true, false);
        }
        add_seen(&place, INDEX_BEYOND, false, true);
    }
}

/* A hash finds the inner map by another way; what the program then sees of it should not depend on that. */
static void add_in_hash(struct place place)
{
    place.outer_name = "hash_of_maps";
    place.outer = MT_HASH_OF_MAPS;
    place.size = &sizes[0];
    add_seen(&place, INDEX_SECOND, false, false);
}

void add_seen_cases(struct case_builder *builder)
{
    struct place place = { .builder = builder, .outer_name = "array_of_maps", .outer = MT_ARRAY_OF_MAPS };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        place.kind = &kinds[i];
        add_kind(place);
    }
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        place.kind = &kinds[i];
        add_in_hash(place);
    }
}
