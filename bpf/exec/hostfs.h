/* The host's files as the root of a program (`guest: hostfs`): read-only from the host through 9p, with a file
 * system in memory above it that takes what the program writes.
 */
#ifndef EXEC_HOSTFS_H
#define EXEC_HOSTFS_H

#include <stdbool.h>

#include "result.h"

/* Once for all programs: loads the modules and mounts the host's files. False where that cannot be done: then `result`
 * is for each program, skipped where the kernel lacks something, else an error.
 */
bool hostfs_prepare(struct result *result);

/* In a program's own process, behind guest_enter(): makes a view of the host's files, which no other program has
 * written to, the root. 0, or -1 and errno.
 */
int hostfs_enter(void);

#endif
