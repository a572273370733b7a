#include "console.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/klog.h>
#include <sys/reboot.h>
#include <termios.h>
#include <unistd.h>

/* syslog(2): sets which messages reach the console, those of a level below the number. The header has no names. */
enum { SYSLOG_ACTION_CONSOLE_LEVEL = 8, WARNINGS_TOO = 5 };

/* The host looks for this text: what the kernel said before it is no business of the probes. */
#define PROBES_START "init: the probes start"

static void say_line(const char *text)
{
    int console = open("/dev/console", O_WRONLY | O_NOCTTY | O_CLOEXEC);

    if (console < 0)
        return;
    dprintf(console, "%s\n", text);
    close(console);
}

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

/* The line goes through the kernel's log, so that it keeps its place among the kernel's own lines: a console that has a
 * thread of its own (since 6.13) may be behind what a process writes. "<3>" is KERN_ERR, which loglevel=4 shows.
 */
void announce_probes(void)
{
    static const char line[] = "<3>" PROBES_START "\n";
    int log = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);

    if (log < 0 || write(log, line, sizeof(line) - 1) < 0)
        say_line(PROBES_START);
    if (log >= 0)
        close(log);
    klogctl(SYSLOG_ACTION_CONSOLE_LEVEL, NULL, WARNINGS_TOO);
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
