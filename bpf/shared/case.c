#include "case.h"

#include <fnmatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct case_builder {
    struct case_table table;
    size_t room;
    const struct layer *layer;
};

static _Noreturn void out_of_memory(void)
{
    perror("prober: case table");
    exit(2);
}

struct test_case *case_add(struct case_builder *builder, enum want want, const char *source, size_t size)
{
    struct case_table *table = &builder->table;
    struct test_case *item;

    if (table->count == builder->room) {
        builder->room = builder->room ? builder->room * 2 : 1024;
        table->cases = realloc(table->cases, builder->room * sizeof(*table->cases));
        if (!table->cases)
            out_of_memory();
    }
    item = &table->cases[table->count++];
    *item = (struct test_case){ .layer = builder->layer, .want = want, .source = source, .question = calloc(1, size) };
    if (!item->question)
        out_of_memory();
    return item;
}

void case_make_unique(struct case_builder *builder)
{
    const struct case_table *table = &builder->table;
    struct test_case *last = &table->cases[table->count - 1];
    size_t length = strlen(last->id);
    unsigned number = 1;

    for (size_t i = 0; i + 1 < table->count;) {
        if (strcmp(table->cases[i].id, last->id) != 0) {
            i++;
            continue;
        }
        snprintf(last->id + length, sizeof(last->id) - length, "-%u", ++number);
        i = 0;
    }
}

struct case_table case_table_build(const struct layer *layers, size_t count)
{
    struct case_builder builder = { 0 };

    for (size_t i = 0; i < count; i++) {
        builder.layer = &layers[i];
        layers[i].add_cases(&builder);
    }
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
        else
            free(table->cases[i].question);
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
    for (size_t i = 0; i < table->count; i++)
        free(table->cases[i].question);
    free(table->cases);
    *table = (struct case_table){ 0 };
}
