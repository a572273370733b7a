#include "options.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

const char *options_add_glob(struct options *options, char *glob)
{
    if (!*glob)
        return "an empty case glob";
    if (options->glob_count == GLOBS_MAX)
        return "too many case globs";
    options->globs[options->glob_count++] = glob;
    return NULL;
}

const char *options_add_globs(struct options *options, char *comma_separated)
{
    const char *wrong = NULL;

    while (comma_separated && !wrong)
        wrong = options_add_glob(options, strsep(&comma_separated, ","));
    return wrong;
}

const char *options_set_seed(struct options *options, const char *text)
{
    char *end;

    errno = 0;
    options->seed = strtoull(text, &end, 10);
    if (!isdigit((unsigned char)*text) || *end || errno)
        return "the shuffle seed is not a decimal number of at most 64 bits";
    options->shuffle = true;
    return NULL;
}

const char *options_set_nonce(struct options *options, const char *text)
{
    size_t length = strlen(text);

    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)text[i]))
            length = 0;
    if (!length || length > 64)
        return "the nonce is not 1 to 64 letters and digits";
    options->nonce = text;
    return NULL;
}
