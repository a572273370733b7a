/* A program as a user might hand to the probe exec. Its argument says what it does. */
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static void list(const char *path)
{
    DIR *directory = opendir(path);
    const struct dirent *entry;

    while (directory && (entry = readdir(directory)))
        if (entry->d_name[0] != '.')
            printf("%s/%s\n", path, entry->d_name);
}

static const char *loopback(void)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(1234), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)
    };
    int listening = socket(AF_INET, SOCK_STREAM, 0), connected = socket(AF_INET, SOCK_STREAM, 0);

    return bind(listening, (void *)&address, sizeof(address)) == 0 && listen(listening, 1) == 0
        && connect(connected, (void *)&address, sizeof(address)) == 0 ? "up" : "down";
}

/* Processes of user space, by their command line. */
static int processes(void)
{
    DIR *directory = opendir("/proc");
    const struct dirent *entry;
    int count = 0;

    while ((entry = readdir(directory))) {
        char path[300], byte;
        int fd;

        snprintf(path, sizeof(path), "/proc/%s/cmdline", entry->d_name);
        fd = atoi(entry->d_name) ? open(path, O_RDONLY) : -1;
        count += fd >= 0 && read(fd, &byte, 1) == 1;
        close(fd);
    }
    return count;
}

static int look(void)
{
    static const char *const wanted[] = {
        "/proc/self", "/sys/kernel", "/sys/fs/bpf", "/sys/kernel/debug", "/sys/kernel/tracing/trace",
        "/sys/fs/cgroup/cgroup.procs", "/sys/kernel/security/lsm", "/dev/null", "/dev/shm", "/dev/pts",
    };
    char host[64] = "", directory[64] = "";

    gethostname(host, sizeof(host));
    printf("%s %s %s loopback %s, %d processes\n", host, getenv("LANG"), getcwd(directory, sizeof(directory)),
           loopback(), processes());
    for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++)
        if (access(wanted[i], F_OK) < 0)
            printf("%s is missing\n", wanted[i]);
    list("/tmp");
    list("/run");
    list("/sys/fs/bpf");
    return 0;
}

/* A daemon that writes for ever, a pinned place in bpffs, files, a mount, another hostname, a control group. */
static int leave_much(void)
{
    mkdir("/sys/fs/bpf/left", 0700);
    mkdir("/sys/fs/cgroup/exec/left", 0700);
    mkdir("/tmp/left", 0700);
    mkdir("/run/left", 0700);
    mount("none", "/dev/shm", "tmpfs", 0, NULL);
    sethostname("other", 5);
    if (fork() == 0) {
        setsid();
        if (fork() == 0)
            for (;;)
                (void)!write(STDOUT_FILENO, "daemon\n", 7);
        _exit(0);
    }
    usleep(20000);
    return 0;
}

int main(int count, char **arguments)
{
    const char *what = count > 1 ? arguments[1] : "";

    if (!strcmp(what, "look"))
        return look();
    if (!strcmp(what, "leave"))
        return leave_much();
    if (!strcmp(what, "fork"))
        for (;;)
            if (fork() == 0)
                setsid();
    if (!strcmp(what, "eat"))
        for (;;)
            memset(malloc(1 << 20), 1, 1 << 20);
    if (!strcmp(what, "flood"))
        for (;;)
            puts("the same line again");
    if (!strcmp(what, "hang"))
        for (;;)
            pause();
    if (!strcmp(what, "abort"))
        abort();
    return atoi(what);
}
