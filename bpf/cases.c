/* The case table as a whole: built, selected from, shuffled. */
#include "case.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "case_builder.h"

struct test_case *case_add(struct case_builder *builder, enum layer layer, enum want want, const char *source)
{
    struct case_table *table = &builder->table;
    struct test_case *item;

    if (table->count == builder->room) {
        builder->room = builder->room ? builder->room * 2 : 1024;
        table->cases = realloc(table->cases, builder->room * sizeof(*table->cases));
        if (!table->cases) {
            perror("prober: case table");
            exit(2);
        }
    }
    item = &table->cases[table->count++];
    memset(item, 0, sizeof(*item));
    item->layer = layer;
    item->want = want;
    item->source = source;
    return item;
}

struct case_table case_table_build(void)
{
    struct case_builder builder = { 0 };

#ifndef LIBBPF_LABEL /* what a libbpf has no part in is for the prober without a label to ask */
    add_raw_cases(&builder);
#endif
    add_libbpf_cases(&builder);
    return builder.table;
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
