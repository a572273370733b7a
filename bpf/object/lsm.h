/* The kernel's security modules. */
#ifndef OBJECT_LSM_H
#define OBJECT_LSM_H

#include <stdbool.h>

#include "messages.h"

/* Whether BPF is among the security modules that the kernel calls. Where it is not, an LSM program attaches, and no
 * hook ever calls it; then the messages get the list. True where the list cannot be read.
 */
bool lsm_calls_programs(struct messages *messages);

#endif
