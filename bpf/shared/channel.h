/* Where a report goes: a file descriptor, such as a serial port's, or a debug console of QEMU's. */
#ifndef PROBE_CHANNEL_H
#define PROBE_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>

struct channel {
    int fd;
    unsigned short port; /* an I/O port that takes one byte after the other, instead of fd; 0 for none */
};

/* Makes the terminal raw and the channel of it; 0, or the errno of what failed. */
int channel_open_terminal(struct channel *channel, const char *path);

/* Makes the channel of an I/O port, if QEMU's isa-debugcon answers there and the kernel lets this process use it
 * (ioperm(2): not without CONFIG_X86_IOPL_IOPERM, not under lockdown). A line then costs neither the serial driver, nor
 * the terminal layer, nor an interrupt for every 16 bytes.
 */
bool channel_try_port(struct channel *channel, unsigned short port);

/* Writes all of it; 0, or the errno of what failed. */
int channel_write(const struct channel *channel, const char *text, size_t length);

/* Waits until all that was written has left the machine. */
void channel_drain(const struct channel *channel);

#endif
