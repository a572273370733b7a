/* prober: asks the running kernel which maps it takes as inner maps. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "case.h"
#include "channel.h"
#include "embedded.h"
#include "guest.h"
#include "libbpf_messages.h"
#include "object_btf.h"
#include "options.h"
#include "run.h"

static const char usage[] =
    "usage: prober --list [--case GLOB]...\n"
    "       prober --run [--case GLOB]... [--shuffle SEED] [--nonce X]\n"
    "       prober --objects\n"
    "       prober --version\n"
    "\n"
    "--list     the cases, one a line: id, what is wanted, why (separated by tabs)\n"
    "--run      runs them in this kernel (root or CAP_BPF and CAP_NET_ADMIN); KTAP on standard output\n"
    "--objects  the BPF objects inside, one a line: toolchain, name, whether its BTF is complete, what is missing (tabs)\n"
    "--case     only cases whose id matches, as fnmatch(3) does; may be repeated\n"
    "--shuffle  in an order made from a decimal seed\n"
    "\n"
    "As PID 1 of a virtual machine it takes its orders from the kernel's command line instead.\n";

enum mode { MODE_UNSET, MODE_LIST, MODE_RUN, MODE_OBJECTS, MODE_VERSION };

static int usage_error(const char *what, const char *argument)
{
    fprintf(stderr, "prober: %s%s%s; --help says more\n", argument ? argument : "", argument ? ": " : "", what);
    return 2;
}

static int list(const struct case_table *table)
{
    for (size_t i = 0; i < table->count; i++)
        printf("%s\t%s\t%s\n", table->cases[i].id, table->cases[i].want == WANT_ACCEPT ? "accept" : "reject",
               table->cases[i].source);
    return fflush(stdout) || ferror(stdout) ? 2 : 0;
}

static int list_objects(void)
{
    char missing[256];

    for (unsigned i = 0; i < embedded_object_count; i++) {
        const struct embedded_object *object = &embedded_objects[i];
        bool complete = object_is_complete(object, missing, sizeof(missing));

        printf("%s\t%s\t%s\t%s\n", object->toolchain, object->name, complete ? "complete" : "incomplete", missing);
    }
    return fflush(stdout) || ferror(stdout) ? 2 : 0;
}

static int run(const struct case_table *table, const struct options *options)
{
    const struct channel output = { .fd = STDOUT_FILENO };
    struct ktap ktap = { .channel = &output, .nonce = options->nonce };

    raise_memlock_limit();
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
    return "unknown option";
}

static enum mode mode_of(const char *argument)
{
    static const char *const names[] = { "", "--list", "--run", "--objects", "--version" };

    for (enum mode mode = MODE_LIST; mode <= MODE_VERSION; mode++)
        if (!strcmp(argument, names[mode]))
            return mode;
    return MODE_UNSET;
}

static int host_main(int count, char **arguments)
{
    static struct options options = { .nonce = "0" };
    enum mode mode = MODE_UNSET;
    struct case_table table;
    int status;

    for (int i = 1; i < count; i++) {
        const char *wrong = NULL;

        if (mode_of(arguments[i]) != MODE_UNSET)
            mode = mode_of(arguments[i]);
        else if (!strcmp(arguments[i], "--help"))
            return fputs(usage, stdout) < 0 ? 2 : 0;
        else if (i + 1 == count)
            return usage_error("unknown option, or its value is missing", arguments[i]);
        else if ((wrong = set_option(&options, arguments[i], arguments[i + 1])))
            return usage_error(wrong, arguments[i]);
        else
            i++;
    }
    if (mode == MODE_UNSET)
        return usage_error("one of --list, --run, --objects, --version is needed", NULL);
    if (mode == MODE_OBJECTS)
        return list_objects();
    if (mode == MODE_VERSION)
        return printf("prober protocol=%d libbpf=%s\n", PROTOCOL_VERSION, libbpf_version()) < 0 ? 2 : 0;
    table = case_table_build();
    case_table_select(&table, options.globs, options.glob_count);
    if (options.shuffle)
        case_table_shuffle(&table, options.seed);
    status = mode == MODE_LIST ? list(&table) : run(&table, &options);
    case_table_free(&table);
    return status;
}

int main(int count, char **arguments)
{
    if (getpid() == 1)
        guest_main();
    return host_main(count, arguments);
}
