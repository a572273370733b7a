#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of one stream, in bytes. What comes later is read, so that the program never waits, and counted. A
 * report may have room for less (../shared/ktap_texts.c).
 */
enum { KEPT = 512 << 10, AT_ONCE = 16 << 10 };

int output_open(struct output *output, const char *name)
{
    int ends[2];

    *output = (struct output){ .fd = -1, .text = { .name = name } };
    if (pipe2(ends, O_CLOEXEC) < 0)
        return -1;
    output->fd = ends[0];
    return ends[1];
}

static void keep(struct output *output, const char *bytes, size_t length)
{
    struct text *text = &output->text;
    size_t now = length < KEPT - text->length ? length : KEPT - text->length;

    if (text->length + now > output->room) {
        size_t room = 2 * (text->length + now);
        char *larger = realloc(text->bytes, room);

        if (!larger)
            now = 0;
        else {
            text->bytes = larger;
            output->room = room;
        }
    }
    memcpy(text->bytes + text->length, bytes, now);
    text->length += now;
    text->lost += length - now;
}

bool output_read(struct output *output)
{
    char buffer[AT_ONCE];
    ssize_t got = read(output->fd, buffer, sizeof(buffer));

    if (got > 0)
        keep(output, buffer, (size_t)got);
    if (got > 0 || (got < 0 && (errno == EINTR || errno == EAGAIN)))
        return true;
    output_close(output);
    return false;
}

void output_close(struct output *output)
{
    if (output->fd >= 0)
        close(output->fd);
    output->fd = -1;
}
