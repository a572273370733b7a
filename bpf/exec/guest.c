#include "guest.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CGROUPS "/sys/fs/cgroup"
#define CGROUP CGROUPS "/exec"

/* What the guest keeps for itself, in bytes, and the most processes of a program. */
#define RESERVED (64ULL << 20)
#define PROCESSES_MAX "512"

/* As on a machine with systemd: the most descriptors that a program may ask for. */
enum { DESCRIPTORS_MAX = 1 << 19 };

/* How long the processes of a program may take to die. */
enum { DYING_MILLISECONDS = 5000, POLL_MILLISECONDS = 2 };

struct mount {
    const char *type, *where;
};

static void write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);

    if (fd < 0)
        return;
    if (write(fd, text, strlen(text)) < 0)
        fprintf(stderr, "prober: %s refuses '%s'\n", path, text);
    close(fd);
}

static void mount_each(const struct mount *all, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        mkdir(all[i].where, 0755);
        mount("none", all[i].where, all[i].type, 0, NULL);
    }
}

/* What the host has put into a directory of the guest stays there when a file system is mounted on it. */
static void put_back(int before, const char *where)
{
    DIR *entries = before < 0 ? NULL : fdopendir(before);
    const struct dirent *entry;

    while (entries && (entry = readdir(entries))) {
        char from[320], to[320];
        struct stat about;

        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")
            || fstatat(before, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) < 0)
            continue;
        snprintf(from, sizeof(from), "/proc/self/fd/%d/%.255s", before, entry->d_name);
        snprintf(to, sizeof(to), "%s/%.255s", where, entry->d_name);
        if (S_ISDIR(about.st_mode))
            mkdir(to, 0755);
        else
            close(open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        mount(from, to, NULL, MS_BIND | MS_REC, NULL);
    }
    if (entries)
        closedir(entries);
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

static void limit_cgroup(void)
{
    struct sysinfo about;
    char bytes[32];

    write_file(CGROUP "/pids.max", PROCESSES_MAX);
    if (sysinfo(&about) == 0 && (unsigned long long)about.totalram * about.mem_unit > 2 * RESERVED) {
        snprintf(bytes, sizeof(bytes), "%llu", (unsigned long long)about.totalram * about.mem_unit - RESERVED);
        write_file(CGROUP "/memory.max", bytes);
    }
}

void guest_prepare(void)
{
    static const struct mount all[] = {
        { "devpts", "/dev/pts" },
        { "debugfs", "/sys/kernel/debug" },
        { "tracefs", "/sys/kernel/tracing" },
        { "securityfs", "/sys/kernel/security" },
        { "cgroup2", CGROUPS },
    };

    mount_each(all, sizeof(all) / sizeof(all[0]));
    mkdir("/tmp", 01777);
    mkdir("/root", 0700);
    write_file(CGROUPS "/cgroup.subtree_control", "+pids");
    write_file(CGROUPS "/cgroup.subtree_control", "+memory");
    write_file("/proc/self/oom_score_adj", "-1000");
}

void guest_confine(pid_t child)
{
    char number[16];

    raise_loopback();
    if (mkdir(CGROUP, 0755) == 0)
        limit_cgroup();
    snprintf(number, sizeof(number), "%d", child);
    write_file(CGROUP "/cgroup.procs", number);
}

void guest_enter(void)
{
    static const struct mount own[] = {
        { "tmpfs", "/tmp" }, { "tmpfs", "/run" }, { "tmpfs", "/dev/shm" }, { "bpf", "/sys/fs/bpf" },
    };
    static const char name[] = "guest";
    const struct rlimit descriptors = { 1024, DESCRIPTORS_MAX };
    int before = open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    write_file("/proc/self/oom_score_adj", "0");
    setrlimit(RLIMIT_NOFILE, &descriptors);
    if (unshare(CLONE_NEWNS) == 0)
        mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL);
    unshare(CLONE_NEWUTS);
    unshare(CLONE_NEWIPC);
    mount_each(own, sizeof(own) / sizeof(own[0]));
    chmod("/tmp", 01777);
    chmod("/dev/shm", 01777);
    put_back(before, "/tmp");
    (void)!sethostname(name, sizeof(name) - 1);
}

static int remove_group(const char *path, const struct stat *about, int kind, struct FTW *place)
{
    (void)about;
    (void)place;
    if (kind == FTW_DP)
        rmdir(path);
    return 0;
}

/* Whether a process is there that is neither init nor this one. The kernel's own have 2 as their parent or number. */
static bool others_live(void)
{
    DIR *processes = opendir("/proc");
    const struct dirent *entry;
    bool found = false;

    while (processes && !found && (entry = readdir(processes))) {
        int process = atoi(entry->d_name), parent = 2;
        char path[64];
        FILE *stat;

        if (process <= 2 || process == getpid())
            continue;
        snprintf(path, sizeof(path), "/proc/%d/stat", process);
        stat = fopen(path, "re");
        if (!stat)
            continue;
        found = fscanf(stat, "%*d (%*[^)]) %*c %d", &parent) == 1 && parent != 2;
        fclose(stat);
    }
    if (processes)
        closedir(processes);
    return found;
}

/* One that forks for ever cannot any more once it may have no further processes; init reaps what has lost its parent.
 * kill(-1) succeeds as long as the kernel has a process of its own, so that tells nothing.
 */
void guest_end_all(void)
{
    const struct timespec pause = { .tv_nsec = POLL_MILLISECONDS * 1000L * 1000 };

    write_file(CGROUP "/pids.max", "0");
    for (int i = 0; i < DYING_MILLISECONDS / POLL_MILLISECONDS; i++) {
        kill(-1, SIGKILL);
        while (waitpid(-1, NULL, WNOHANG) > 0)
            ;
        if (!others_live())
            break;
        nanosleep(&pause, NULL);
    }
    nftw(CGROUP, remove_group, 16, FTW_DEPTH | FTW_PHYS);
}
