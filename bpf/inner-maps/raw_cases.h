/* How the cases of layer raw are made. Each family of them has a file of its own. */
#ifndef INNER_MAPS_RAW_CASES_H
#define INNER_MAPS_RAW_CASES_H

#include "case.h"
#include "inner_kinds.h"
#include "questions.h"

/* What the cases of one kind under one outer type have in common. */
struct place {
    struct case_builder *builder;
    const char *outer_name;
    uint32_t outer;
    const struct inner_kind *kind;
};

/* Calls a function for each outer type, with that type, and the kind as given. */
void at_both_outers(struct case_builder *builder, const struct inner_kind *kind, void (*add)(const struct place *));

/* The kind with this name, which must be one. */
const struct inner_kind *kind_named(const char *name);

/* Adds a case of the kind at hand with this variant (NULL for none), both maps as the kind has them, for the caller to
 * change what the variant changes.
 */
struct raw_case *add_raw(const struct place *place, enum typing template, enum typing candidate, const char *variant,
                         enum want want, const char *source);

/* What such a case asks, of no table. */
struct raw_case raw_case_of(const struct place *place, enum typing template, enum typing candidate);

/* Where something is that a map can have; as bits of a set. */
enum side { SIDE_TEMPLATE = 1, SIDE_CANDIDATE = 2, SIDE_BOTH = 4, SIDES_ALL = 7, SIDES_ONE = 3 };

/* Adds the case NAME_template, NAME_candidate or NAME_both of the kind at hand: untyped maps, or typed by bytes where
 * the kind insists on BTF, of which that side has the extras.
 */
void add_raw_side(const struct place *place, const char *name, enum side side, const struct map_extras *extras,
                  enum want want, const char *source);

/* The families: flags on one side or both; other attributes of the two maps; the outer map itself; special fields; how
 * the key is described, and by which BTF; types that libbpf leaves untyped.
 */
void add_raw_flags(struct case_builder *builder);
void add_raw_attributes(struct case_builder *builder);
void add_raw_outer(struct case_builder *builder);
void add_raw_fields(struct case_builder *builder);
void add_raw_btf(struct case_builder *builder);
void add_raw_untyped(struct case_builder *builder);

#endif
