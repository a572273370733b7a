/* PID 1 of the guest. It must not return, as the kernel would panic, and must not wait for ever. An error is a line on
 * the console, and the end of the machine; the host then finds no end marker in the report.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "channel.h"
#include "children.h"
#include "console.h"
#include "memlock.h"
#include "orders.h"
#include "parameters.h"

/* Errors are ignored: a file system may be mounted already (EBUSY), and a kernel that lacks one may still be able to
 * answer.
 */
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

/* Makes RCU grace periods short: freeing a map-in-map waits for one, which is most of a run's time otherwise. Not all
 * kernels have the file (Documentation/ABI/testing/sysfs-kernel-rcu); the parameter rcupdate.rcu_expedited=1 does the
 * same.
 */
static void hurry_rcu(void)
{
    int fd = open("/sys/kernel/rcu_expedited", O_WRONLY);

    if (fd < 0)
        return;
    if (write(fd, "1", 1) != 1)
        dprintf(STDERR_FILENO, "init: cannot hurry RCU: %s\n", strerror(errno)); /* and goes on */
    close(fd);
}

static struct channel open_channel(const struct parameters *parameters)
{
    struct channel channel;
    char path[64];
    int error;

    if (parameters->options.port && channel_try_port(&channel, parameters->options.port))
        return channel;
    snprintf(path, sizeof(path), "/dev/%s", parameters->device);
    error = channel_open_terminal(&channel, path);
    if (error)
        give_up("channel %s: %s", path, strerror(error));
    return channel;
}

/* A kernel that runs other CPUs than it was given answers another question than the one that was asked. */
static void require_cpus(int wanted)
{
    cpu_set_t running;

    if (!wanted)
        return;
    if (sched_getaffinity(0, sizeof(running), &running))
        give_up("sched_getaffinity: %s", strerror(errno));
    if (CPU_COUNT(&running) != wanted)
        give_up("the kernel runs %d of %d CPUs", CPU_COUNT(&running), wanted);
}

int main(void)
{
    struct parameters parameters;
    struct channel channel;

    mount_filesystems();
    hurry_rcu();
    raise_memlock_limit();
    parameters_read(&parameters);
    require_cpus(parameters.cpus);
    channel = open_channel(&parameters);
    if (parameters.wait)
        orders_await(&parameters, &channel);
    announce_probes();
    run_probes("/probes", &parameters, &channel);
    channel_drain(&channel);
    leave();
}
