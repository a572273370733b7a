/* The probes of this guest, each in a process of its own. */
#ifndef INIT_CHILDREN_H
#define INIT_CHILDREN_H

#include "channel.h"
#include "parameters.h"

/* Runs the programs of a directory, one after the other in the order of their names. When one fails, dies or hangs, a
 * line on the console says so, and the next one runs. Gives up when the directory is empty.
 */
void run_probes(const char *directory, const struct parameters *parameters, const struct channel *channel);

#endif
