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

void ktap_put(struct ktap *ktap, struct line *line)
{
    line->text[line->length++] = '\n';
    if (!ktap->error)
        ktap->error = channel_write(ktap->channel, line->text, line->length);
}
