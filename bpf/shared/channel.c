#include "channel.h"

#include <errno.h>
#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "debug_console.h"

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

bool channel_try_port(struct channel *channel, unsigned long port)
{
    if (!debug_console_open(port))
        return false;
    *channel = (struct channel){ .fd = -1, .port = port };
    return true;
}

int channel_write(const struct channel *channel, const char *text, size_t length)
{
    if (channel->port) {
        debug_console_write(text, length);
        return 0;
    }
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
