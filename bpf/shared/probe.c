#include "probe.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "channel.h"
#include "memlock.h"
#include "options.h"
#include "run.h"

enum mode { MODE_UNSET, MODE_LIST, MODE_RUN, MODE_VERSION, MODE_OWN };

static const char usage_run[] =
    "usage: prober --list [--case GLOB]...\n"
    "       prober --run [--case GLOB]... [--shuffle SEED] [--nonce X] [--name NAME] [--port N] [--alone]\n";

static const char help_list_and_run[] =
    "--list     the cases, one a line: id, what is wanted, why (separated by tabs)\n"
    "--run      runs them in this kernel (root or CAP_BPF and CAP_NET_ADMIN); KTAP on standard output\n";

static const char help_options[] =
    "--case     only cases whose id matches, as fnmatch(3) does; may be repeated\n"
    "--shuffle  in an order made from a decimal seed\n"
    "--nonce    comes back in the report's header and end marker\n"
    "--name     the probe's name for the report's header\n"
    "--port     the report goes to QEMU's isa-debugcon at this I/O port instead\n"
    "--alone    goes through with cases that may kill the kernel, too\n";

static int help(const struct probe *probe)
{
    fputs(usage_run, stdout);
    for (size_t i = 0; i < probe->mode_count; i++)
        printf("       prober %s\n", probe->modes[i].option);
    fputs("       prober --version\n\n", stdout);
    fputs(help_list_and_run, stdout);
    for (size_t i = 0; i < probe->mode_count; i++)
        printf("%-9s  %s\n", probe->modes[i].option, probe->modes[i].help);
    fputs(help_options, stdout);
    return fflush(stdout) || ferror(stdout) ? 2 : 0;
}

static int usage_error(const char *what, const char *argument)
{
    fprintf(stderr, "prober: %s%s%s; --help says more\n", argument ? argument : "", argument ? ": " : "", what);
    return 2;
}

static int no_mode(const struct probe *probe)
{
    char what[256] = "one of --list, --run";
    size_t length = strlen(what);

    for (size_t i = 0; i < probe->mode_count && length < sizeof(what); i++)
        length += (size_t)snprintf(what + length, sizeof(what) - length, ", %s", probe->modes[i].option);
    if (length < sizeof(what))
        snprintf(what + length, sizeof(what) - length, ", --version is needed");
    return usage_error(what, NULL);
}

static int list(const struct case_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        printf("%s\t%s\t%s\n", table->cases[i].id, table->cases[i].want == WANT_ACCEPT ? "accept" : "reject",
               table->cases[i].source);
    return fflush(stdout) || ferror(stdout) ? 2 : 0;
}

static const char *facts_of(const struct probe *probe)
{
    return probe->facts ? probe->facts : "";
}

static int run(const struct probe *probe, const struct case_table *table, const struct options *options)
{
    struct channel output = { .fd = STDOUT_FILENO };
    struct ktap ktap = {
        .channel = &output, .nonce = options->nonce, .facts = facts_of(probe), .probe = options->name
    };

    if (options->port && !channel_try_port(&output, options->port)) {
        fprintf(stderr, "prober: no debug console answers at 0x%lx\n", options->port);
        return 2;
    }
    raise_memlock_limit();
    set_asked_alone(options->alone);
    run_cases(table, &ktap);
    if (ktap.error) {
        fprintf(stderr, "prober: standard output: %s\n", strerror(ktap.error));
        return 2;
    }
    return 0;
}

static const char *set_option(struct options *options, const char *name, char *value)
{
    if (!strcmp(name, "--case"))
        return options_add_glob(options, value);
    if (!strcmp(name, "--shuffle"))
        return options_set_seed(options, value);
    if (!strcmp(name, "--nonce"))
        return options_set_nonce(options, value);
    if (!strcmp(name, "--name"))
        return options_set_name(options, value);
    if (!strcmp(name, "--port"))
        return options_set_port(options, value);
    return "unknown option";
}

/* Reads the option at the beginning of the arguments, of which that many are left, and says how many it takes. Gives
 * NULL, or what is wrong in words.
 */
static const char *take_option(struct options *options, char **arguments, size_t left, size_t *taken)
{
    *taken = 1;
    if (!strcmp(arguments[0], "--alone")) {
        options->alone = true;
        return NULL;
    }
    if (left == 1)
        return "unknown option, or its value is missing";
    *taken = 2;
    return set_option(options, arguments[0], arguments[1]);
}

/* `own` is set to the probe's own mode of that name. */
static enum mode mode_of(const struct probe *probe, const char *argument, const struct probe_mode **own)
{
    if (!strcmp(argument, "--list"))
        return MODE_LIST;
    if (!strcmp(argument, "--run"))
        return MODE_RUN;
    if (!strcmp(argument, "--version"))
        return MODE_VERSION;
    for (size_t i = 0; i < probe->mode_count; i++)
        if (!strcmp(argument, probe->modes[i].option)) {
            *own = &probe->modes[i];
            return MODE_OWN;
        }
    return MODE_UNSET;
}

/* The host may put into the guest which cases a program is to run: the file of the program's name in this directory. */
#define LISTS "/cases"

static const char *keep_listed(struct case_table *table, const char *program)
{
    const char *slash = strrchr(program, '/');
    char path[128];

    snprintf(path, sizeof(path), LISTS "/%s", slash ? slash + 1 : program);
    return case_table_keep_listed(table, path);
}

static int answer_from_table(const struct probe *probe, enum mode mode, const struct options *options,
                             const char *program)
{
    struct case_table table = case_table_build(probe->layers, probe->layer_count);
    const char *wrong = mode == MODE_RUN ? keep_listed(&table, program) : NULL;
    int status;

    if (wrong) {
        case_table_free(&table);
        return usage_error(wrong, LISTS);
    }
    case_table_select(&table, options->globs, options->glob_count);
    if (options->shuffle)
        case_table_shuffle(&table, options->seed);
    status = mode == MODE_LIST ? list(&table) : run(probe, &table, options);
    case_table_free(&table);
    return status;
}

int probe_main(const struct probe *probe, int count, char **arguments)
{
    static struct options options = { .nonce = "0" };
    const struct probe_mode *own = NULL;
    const char *facts = facts_of(probe);
    enum mode mode = MODE_UNSET;

    for (int i = 1; i < count; i++) {
        enum mode asked = mode_of(probe, arguments[i], &own);
        const char *wrong;
        size_t taken;

        if (asked != MODE_UNSET)
            mode = asked;
        else if (!strcmp(arguments[i], "--help"))
            return help(probe);
        else if ((wrong = take_option(&options, arguments + i, (size_t)(count - i), &taken)))
            return usage_error(wrong, arguments[i]);
        else
            i += (int)taken - 1;
    }
    if (mode == MODE_UNSET)
        return no_mode(probe);
    if (mode == MODE_OWN)
        return own->run();
    if (mode == MODE_VERSION)
        return printf("prober protocol=%d%s%s\n", PROTOCOL_VERSION, *facts ? " " : "", facts) < 0 ? 2 : 0;
    return answer_from_table(probe, mode, &options, arguments[0]);
}
