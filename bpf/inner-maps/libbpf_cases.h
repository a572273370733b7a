/* What the files that make cases of layer libbpf have in common. */
#ifndef INNER_MAPS_LIBBPF_CASES_H
#define INNER_MAPS_LIBBPF_CASES_H

#include <stdint.h>

#include "case.h"
#include "questions.h"

/* Entries of an inner map where nothing else is declared, as in objects/bpf_object.h. */
enum { DECLARED_ENTRIES = 10 };

/* What all cases of one object have in common. */
struct declared_place {
    struct case_builder *builder;
    const char *outer, *inner, *template;
    uint32_t inner_type;
};

/* The object of that place; `suffix` follows outer, inner and template in its name. */
const struct embedded_object *declared_object(const struct declared_place *place, const char *suffix);

/* A case, still without its object. The candidate has the sizes of most objects: a caller may set others. */
struct libbpf_case *add_declared_case(const struct declared_place *place, enum typing candidate, const char *variant,
                                      enum want want, const char *source);

/* Inner maps of the types that libbpf leaves untyped or that have nothing to type, and an outer key of 8 bytes. */
void add_other_declared_cases(struct case_builder *builder);

/* Outer maps that are pinned or reused, skeletons. */
void add_loader_cases(struct case_builder *builder);

#endif
