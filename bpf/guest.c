/* PID 1: nothing runs before it and nothing after. It must not return (the kernel would panic) and must not wait for
 * anybody. What it does not like goes to the console, and the machine goes off; the host sees that there is no end
 * marker. Kernel command line parameters are described in README.md.
 */
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "channel.h"
#include "options.h"
#include "run.h"

/* Ends the machine: under QEMU's -no-reboot a restart does, and unlike power-off it needs no ACPI (where there is none,
 * RB_POWER_OFF halts for ever).
 */
static _Noreturn void leave(void)
{
    sync();
    reboot(RB_AUTOBOOT);
    for (;;)
        pause();
}

static _Noreturn void give_up(const char *format, ...) __attribute__((format(printf, 1, 2)));

static _Noreturn void give_up(const char *format, ...)
{
    int console = open("/dev/console", O_WRONLY | O_NOCTTY);
    va_list args;

    if (console < 0)
        console = STDERR_FILENO;
    dprintf(console, "prober: ");
    va_start(args, format);
    vdprintf(console, format, args);
    va_end(args);
    dprintf(console, "\n");
    tcdrain(console);
    leave();
}

/* What is mounted already (EBUSY) is as good; a kernel without one of them may still be able to answer. */
static void mount_filesystems(void)
{
    static const struct {
        const char *type, *where;
    } all[] = { { "devtmpfs", "/dev" }, { "proc", "/proc" }, { "sysfs", "/sys" }, { "bpf", "/sys/fs/bpf" } };

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        mkdir(all[i].where, 0755);
        mount("none", all[i].where, all[i].type, 0, NULL);
    }
}

/* Freeing a map-in-map waits for RCU grace periods, most of a run's time unless they are hurried
 * (Documentation/ABI/testing/sysfs-kernel-rcu is not there in all kernels; rcupdate.rcu_expedited=1 does the same).
 */
static void hurry_rcu(void)
{
    int fd = open("/sys/kernel/rcu_expedited", O_WRONLY);

    if (fd < 0)
        return;
    if (write(fd, "1", 1) != 1)
        dprintf(STDERR_FILENO, "prober: cannot hurry RCU: %s\n", strerror(errno));
    close(fd);
}

static void read_command_line(char *text, size_t size)
{
    int fd = open("/proc/cmdline", O_RDONLY);
    ssize_t length;

    if (fd < 0)
        give_up("/proc/cmdline: %s", strerror(errno));
    length = read(fd, text, size - 1);
    close(fd);
    if (length < 0)
        give_up("/proc/cmdline: %s", strerror(errno));
    text[length] = '\0';
}

/* Where the command line wants the KTAP. */
struct output {
    const char *device; /* in /dev */
    unsigned short port; /* tried first; 0 for none */
};

static const char *set_device(struct output *output, const char *name)
{
    if (!*name || strchr(name, '/') || strlen(name) > 32)
        return "not the name of a device in /dev";
    output->device = name;
    return NULL;
}

static const char *set_port(struct output *output, const char *number)
{
    char *end;
    unsigned long port = strtoul(number, &end, 0);

    if (*end || port == 0 || port > 0xffff)
        return "not the number of an I/O port";
    output->port = (unsigned short)port;
    return NULL;
}

static void parse_parameters(char *text, struct options *options, struct output *output)
{
    for (char *word = strtok(text, " \n"); word; word = strtok(NULL, " \n")) {
        const char *wrong = NULL;
        char *value = strchr(word, '=');

        if (strncmp(word, "harness.", 8) != 0 || !value)
            continue;
        *value++ = '\0';
        if (!strcmp(word, "harness.nonce"))
            wrong = options_set_nonce(options, value);
        else if (!strcmp(word, "harness.channel"))
            wrong = set_device(output, value);
        else if (!strcmp(word, "harness.port"))
            wrong = set_port(output, value);
        else if (!strcmp(word, "harness.case"))
            wrong = options_add_globs(options, value);
        else if (!strcmp(word, "harness.shuffle"))
            wrong = options_set_seed(options, value);
        else
            wrong = "no such parameter";
        if (wrong)
            give_up("%s: %s", word, wrong);
    }
}

static struct channel open_channel(const struct output *output)
{
    struct channel channel;
    char path[64];
    int error;

    if (output->port && channel_try_port(&channel, output->port))
        return channel;
    snprintf(path, sizeof(path), "/dev/%s", output->device);
    error = channel_open_terminal(&channel, path);
    if (error)
        give_up("channel %s: %s", path, strerror(error));
    return channel;
}

_Noreturn void guest_main(void)
{
    static char command_line[4096];
    static struct options options = { .nonce = "0" };
    struct output output = { .device = "ttyS1" };
    struct channel channel;
    struct case_table table;
    struct ktap ktap = { 0 };

    mount_filesystems();
    hurry_rcu();
    raise_memlock_limit();
    read_command_line(command_line, sizeof(command_line));
    parse_parameters(command_line, &options, &output);

    channel = open_channel(&output);
    ktap.channel = &channel;
    ktap.nonce = options.nonce;
    table = case_table_build();
    case_table_select(&table, options.globs, options.glob_count);
    if (options.shuffle)
        case_table_shuffle(&table, options.seed);
    run_cases(&table, &ktap);
    if (ktap.error)
        give_up("channel %s: %s", output.device, strerror(ktap.error));
    channel_drain(&channel);
    leave();
}
