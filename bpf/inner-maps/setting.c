#include "setting.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <unistd.h>

/* Reads it if it is not known, and writes it if a digit is wanted. */
static int read_or_write(struct setting *setting, const char *wanted)
{
    int fd = open(setting->path, (wanted ? O_RDWR : O_RDONLY) | O_CLOEXEC), error = 0;

    if (fd < 0)
        return -errno;
    if (!setting->original && read(fd, &setting->original, 1) == 1)
        setting->current = setting->original;
    if (wanted && setting->current != *wanted && pwrite(fd, wanted, 1, 0) != 1)
        error = -errno;
    else if (wanted)
        setting->current = *wanted;
    close(fd);
    return error;
}

char setting_value(struct setting *setting)
{
    if (!setting->current)
        read_or_write(setting, NULL);
    return setting->current;
}

int setting_change(struct setting *setting, char wanted)
{
    return setting->current == wanted ? 0 : read_or_write(setting, &wanted);
}

void setting_restore(struct setting *setting)
{
    if (setting->original)
        setting_change(setting, setting->original);
}
