#include "guest.h"

#include <fcntl.h>
#include <net/if.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <unistd.h>

#define CGROUPS "/sys/fs/cgroup"
#define CGROUP CGROUPS "/exec"

/* What the guest keeps for itself, in bytes, and the most processes of a program. */
#define RESERVED (64ULL << 20)
#define PROCESSES_MAX "512"

static void write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);

    if (fd < 0)
        return;
    if (write(fd, text, strlen(text)) < 0)
        fprintf(stderr, "prober: %s refuses '%s'\n", path, text);
    close(fd);
}

static void mount_all(void)
{
    static const struct {
        const char *type, *where;
    } all[] = {
        { "tmpfs", "/tmp" },
        { "tmpfs", "/run" },
        { "tmpfs", "/dev/shm" },
        { "devpts", "/dev/pts" },
        { "debugfs", "/sys/kernel/debug" },
        { "tracefs", "/sys/kernel/tracing" },
        { "securityfs", "/sys/kernel/security" },
        { "cgroup2", CGROUPS },
    };

    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        mkdir(all[i].where, 0755);
        mount("none", all[i].where, all[i].type, 0, NULL);
    }
    chmod("/tmp", 01777);
    mkdir("/root", 0700);
}

static void raise_loopback(void)
{
    struct ifreq request = { .ifr_name = "lo" };
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return;
    if (ioctl(fd, SIOCGIFFLAGS, &request) == 0) {
        request.ifr_flags |= IFF_UP;
        ioctl(fd, SIOCSIFFLAGS, &request);
    }
    close(fd);
}

static void make_cgroup(void)
{
    struct sysinfo about;
    char bytes[32];

    write_file(CGROUPS "/cgroup.subtree_control", "+pids");
    write_file(CGROUPS "/cgroup.subtree_control", "+memory");
    if (mkdir(CGROUP, 0755) < 0)
        return;
    write_file(CGROUP "/pids.max", PROCESSES_MAX);
    if (sysinfo(&about) == 0 && (unsigned long long)about.totalram * about.mem_unit > 2 * RESERVED) {
        snprintf(bytes, sizeof(bytes), "%llu", (unsigned long long)about.totalram * about.mem_unit - RESERVED);
        write_file(CGROUP "/memory.max", bytes);
    }
}

void guest_prepare(void)
{
    static const char name[] = "guest";

    mount_all();
    make_cgroup();
    raise_loopback();
    (void)!sethostname(name, sizeof(name) - 1);
    write_file("/proc/self/oom_score_adj", "-1000");
}

void guest_confine(pid_t child)
{
    char number[16];

    snprintf(number, sizeof(number), "%d", child);
    write_file(CGROUP "/cgroup.procs", number);
}

/* One that forks for ever is bounded by its control group, so this ends; where there is none, the loop is. */
void guest_end_all(void)
{
    for (int i = 0; i < 100 && kill(-1, SIGKILL) == 0; i++)
        while (waitpid(-1, NULL, WNOHANG) > 0)
            ;
}
