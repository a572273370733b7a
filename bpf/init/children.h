/* The probes of this guest, each in a process of its own. */
#ifndef INIT_CHILDREN_H
#define INIT_CHILDREN_H

#include "channel.h"
#include "parameters.h"

/* Runs the programs of a directory, one after the other in the order of their names. One that fails, dies or hangs is
 * said on the console, and the next has its turn. Gives up where there is none.
 */
void run_probes(const char *directory, const struct parameters *parameters, const struct channel *channel);

#endif
