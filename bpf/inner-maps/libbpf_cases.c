/* The cases of layer libbpf: what is declared in an object against what user space makes for it.
 *
 * Their names agree with objects/objects.mk. All want `accept` except larger ARRAYs: a portable program declares sizes,
 * and expects maps of those sizes to fit, whatever BTF says.
 */
#include "libbpf_cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "layers.h"
#include "questions.h"
#include "uapi.h"

#ifndef LIBBPF_LABEL
#define LIBBPF_LABEL ""
#endif

static const char sizes_agree[] = "the declared sizes agree";
static const char named_only[] = "the declared sizes agree, if the compiler keeps the struct (clang 22 and later)";
static const char replaced[] = "bpf_map__set_inner_map_fd() puts an untyped map in the template's place";
static const char filled_in[] = "the declared sizes agree; libbpf puts the map in while it loads the object";
static const char array_size[] =
    "array_map_meta_equal compares max_entries unless the template has BPF_F_INNER_MAP (5.10)";
static const char array_flag[] = "BPF_F_INNER_MAP frees an array template's size (array_map_meta_equal, 5.10)";
static const char free_size[] = "the type does not compare max_entries (its map_meta_equal is bpf_map_meta_equal)";

static const char *const outers[] = { "array_of_maps", "hash_of_maps" };
static const char *const templates[] = { "struct", "bytes", "value_size" };
static const enum typing candidates[] = { TYPING_NONE, TYPING_BYTES, TYPING_STRUCT };

static const struct {
    const char *name;
    uint32_t type;
} inners[] = { { "array", MT_ARRAY }, { "hash", MT_HASH }, { "lru_hash", MT_LRU_HASH } };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct embedded_object *find_object(const char *toolchain, const char *name)
{
    for (unsigned i = 0; i < embedded_object_count; i++)
        if (!strcmp(embedded_objects[i].toolchain, toolchain) && !strcmp(embedded_objects[i].name, name))
            return &embedded_objects[i];
    fprintf(stderr, "prober: built without the object %s of %s\n", name, toolchain);
    exit(2);
}

const struct embedded_object *declared_object(const struct declared_place *place, const char *suffix)
{
    char name[CASE_ID_MAX];

    snprintf(name, sizeof(name), "%s.%s.%s%s", place->outer, place->inner, place->template, suffix);
    return find_object(embedded_objects[0].toolchain, name);
}

static enum typing typing_declared(const struct declared_place *place)
{
    static const enum typing typings[] = { TYPING_STRUCT, TYPING_BYTES, TYPING_INT };

    for (size_t i = 0; i < COUNT(typings); i++)
        if (!strcmp(place->template, typing_name(typings[i])))
            return typings[i];
    return TYPING_NONE;
}

struct libbpf_case *add_declared_case(const struct declared_place *place, enum typing candidate, const char *variant,
                                      enum want want, const char *source)
{
    struct test_case *item = case_add(place->builder, want, source, sizeof(struct libbpf_case));
    struct libbpf_case *question = item->question;

    case_set_id(item, "libbpf", place->outer, place->inner, place->template, typing_name(candidate), variant,
                LIBBPF_LABEL, NULL);
    question->candidate = (struct map_spec){
        .type = place->inner_type,
        .key_size = 4,
        .value_size = TYPED_VALUE_SIZE,
        .max_entries = DECLARED_ENTRIES,
        .typing = candidate,
    };
    question->declared = typing_declared(place);
    return question;
}

static void add_declared(const struct declared_place *place)
{
    for (size_t i = 0; i < COUNT(candidates); i++)
        add_declared_case(place, candidates[i], "", WANT_ACCEPT, sizes_agree)->load.object = declared_object(place, "");
    for (size_t i = 0; i < COUNT(candidates); i++) {
        struct libbpf_case *item = add_declared_case(place, candidates[i], "replaced_template", WANT_ACCEPT, replaced);

        item->load.object = declared_object(place, "");
        item->declared = TYPING_NONE;
        item->load.way = LOAD_REPLACED;
    }
}

static void add_sizes(const struct declared_place *place)
{
    bool array = place->inner_type == MT_ARRAY;
    enum typing candidate = typing_declared(place); /* so that a size is all that differs */
    struct libbpf_case *item = add_declared_case(place, candidate, "max_entries", array ? WANT_REJECT : WANT_ACCEPT,
                                                 array ? array_size : free_size);

    item->load.object = declared_object(place, "");
    item->candidate.max_entries *= 2;
    if (!array)
        return;
    item = add_declared_case(place, candidate, "max_entries_inner_map_flag", WANT_ACCEPT, array_flag);
    item->load.object = declared_object(place, ".inner_map_flag");
    item->candidate.max_entries *= 2;
    item->candidate.flags = MF_INNER_MAP;
}

static void add_filled_in(const struct declared_place *place)
{
    /* These objects are built for array and lru_hash only: filling in a map does not depend on its hashing. */
    if (place->inner_type == MT_HASH)
        return;
    for (size_t i = 0; i < COUNT(candidates); i++) {
        struct libbpf_case *item = add_declared_case(place, candidates[i], "values", WANT_ACCEPT, filled_in);
        char suffix[64];

        snprintf(suffix, sizeof(suffix), ".%s.values", typing_name(candidates[i]));
        item->load.object = declared_object(place, suffix);
        item->control = declared_object(place, "");
        item->filled_in = true;
    }
}

/* One set a toolchain, whose name is the last part of the id. */
static void add_named_only(const struct declared_place *place)
{
    const char *previous = "";

    for (unsigned i = 0; i < embedded_object_count; i++) {
        const char *toolchain = embedded_objects[i].toolchain;
        char name[CASE_ID_MAX], variant[64];

        if (!strcmp(toolchain, previous)) /* the objects of a toolchain stand together */
            continue;
        previous = toolchain;
        snprintf(name, sizeof(name), "%s.%s.named_only", place->outer, place->inner);
        snprintf(variant, sizeof(variant), "named_only.%s", toolchain);
        for (size_t c = 0; c < COUNT(candidates); c++)
            add_declared_case(place, candidates[c], variant, WANT_ACCEPT, named_only)->load.object =
                find_object(toolchain, name);
    }
}

void add_libbpf_cases(struct case_builder *builder)
{
    for (size_t outer = 0; outer < COUNT(outers); outer++)
        for (size_t inner = 0; inner < COUNT(inners); inner++) {
            struct declared_place place = { builder, outers[outer], inners[inner].name, "struct", inners[inner].type };

            add_named_only(&place);
            for (size_t i = 0; i < COUNT(templates); i++) {
                place.template = templates[i];
                add_declared(&place);
                add_sizes(&place);
                add_filled_in(&place);
            }
        }
    add_other_declared_cases(builder);
    add_loader_cases(builder);
}
