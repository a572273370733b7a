#include "case.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdarg.h>
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

void case_set_id(struct test_case *item, const char *first, ...)
{
    char *end = item->id, *last = item->id + sizeof(item->id) - 1;
    va_list parts;

    va_start(parts, first);
    for (const char *part = first; part; part = va_arg(parts, const char *)) {
        if (!*part)
            continue;
        if (end > item->id && end < last)
            *end++ = '.';
        while (*part && end < last)
            *end++ = *part++;
    }
    va_end(parts);
    *end = '\0';
}

/* Two ids that were cut off could be alike, and none would be the one that other programs know. */
static void require_whole(const struct test_case *item)
{
    if (strlen(item->id) < sizeof(item->id) - 1)
        return;
    fprintf(stderr, "prober: the id of a case is longer than %zu bytes: %s\n", sizeof(item->id) - 2, item->id);
    exit(2);
}

void case_complete(struct case_builder *builder, const char *label)
{
    const struct case_table *table = &builder->table;
    struct test_case *last = &table->cases[table->count - 1];
    size_t length = strlen(last->id), room = sizeof(last->id) - length;
    const char *dot = *label ? "." : "";
    unsigned number = 1;

    snprintf(last->id + length, room, "%s%s", dot, label);
    for (size_t i = 0; i + 1 < table->count;) {
        if (strcmp(table->cases[i].id, last->id) != 0) {
            i++;
            continue;
        }
        snprintf(last->id + length, room, "-%u%s%s", ++number, dot, label);
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
    for (size_t i = 0; i < builder.table.count; i++)
        require_whole(&builder.table.cases[i]);
    return builder.table;
}

/* Keeps those for which keep() says so. */
static void case_table_filter(struct case_table *table, bool (*keep)(const char *id, const void *data),
                              const void *data)
{
    size_t kept = 0;

    for (size_t i = 0; i < table->count; i++) {
        if (keep(table->cases[i].id, data))
            table->cases[kept++] = table->cases[i];
        else
            free(table->cases[i].question);
    }
    table->count = kept;
}

static bool is_listed(const char *id, const void *list)
{
    size_t length = strlen(id);

    for (const char *line = list; *line; line += strcspn(line, "\n"), line += *line == '\n')
        if (!strncmp(line, id, length) && (line[length] == '\n' || !line[length]))
            return true;
    return false;
}

const char *case_table_keep_listed(struct case_table *table, const char *path)
{
    FILE *file = fopen(path, "re");
    char *list = NULL;
    size_t room = 0;
    ssize_t length;

    if (!file)
        return errno == ENOENT ? NULL : "cannot be opened";
    errno = 0;
    length = getdelim(&list, &room, '\0', file);
    fclose(file);
    if (length < 0 && errno) {
        free(list);
        return "cannot be read";
    }
    case_table_filter(table, is_listed, length < 0 ? "" : list);
    free(list);
    return NULL;
}

struct globs {
    char *const *globs;
    size_t count;
};

static bool matches(const char *id, const void *data)
{
    const struct globs *globs = data;

    for (size_t i = 0; i < globs->count; i++)
        if (fnmatch(globs->globs[i], id, 0) == 0)
            return true;
    return false;
}

void case_table_select(struct case_table *table, char *const *globs, size_t count)
{
    const struct globs asked = { globs, count };

    if (count)
        case_table_filter(table, matches, &asked);
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
