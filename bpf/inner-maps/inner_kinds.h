/* The map types that a case may put into an outer map, and what is particular about each. */
#ifndef INNER_MAPS_INNER_KINDS_H
#define INNER_MAPS_INNER_KINDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "typing.h"

/* What the map type makes of a candidate with more entries than the template. */
enum size_rule {
    SIZE_ABSENT, /* max_entries is not this type's to choose */
    SIZE_FREE,   /* the type does not compare */
    SIZE_FIXED,  /* the type compares; a flag may relax that */
};

struct shape {
    uint32_t type;
    uint32_t key_size;
    uint32_t value_size;
    uint32_t max_entries;
    uint32_t flags;
};

struct inner_kind {
    const char *name; /* as in case ids */
    struct shape shape;
    enum key_typing key;       /* how a typed map's key is described */
    enum key_typing other_key; /* a different description of the same key; equal to `key` where there is none */
    unsigned typings;          /* bit set of enum typing: the pairs that raw_cases.c tries */
    enum typing plain;         /* the typing of variants and controls: `none` where the type can be made without BTF */
    enum size_rule size;
    const char *size_source;

    /* Controls; 0 where the type leaves no room for one. */
    uint32_t other_value_size;
    uint32_t other_key_size;
    uint32_t other_flag;
    struct shape other_type;

    bool knows_inner_map_flag; /* BPF_F_INNER_MAP */
    bool costly;                /* under array_of_maps alone: making one takes longer than 100 other cases */
    const char *never_inner;   /* why no kernel takes this type as an inner map, or NULL */
};

extern const struct inner_kind inner_kinds[];
extern const size_t inner_kind_count;

#endif
