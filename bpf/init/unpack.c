#include "unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* A header has a magic number and 13 fields of 8 hexadecimal digits; then come the name and the content, each padded to
 * a multiple of 4 bytes from the archive's start.
 */
enum { MAGIC = 6, DIGITS = 8, FIELDS = 13, HEADER = MAGIC + FIELDS * DIGITS };
enum { FIELD_MODE = 1, FIELD_SIZE = 6, FIELD_MAJOR = 9, FIELD_MINOR = 10, FIELD_NAME_SIZE = 11 };

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

/* The mode of a new file is cut by the umask; the archive's is not. */
static bool write_file(const char *path, mode_t mode, const char *content, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ssize_t written = 0;

    if (fd < 0)
        return false;
    if (fchmod(fd, mode) != 0) {
        close(fd);
        return false;
    }
    for (size_t done = 0; done < size && written >= 0; done += (size_t)written)
        written = write(fd, content + done, size - done);
    return close(fd) == 0 && written >= 0;
}

/* One that is there has a file system mounted by now, or is as this guest's own initramfs made it. */
static bool make_directory(const char *path, mode_t mode)
{
    return mkdir(path, 0700) == 0 ? chmod(path, mode) == 0 : errno == EEXIST;
}

static bool make_link(const char *path, const char *content, size_t size)
{
    char target[4096];

    if (size >= sizeof(target)) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(target, content, size);
    target[size] = '\0';
    return symlink(target, path) == 0;
}

/* Of a device node, the numbers stand in the header. devtmpfs has made those that every guest has. */
static bool make_device(const char *path, mode_t mode, const char *header)
{
    const dev_t device = makedev(field(header, FIELD_MAJOR), field(header, FIELD_MINOR));

    return mknod(path, mode, device) == 0 || errno == EEXIST;
}

static bool make(const char *header, const char *content, size_t size)
{
    const char *name = header + HEADER;
    const mode_t mode = (mode_t)field(header, FIELD_MODE);
    char path[4096];

    if (strcmp(name, "init") == 0)
        return true;
    snprintf(path, sizeof(path), "/%s", name);
    if (S_ISDIR(mode))
        return make_directory(path, mode & 07777);
    if (S_ISREG(mode))
        return write_file(path, mode & 07777, content, size);
    if (S_ISLNK(mode))
        return make_link(path, content, size);
    if (S_ISCHR(mode) || S_ISBLK(mode))
        return make_device(path, mode, header);
    errno = ENOTSUP;
    return false;
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
        if (!make(header, archive + content, content_size))
            return name;
        at = padded(content + content_size);
        if (at > size)
            break;
    }
    return "it has no end";
}
