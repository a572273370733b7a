/* net.core.bpf_jit_enable (Documentation/admin-guide/sysctl/net.rst): 0 is off, 1 is on. */
#include "jit.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define SETTING "/proc/sys/net/core/bpf_jit_enable"

static char original, current; /* a digit; NUL until it is known */

static int change(char wanted)
{
    int fd = open(SETTING, O_RDWR | O_CLOEXEC), error = 0;

    if (fd < 0)
        return errno == ENOENT ? 0 : -errno;
    if (!original && read(fd, &original, 1) == 1)
        current = original;
    if (current != wanted && pwrite(fd, &wanted, 1, 0) != 1)
        error = -errno;
    else
        current = wanted;
    close(fd);
    return error;
}

int jit_set(bool on)
{
    const char wanted = on ? '1' : '0';

    return current == wanted ? 0 : change(wanted);
}

void jit_restore(void)
{
    if (original && current != original)
        change(original);
}
