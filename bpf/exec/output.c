#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of one stream, in bytes. What comes later is read, so that the program never waits, and counted. */
enum { KEPT = 512 << 10, AT_ONCE = 16 << 10 };

/* The host ends a guest whose report has more than 8 MiB, or 100,000 lines (harness/Vm/OutputLimits.cs). So the texts
 * of all programs share REPORT bytes of it. LINE_COST is more than what ../shared/ktap.c writes beside the bytes of a
 * line, and what it does for further parts of a long line fits into the rest.
 */
enum { REPORT = 6 << 20, LINE_COST = 160, ESCAPED_COST = 4 };

static size_t left;

void output_share(size_t programs)
{
    left = REPORT / (programs ? programs : 1);
}

static size_t cost(unsigned char byte)
{
    return byte == '\n' ? LINE_COST : byte < ' ' || byte > '~' || byte == '\\' ? ESCAPED_COST : 1;
}

/* How many of the bytes there is room for in the report; takes that room. */
static size_t take_room(const char *bytes, size_t length)
{
    size_t taken;

    for (taken = 0; taken < length && cost((unsigned char)bytes[taken]) <= left; taken++)
        left -= cost((unsigned char)bytes[taken]);
    if (taken < length)
        left = 0; /* nothing that comes later stands behind a gap */
    return taken;
}

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
    size_t now = take_room(bytes, length < KEPT - text->length ? length : KEPT - text->length);

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
