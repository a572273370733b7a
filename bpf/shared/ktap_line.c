#include "ktap_line.h"

#include <stdarg.h>
#include <stdio.h>

void line_append(struct line *line, const char *format, ...)
{
    size_t room = sizeof(line->text) - line->length - 1; /* one is kept for the newline */
    va_list args;
    int wanted;

    va_start(args, format);
    wanted = vsnprintf(line->text + line->length, room, format, args);
    va_end(args);
    if (wanted > 0)
        line->length += (size_t)wanted < room ? (size_t)wanted : room - 1;
}

void line_text(struct line *line, const char *text)
{
    const size_t most = sizeof(line->text) - 2; /* as much as line_append() leaves */

    while (*text && line->length < most)
        line->text[line->length++] = *text++;
}

void line_number(struct line *line, unsigned long long number)
{
    char digits[24], *first = digits + sizeof(digits) - 1;

    *first = '\0';
    do
        *--first = (char)('0' + number % 10);
    while (number /= 10);
    line_text(line, first);
}

void ktap_put(struct ktap *ktap, struct line *line)
{
    line->text[line->length++] = '\n';
    if (!ktap->error)
        ktap->error = channel_write(ktap->channel, line->text, line->length);
}
