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

/* Whether the text has 1 to 64 characters, each a letter, a digit or one of the others. */
static bool is_word(const char *text, const char *others)
{
    size_t length = strlen(text);

    for (size_t i = 0; i < length; i++)
        if (!isalnum((unsigned char)text[i]) && !strchr(others, text[i]))
            return false;
    return length >= 1 && length <= 64;
}

const char *options_set_nonce(struct options *options, const char *text)
{
    if (!is_word(text, ""))
        return "the nonce is not 1 to 64 letters and digits";
    options->nonce = text;
    return NULL;
}

const char *options_set_name(struct options *options, const char *text)
{
    if (!is_word(text, "_+-."))
        return "the name is not 1 to 64 letters, digits and '_', '+', '-', '.'";
    options->name = text;
    return NULL;
}

const char *options_set_port(struct options *options, const char *text)
{
    char *end;
    unsigned long port;

    errno = 0;
    port = strtoul(text, &end, 0);
    if (*text == '-' || *end || errno || port == 0)
        return "not an address";
    options->port = port;
    return NULL;
}
