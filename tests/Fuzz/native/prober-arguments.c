/* A probe's command line, one argument a line, and the table of cases that it selects and shuffles. */
#include <stdint.h>
#include <string.h>

#include "probe.c"
#include "require.h"

enum { LONGEST = 2048, CASES = 24 };

static char text[LONGEST + 1];

static void add_cases(struct case_builder *builder)
{
    for (size_t i = 0; i < CASES; i++)
        snprintf(case_add(builder, WANT_ACCEPT, "", 1)->id, CASE_ID_MAX, "raw.%s.%zu", i % 2 ? "hash" : "array_of", i);
}

static struct result never(const void *question)
{
    (void)question;
    abort();
}

static void require_permutation(const struct case_table *table, uint64_t seed)
{
    static const struct layer layers[] = { { .name = "raw", .add_cases = add_cases, .run = never } };
    struct case_table other = case_table_build(layers, 1);
    bool seen[CASES] = { false };

    case_table_shuffle(&other, seed);
    for (size_t i = 0; i < CASES; i++) {
        size_t number = strtoul(strrchr(other.cases[i].id, '.') + 1, NULL, 10);

        REQUIRE(number < CASES && !seen[number], "each case stands once");
        seen[number] = true;
        if (table->count == CASES)
            REQUIRE(!strcmp(table->cases[i].id, other.cases[i].id), "the order depends on the seed alone");
    }
    case_table_free(&other);
}

static void require_table(const struct options *options)
{
    static const struct layer layers[] = { { .name = "raw", .add_cases = add_cases, .run = never } };
    struct case_table table = case_table_build(layers, 1);

    case_table_select(&table, options->globs, options->glob_count);
    REQUIRE(table.count <= CASES && (options->glob_count || table.count == CASES), "no globs keep all cases");
    if (options->shuffle) {
        case_table_shuffle(&table, options->seed);
        require_permutation(&table, options->seed);
    }
    case_table_free(&table);
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length)
{
    struct options options = { .nonce = "0" };
    char *rest = text;
    char *name;

    length = length < LONGEST ? length : LONGEST;
    memcpy(text, input, length);
    text[length] = '\0';
    while ((name = strsep(&rest, "\n")) && rest) {
        char *value = strsep(&rest, "\n");

        if (set_option(&options, name, value))
            return 0;
    }
    REQUIRE(strlen(options.nonce) <= 64 && !strpbrk(options.nonce, " =\n"), "a nonce is one word");
    REQUIRE(!options.name || (strlen(options.name) <= 64 && !strpbrk(options.name, " =\n")), "a name is one word");
    require_table(&options);
    return 0;
}
