#include "channel.h"

#include <errno.h>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#if defined(__x86_64__) || defined(__i386__)
#include <sys/io.h>
#define HAVE_PORTS 1
#endif

/* What QEMU's isa-debugcon reads as by default (property readback); where there is nothing, a port reads as 0xff. */
enum { DEBUGCON_READS_AS = 0xe9 };

/* Raw, so that a newline stays one byte and nothing is echoed (cfmakeraw(3)). */
int channel_open_terminal(struct channel *channel, const char *path)
{
    struct termios settings;
    int fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);

    if (fd < 0 || tcgetattr(fd, &settings) < 0)
        return errno;
    cfmakeraw(&settings);
    settings.c_cflag |= CLOCAL;
    cfsetspeed(&settings, B115200);
    if (tcsetattr(fd, TCSANOW, &settings) < 0)
        return errno;
    *channel = (struct channel){ .fd = fd };
    return 0;
}

bool channel_try_port(struct channel *channel, unsigned short port)
{
#ifdef HAVE_PORTS
    if (ioperm(port, 1, 1) == 0 && inb(port) == DEBUGCON_READS_AS) {
        *channel = (struct channel){ .fd = -1, .port = port };
        return true;
    }
#endif
    (void)channel;
    (void)port;
    return false;
}

int channel_write(const struct channel *channel, const char *text, size_t length)
{
#ifdef HAVE_PORTS
    if (channel->port) {
        /* libc's outsb() does not say that it reads memory. */
        __asm__ volatile("" : : : "memory");
        outsb(channel->port, text, length);
        return 0;
    }
#endif
    for (size_t done = 0; done < length;) {
        ssize_t written = write(channel->fd, text + done, length - done);

        if (written >= 0)
            done += (size_t)written;
        else if (errno != EINTR)
            return errno;
    }
    return 0;
}

void channel_drain(const struct channel *channel)
{
    if (!channel->port)
        tcdrain(channel->fd);
}
