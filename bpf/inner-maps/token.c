/* A token belongs to a user namespace and to a BPF file system in it (bpf_token_create, v6.9), while root outside says
 * what that file system delegates (bpf_parse_param). So there are two processes, which share their descriptors.
 */
#include "token.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bpf_mount.h"
#include "maps.h"
#include "uapi.h"

enum { TOKEN_CREATE = 36 };

static int namespace = -1;

/* What one process tells the other: a descriptor, or a negative errno. */
static int tell(int pipe_fd, int number)
{
    return write(pipe_fd, &number, sizeof(number)) == sizeof(number) ? 0 : -EIO;
}

static int hear(int pipe_fd)
{
    int number;

    return read(pipe_fd, &number, sizeof(number)) == sizeof(number) ? number : -EIO;
}

static void write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);

    if (fd >= 0 && write(fd, text, strlen(text)) < 0)
        errno = 0; /* What this was for fails then, and says why. */
    close_fd(fd);
}

struct token_attr {
    uint32_t flags, bpffs_fd;
};

static int token_create(int mount_fd)
{
    struct token_attr attr = { .bpffs_fd = (uint32_t)openat(mount_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) };
    int token = (int)attr.bpffs_fd < 0 ? -errno : bpf_call(TOKEN_CREATE, &attr, sizeof(attr));

    close_fd((int)attr.bpffs_fd);
    return token;
}

/* Inside: root in a user namespace of its own, with a BPF file system that it does not set up. */
static _Noreturn void run_inside(int to_outside, int from_outside)
{
    int mount_fd;

    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) {
        tell(to_outside, -errno);
        _exit(0);
    }
    write_file("/proc/self/setgroups", "deny");
    write_file("/proc/self/uid_map", "0 0 1");
    write_file("/proc/self/gid_map", "0 0 1");
    tell(to_outside, bpf_mount_begin());
    mount_fd = hear(from_outside);
    if (mount_fd >= 0) {
        tell(to_outside, token_create(mount_fd));
        namespace = open("/proc/self/ns/user", O_RDONLY | O_CLOEXEC);
        tell(to_outside, namespace < 0 ? -errno : namespace);
    }
    _exit(0);
}

/* Outside: gives the file system what it may delegate, and makes it. */
static int mount_with_delegation(int begun)
{
    static const char *const delegations[] = { "delegate_cmds", "delegate_maps" };

    for (size_t i = 0; i < sizeof(delegations) / sizeof(delegations[0]); i++) {
        int error = bpf_mount_delegate(begun, delegations[i]);

        if (error < 0)
            return error;
    }
    return bpf_mount_make(begun);
}

static int ask_for_token(int to_inside, int from_inside)
{
    int fs_fd = hear(from_inside), token = fs_fd, mount_fd;

    if (fs_fd < 0)
        return token;
    mount_fd = mount_with_delegation(fs_fd);
    token = mount_fd;
    tell(to_inside, mount_fd);
    if (mount_fd >= 0) {
        token = hear(from_inside);
        namespace = hear(from_inside);
    }
    close_fd(mount_fd);
    close_fd(fs_fd);
    return token;
}

/* A kernel that knows the command looks at the descriptor first (bpf_token_create). */
static bool kernel_has_tokens(void)
{
    struct token_attr attr = { .bpffs_fd = UINT32_MAX };

    return syscall(__NR_bpf, TOKEN_CREATE, &attr, sizeof(attr)) < 0 && errno == EBADF;
}

/* fork(2), but the two share their files. The order of the first two arguments differs between machines (clone(2)). */
static long clone_with_files(void)
{
#ifdef __s390x__
    return syscall(__NR_clone, 0, CLONE_FILES | SIGCHLD, 0, 0, 0);
#else
    return syscall(__NR_clone, CLONE_FILES | SIGCHLD, 0, 0, 0, 0);
#endif
}

static int make_token(void)
{
    int inward[2], outward[2], token;
    long process;

    if (!kernel_has_tokens())
        return -EINVAL;
    if (pipe2(inward, O_CLOEXEC) < 0)
        return -errno;
    if (pipe2(outward, O_CLOEXEC) < 0) {
        token = -errno;
    } else {
        process = clone_with_files();
        if (process == 0)
            run_inside(outward[1], inward[0]);
        token = process < 0 ? -errno : ask_for_token(inward[1], outward[0]);
        if (process > 0)
            waitpid((pid_t)process, NULL, 0);
        close(outward[0]);
        close(outward[1]);
    }
    close(inward[0]);
    close(inward[1]);
    return token;
}

int bpf_token_namespace(void)
{
    return namespace;
}

int bpf_token(void)
{
    static int token;
    static bool asked;

    if (!asked)
        token = make_token();
    asked = true;
    return token;
}
