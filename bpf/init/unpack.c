#include "unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A header has a magic number and 13 fields of 8 hexadecimal digits; then come the name and the content, each padded to
 * a multiple of 4 bytes from the archive's start.
 */
enum { MAGIC = 6, DIGITS = 8, FIELDS = 13, HEADER = MAGIC + FIELDS * DIGITS };
enum { FIELD_MODE = 1, FIELD_SIZE = 6, FIELD_NAME_SIZE = 11 };

static size_t field(const char *header, int number)
{
    char digits[DIGITS + 1] = { 0 };

    memcpy(digits, header + MAGIC + number * DIGITS, DIGITS);
    return strtoul(digits, NULL, 16);
}

static size_t padded(size_t offset)
{
    return (offset + 3) & ~(size_t)3;
}

static bool write_file(const char *path, mode_t mode, const char *content, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    ssize_t written = 0;

    if (fd < 0)
        return false;
    for (size_t done = 0; done < size && written >= 0; done += (size_t)written)
        written = write(fd, content + done, size - done);
    return close(fd) == 0 && written >= 0;
}

static bool make(const char *name, mode_t mode, const char *content, size_t size)
{
    char path[4096];

    snprintf(path, sizeof(path), "/%s", name);
    if (S_ISDIR(mode))
        return mkdir(path, mode & 0777) == 0 || errno == EEXIST;
    if (S_ISREG(mode) && strcmp(name, "init") != 0)
        return write_file(path, mode & 0777, content, size);
    return true;
}

const char *unpack(const char *archive, size_t size)
{
    size_t at = 0;

    errno = 0;
    while (size - at >= HEADER) {
        const char *header = archive + at, *name = header + HEADER;
        const size_t name_size = field(header, FIELD_NAME_SIZE), content_size = field(header, FIELD_SIZE);
        const size_t content = padded(at + HEADER + name_size);

        if (memcmp(header, "070701", MAGIC) != 0)
            return "an entry has no header";
        if (name_size == 0 || content > size || name[name_size - 1] != '\0')
            return "a name does not end";
        if (strcmp(name, "TRAILER!!!") == 0)
            return NULL;
        if (content_size > size - content)
            return "a file is cut";
        if (!make(name, (mode_t)field(header, FIELD_MODE), archive + content, content_size))
            return name;
        at = padded(content + content_size);
        if (at > size)
            break;
    }
    return "it has no end";
}
