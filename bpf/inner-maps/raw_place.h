/* How families of layer raw make their cases. Each family is a file of its own and a function below. */
#ifndef INNER_MAPS_RAW_PLACE_H
#define INNER_MAPS_RAW_PLACE_H

#include <stddef.h>
#include <stdint.h>

#include "case.h"
#include "inner_kinds.h"
#include "questions.h"

struct raw_outer {
    const char *name; /* as in case ids */
    uint32_t type;
};

extern const struct raw_outer *const raw_outers;
extern const size_t raw_outer_count;

/* What the cases of one kind under one outer type have in common. */
struct raw_place {
    struct case_builder *builder;
    const char *outer_name;
    uint32_t outer;
    const struct inner_kind *kind;
};

/* The place of an inner kind, by its name, under an outer type, by its index. */
struct raw_place raw_place(struct case_builder *builder, size_t outer, const char *kind);

/* Adds a case of the kind at hand with this variant (NULL for none), both maps as the kind has them, for the caller to
 * change what the variant changes.
 */
struct raw_case *add_raw(const struct raw_place *place, enum typing template, enum typing candidate,
                         const char *variant, enum want want, const char *source);

/* Flags on the template, the candidate, both (raw_flags.c). */
void add_flag_cases(struct case_builder *builder);

/* Exclusive and frozen maps, map_extra, sizes, NUMA nodes (raw_attributes.c). */
void add_attribute_cases(struct case_builder *builder);

/* The outer map itself (raw_outer_cases.c). */
void add_outer_cases(struct case_builder *builder);

#endif
