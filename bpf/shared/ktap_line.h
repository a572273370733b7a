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

/* The same of a text, and of a number in decimal: faster where a report has very many of them. */
void line_text(struct line *line, const char *text);
void line_number(struct line *line, unsigned long long number);

/* Writes the line and its newline. */
void ktap_put(struct ktap *ktap, struct line *line);

#endif
