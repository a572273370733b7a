/* A program to run, as the host has written it into the guest: a file of strings "KEY=VALUE", each ended by NUL.
 *
 *   program=PATH     the executable, or a script that begins with #!
 *   directory=PATH   where it is started; default /tmp
 *   arg=TEXT         an argument; in their order
 *   env=NAME=VALUE   a variable, beside or instead of the usual ones
 *   timeout=SECONDS  how long it may take
 *   expect=CODE      the exit code with which it passes; default 0
 *   skip=REASON      it is not run, since the host knows that it cannot be run on this machine
 *   root=host        its root is a view of the host's files (hostfs.h), and its paths are of those
 */
#ifndef EXEC_TASK_H
#define EXEC_TASK_H

#include <stdbool.h>

enum { ARGUMENTS_MAX = 256, VARIABLES_MAX = 64 };

struct task {
    char *text; /* the file; the others point into it */
    char *arguments[ARGUMENTS_MAX + 2]; /* the program first, NULL last */
    char *variables[VARIABLES_MAX + 8]; /* NULL last */
    const char *directory;
    const char *skip; /* NULL for a program to run */
    unsigned timeout;
    int expect;
    bool sees_host;
};

/* What is wrong with the file; NULL when it is read. */
const char *task_read(struct task *task, const char *path);

void task_free(struct task *task);

#endif
