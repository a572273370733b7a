/* What a program writes, as much as is kept. */
#ifndef EXEC_OUTPUT_H
#define EXEC_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "result.h"

struct output {
    int fd; /* the end to read; negative once the program has closed it */
    struct text text;
    size_t room;
};

/* Makes a pipe; the end to write, or -1 with errno. */
int output_open(struct output *output, const char *name);

/* Reads what is there, at most one buffer; false when nothing more will come. */
bool output_read(struct output *output);

void output_close(struct output *output);

#endif
