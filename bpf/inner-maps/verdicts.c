#include "verdicts.h"

#include <string.h>

#include "maps.h"
#include "questions.h"
#include "steps.h"
#include "uapi.h"

struct result verdict(step_name step, int error)
{
    if (errno_is_circumstance(error))
        return result_error(step, error, "this errno says nothing about the maps");
    return result_reject(step, error);
}

/* Whether the kernel makes such an outer map at all, around the plainest of templates. */
static bool outer_exists(uint32_t type)
{
    const struct map_spec plain = { .type = MT_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1 };
    const struct map_spec spec = { .type = type, .key_size = 4, .value_size = 4, .max_entries = 1 };
    int template = map_make(&plain, NULL, -1, -1);
    int outer = template < 0 ? template : map_make(&spec, NULL, -1, template);

    close_fd(outer);
    close_fd(template);
    return outer >= 0;
}

struct result outer_refused(uint32_t type, int error)
{
    if (!errno_is_circumstance(error) && !outer_exists(type))
        return result_skip(STEP_OUTER, error, "the kernel makes no such outer map around any template");
    return verdict(STEP_OUTER, error);
}

struct result result_with_text(struct result result, const char *name, const char *words)
{
    char *copy = *words ? strdup(words) : NULL;

    if (copy)
        result.texts[0] = (struct text){ .name = name, .bytes = copy, .length = strlen(copy) };
    return result;
}

struct result result_with_words(struct result result, const char *words)
{
    return result_with_text(result, "kernel", words);
}
