/* One question to a kernel: does an outer map made with this template take this candidate? */
#ifndef PROBER_CASE_H
#define PROBER_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "result.h"
#include "typing.h"

enum { CASE_ID_MAX = 112, MAP_NAME_MAX = 16 };

enum want { WANT_ACCEPT, WANT_REJECT };

enum layer { LAYER_RAW, LAYER_LIBBPF };

/* The attributes of a map to make (bpf(2), BPF_MAP_CREATE). */
struct map_spec {
    uint32_t type;
    uint32_t key_size;
    uint32_t value_size;
    uint32_t max_entries;
    uint32_t flags;
    enum typing typing;
    enum key_typing key;
    const char *tag;   /* name of the value's struct, union or typedef */
    const char *name;  /* map name, or NULL for none */
};

struct raw_case {
    uint32_t outer; /* map type */
    const char *inner_name;
    struct map_spec template;
    struct map_spec candidate;
};

struct embedded_object;

struct libbpf_case {
    const struct embedded_object *object;
    const struct embedded_object *control; /* for `filled_in`: the same object without a candidate in it */
    struct map_spec candidate;
    bool replaced_template; /* bpf_map__set_inner_map_fd() with an untyped map, before loading */
    bool filled_in;         /* the candidate is in the object */
};

struct test_case {
    char id[CASE_ID_MAX];
    enum layer layer;
    enum want want;
    const char *source; /* why that is wanted */
    union {
        struct raw_case raw;
        struct libbpf_case libbpf;
    };
};

struct case_table {
    struct test_case *cases;
    size_t count;
};

/* Every case there is, in table order. Exits on lack of memory. */
struct case_table case_table_build(void);

/* Keeps the cases whose id matches any of the globs (fnmatch(3), no flags); no globs keep all. */
void case_table_select(struct case_table *table, char *const *globs, size_t count);

/* Puts the cases in an order that depends on the seed alone. */
void case_table_shuffle(struct case_table *table, uint64_t seed);

void case_table_free(struct case_table *table);

#endif
