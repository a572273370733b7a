#include "parameters.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "console.h"

/* The host has a deadline of its own for the whole machine. This one ends a probe that hangs, so that those behind it
 * can run.
 */
enum { DEFAULT_DEADLINE = 60 * 60, MOST_SECONDS = 24 * 60 * 60 };

static void read_command_line(char *text, size_t size)
{
    int fd = open("/proc/cmdline", O_RDONLY);
    ssize_t length;

    if (fd < 0)
        give_up("/proc/cmdline: %s", strerror(errno));
    length = read(fd, text, size - 1);
    close(fd);
    if (length < 0)
        give_up("/proc/cmdline: %s", strerror(errno));
    text[length] = '\0';
}

static const char *set_device(struct parameters *parameters, const char *name)
{
    if (!*name || strchr(name, '/') || strlen(name) > 32)
        return "not the name of a device in /dev";
    parameters->device = name;
    return NULL;
}

static const char *set_deadline(struct parameters *parameters, const char *text)
{
    char *end;
    unsigned long seconds = strtoul(text, &end, 10);

    if (*end || seconds < 1 || seconds > MOST_SECONDS)
        return "not a number of seconds from 1 to 86400";
    parameters->deadline = (unsigned)seconds;
    return NULL;
}

static const char *set_cpus(struct parameters *parameters, const char *text)
{
    char *end;
    unsigned long cpus = strtoul(text, &end, 10);

    if (*end || cpus < 1 || cpus > CPU_SETSIZE)
        return "not a number of CPUs from 1 to 1024";
    parameters->cpus = (int)cpus;
    return NULL;
}

static const char *set_alone(struct parameters *parameters, const char *text)
{
    parameters->options.alone = !strcmp(text, "1");
    return parameters->options.alone ? NULL : "not 1";
}

static const char *set_wait(struct parameters *parameters, const char *text)
{
    struct options number = { 0 };
    const char *wrong = options_set_port(&number, text);

    parameters->wait = number.port;
    return wrong;
}

static const char *set_time(struct parameters *parameters, const char *text)
{
    char *end;

    parameters->fresh.seconds = strtoll(text, &end, 10);
    return *end || parameters->fresh.seconds < 1 ? "not a number of seconds since 1970" : NULL;
}

static int digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = c ? strchr(digits, c) : NULL;

    return found ? (int)(found - digits) : -1;
}

static const char *set_seed(struct parameters *parameters, const char *text)
{
    struct fresh *fresh = &parameters->fresh;

    for (fresh->seed_size = 0; *text; text += 2) {
        const int high = digit(text[0]), low = digit(text[1]);

        if (high < 0 || low < 0 || fresh->seed_size == SEED_BYTES)
            return "not bytes in hexadecimal, or more than 64";
        fresh->seed[fresh->seed_size++] = (unsigned char)(high << 4 | low);
    }
    return NULL;
}

static const char *set(struct parameters *parameters, const char *name, char *value)
{
    struct options *options = &parameters->options;

    if (!strcmp(name, "harness.nonce"))
        return options_set_nonce(options, value);
    if (!strcmp(name, "harness.channel"))
        return set_device(parameters, value);
    if (!strcmp(name, "harness.port"))
        return options_set_port(options, value);
    if (!strcmp(name, "harness.case"))
        return options_add_globs(options, value);
    if (!strcmp(name, "harness.shuffle"))
        return options_set_seed(options, value);
    if (!strcmp(name, "harness.alone"))
        return set_alone(parameters, value);
    if (!strcmp(name, "harness.deadline"))
        return set_deadline(parameters, value);
    if (!strcmp(name, "harness.cpus"))
        return set_cpus(parameters, value);
    if (!strcmp(name, "harness.wait"))
        return set_wait(parameters, value);
    if (!strcmp(name, "harness.time"))
        return set_time(parameters, value);
    if (!strcmp(name, "harness.seed"))
        return set_seed(parameters, value);
    return "no such parameter";
}

const char *parameters_add(struct parameters *parameters, char *text)
{
    char *rest;

    for (char *word = strtok_r(text, " \n", &rest); word; word = strtok_r(NULL, " \n", &rest)) {
        char *value = strchr(word, '=');
        const char *wrong;

        if (strncmp(word, "harness.", 8) != 0 || !value)
            continue;
        *value++ = '\0';
        wrong = set(parameters, word, value);
        if (wrong) {
            parameters->wrong = word;
            return wrong;
        }
    }
    return NULL;
}

const char *parameters_parse(struct parameters *parameters, char *text)
{
    *parameters = (struct parameters){
        .options.nonce = "0",
        .device = "ttyS1",
        .deadline = DEFAULT_DEADLINE,
    };
    return parameters_add(parameters, text);
}

void parameters_read(struct parameters *parameters)
{
    static char text[4096]; /* the parameters point into it */
    const char *wrong;

    read_command_line(text, sizeof(text));
    wrong = parameters_parse(parameters, text);
    if (wrong)
        give_up("%s: %s", parameters->wrong, wrong);
}
