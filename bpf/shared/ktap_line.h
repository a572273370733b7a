/* A line of a report, while it is made. */
#ifndef PROBE_KTAP_LINE_H
#define PROBE_KTAP_LINE_H

#include <stddef.h>

#include "ktap.h"

struct line {
    char text[640];
    size_t length;
};

/* Appends as much as has room. */
void line_append(struct line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes the line and its newline. */
void ktap_put(struct ktap *ktap, struct line *line);

#endif
