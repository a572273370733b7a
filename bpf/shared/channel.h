/* Where a report goes: a file descriptor, such as a serial port's, or a debug console of QEMU's. */
#ifndef PROBE_CHANNEL_H
#define PROBE_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>

struct channel {
    int fd;
    unsigned long port; /* the address of a debug console (debug_console.h), instead of fd; 0 for none */
};

/* Makes the terminal raw and the channel of it; 0, or the errno of what failed. */
int channel_open_terminal(struct channel *channel, const char *path);

/* Makes the channel of a debug console, if one answers at the address. A line then costs neither the serial driver, nor
 * the terminal layer, nor an interrupt for every 16 bytes. A process has one such channel.
 */
bool channel_try_port(struct channel *channel, unsigned long port);

/* Writes all of it; 0, or the errno of what failed. */
int channel_write(const struct channel *channel, const char *text, size_t length);

/* Waits until all that was written has left the machine. */
void channel_drain(const struct channel *channel);

#endif
