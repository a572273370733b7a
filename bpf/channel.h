/* Where the KTAP goes: standard output, a serial port, or a debug console of QEMU's. */
#ifndef PROBER_CHANNEL_H
#define PROBER_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>

struct channel {
    int fd;
    unsigned short port; /* an I/O port that takes a byte after the other, instead of fd; 0 for none */
};

/* Makes the terminal raw and the channel of it; 0, or the errno of what failed. */
int channel_open_terminal(struct channel *channel, const char *path);

/* Makes the channel of an I/O port, if QEMU's isa-debugcon answers there and the kernel lets this process at it (ioperm(2):
 * not without CONFIG_X86_IOPL_IOPERM, not under lockdown). Of a line's cost through a serial port, the driver, the terminal
 * layer and an interrupt for every 16 bytes fall away.
 */
bool channel_try_port(struct channel *channel, unsigned short port);

/* All of it; 0, or the errno of what failed. */
int channel_write(const struct channel *channel, const char *text, size_t length);

/* Waits until nothing is under way any more. */
void channel_drain(const struct channel *channel);

#endif
