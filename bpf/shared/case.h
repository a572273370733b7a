/* The cases of a probe: one question to a kernel each, in a table whose order is that of the report. */
#ifndef PROBE_CASE_H
#define PROBE_CASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "result.h"

/* In bytes, with the final NUL. */
enum { CASE_ID_MAX = 224 };

/* What a portable program wants of a kernel. */
enum want { WANT_ACCEPT, WANT_REJECT };

struct case_builder;
struct test_case;

/* A way of asking: it makes cases, and knows how each of them is run. `name` is the first part of their ids. */
struct layer {
    const char *name;
    bool keeps_time; /* run() ends by itself, and may take longer than other cases */
    void (*add_cases)(struct case_builder *builder);
    struct result (*run)(const void *question);
    void (*end)(void); /* frees what cases had in common; may be called again; NULL where they have nothing */
};

struct test_case {
    char id[CASE_ID_MAX];
    const struct layer *layer;
    enum want want;
    const char *source; /* why that is wanted */
    void *question;     /* what the layer's run() needs to know, in the layer's own type */
};

struct case_table {
    struct test_case *cases;
    size_t count;
};

/* All cases of the layers, in their order. Exits with 2 on lack of memory. */
struct case_table case_table_build(const struct layer *layers, size_t count);

/* A fresh case of the layer whose turn it is, at the end of the table, with `size` zeroed bytes for its question. It
 * stays where it is until the next one is added; the question stays for good. Exits with 2 on lack of memory.
 */
struct test_case *case_add(struct case_builder *builder, enum want want, const char *source, size_t size);

/* Sets the id of a case: the parts, joined by dots. Empty parts are left out; the last argument is NULL. (A table has
 * more than a thousand ids, and printf(3) takes a hundredth of a boot to make them.)
 */
void case_set_id(struct test_case *item, const char *first, ...) __attribute__((sentinel));

/* Completes the id of the case that was added last: appends -2, -3, … where an earlier one has it, then a dot and the
 * label, if there is one. All cases of a table have the same label.
 */
void case_complete(struct case_builder *builder, const char *label);

/* Keeps the cases whose id matches any of the globs (fnmatch(3), no flags); no globs keep all. */
void case_table_select(struct case_table *table, char *const *globs, size_t count);

/* Keeps the cases whose ids stand in a file, each on a line of its own; where there is no such file, all. Says what is
 * wrong with a file that cannot be read, else NULL.
 */
const char *case_table_keep_listed(struct case_table *table, const char *path);

/* Puts the cases in an order that depends on the seed alone. */
void case_table_shuffle(struct case_table *table, uint64_t seed);

void case_table_free(struct case_table *table);

#endif
