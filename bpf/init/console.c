#include "console.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/reboot.h>
#include <termios.h>
#include <unistd.h>

static void say_list(const char *format, va_list args)
{
    int console = open("/dev/console", O_WRONLY | O_NOCTTY | O_CLOEXEC);
    int fd = console < 0 ? STDERR_FILENO : console;

    dprintf(fd, "prober: ");
    vdprintf(fd, format, args);
    dprintf(fd, "\n");
    tcdrain(fd);
    if (console >= 0)
        close(console);
}

void say(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say_list(format, args);
    va_end(args);
}

void give_up(const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say_list(format, args);
    va_end(args);
    leave();
}

/* QEMU's -no-reboot ends the machine at a restart. Power-off needs ACPI: without it, RB_POWER_OFF halts the CPU, and
 * the machine stays.
 */
void leave(void)
{
    sync();
    reboot(RB_AUTOBOOT);
    for (;;)
        pause();
}
