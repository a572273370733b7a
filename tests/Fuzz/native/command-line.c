/* The kernel's command line, as init reads it, and the arguments that init makes of it for a probe: the probe reads
 * from them what init read from the command line.
 */
#include <stdint.h>
#include <string.h>

#include "children.c"
#include "parameters.c"
#include "probe.c"
#include "require.h"

/* /proc/cmdline has a page at most. */
enum { LONGEST = 4095 };

static char text[LONGEST + 1];

void say(const char *format, ...)
{
    (void)format;
}

_Noreturn void give_up(const char *format, ...)
{
    (void)format;
    abort(); /* parameters_parse() leaves that to its caller */
}

static void require_same(const struct options *given, const struct options *read)
{
    REQUIRE(given->glob_count == read->glob_count, "as many globs");
    for (size_t i = 0; i < given->glob_count; i++)
        REQUIRE(!strcmp(given->globs[i], read->globs[i]), "the same globs");
    REQUIRE(given->shuffle == read->shuffle && given->seed == read->seed, "the same seed");
    REQUIRE(!strcmp(given->nonce, read->nonce), "the same nonce");
    REQUIRE(given->alone == read->alone, "alone or not");
}

static void require_read_again(const struct options *given)
{
    static struct arguments arguments;
    struct channel channel = { .fd = 1, .port = given->port };
    struct options read = { .nonce = "0" };

    make_arguments(&arguments, "probe", given, &channel, true);
    REQUIRE(arguments.count <= ARGUMENTS_MAX, "the arguments have room");
    for (size_t i = 2, taken; i < arguments.count; i += taken)
        REQUIRE(!take_option(&read, arguments.list + i, arguments.count - i, &taken),
                "a probe takes what init gives it");
    require_same(given, &read);
    REQUIRE(read.port == given->port, "the same port");
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length)
{
    struct parameters parameters;
    const char *wrong;

    length = length < LONGEST ? length : LONGEST;
    memcpy(text, input, length);
    text[length] = '\0';
    wrong = parameters_parse(&parameters, text);
    REQUIRE(!wrong == !parameters.wrong, "what is wrong has a name");
    if (wrong)
        return 0;
    REQUIRE(*parameters.device && !strchr(parameters.device, '/'), "the device is one in /dev");
    REQUIRE(parameters.deadline >= 1 && parameters.deadline <= MOST_SECONDS, "a probe's time has a bound");
    require_read_again(&parameters.options);
    return 0;
}
