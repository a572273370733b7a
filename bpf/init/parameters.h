/* What the kernel's command line asks of this guest: the parameters harness.*, which ../README.md describes. */
#ifndef INIT_PARAMETERS_H
#define INIT_PARAMETERS_H

#include "options.h"
#include "renew.h"

struct parameters {
    struct options options; /* for the probes; options.port is tried before the device */
    const char *device;     /* in /dev: gets the reports */
    unsigned deadline;      /* seconds that one probe may take */
    int cpus;               /* that the kernel must run; 0 for any number */
    unsigned long wait;     /* the address of a register that says when orders are there; 0 where they are here */
    struct fresh fresh;     /* comes with orders alone */
    const char *wrong;      /* the name of the first parameter that is wrong; NULL for none */
};

/* Reads a kernel's command line, which is cut into words; the parameters point into it. NULL, or what is wrong. */
const char *parameters_parse(struct parameters *parameters, char *text);

/* Reads further parameters, as parameters_parse() does; what stood before stays. */
const char *parameters_add(struct parameters *parameters, char *text);

/* Reads /proc/cmdline; gives up when a parameter harness.* is wrong. */
void parameters_read(struct parameters *parameters);

#endif
