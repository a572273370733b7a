/* A probe as a program. It says what is its own; probe_main() is the rest: the command line, the list of cases, the
 * report.
 */
#ifndef PROBE_PROBE_H
#define PROBE_PROBE_H

#include "case.h"

/* Something else that a probe can be asked, instead of --list and --run. */
struct probe_mode {
    const char *option; /* "--objects" */
    const char *help;   /* one line */
    int (*run)(void);   /* gives the exit code */
};

struct probe {
    const struct layer *layers;
    size_t layer_count;
    const struct probe_mode *modes;
    size_t mode_count;
    const char *facts; /* words key=value for --version and the report's header line: "libbpf=1.1"; NULL for none */
};

/* The exit code: 0, or 2 when the command line is wrong or the output cannot be written. */
int probe_main(const struct probe *probe, int count, char **arguments);

#endif
