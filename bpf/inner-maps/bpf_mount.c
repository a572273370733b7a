#include "bpf_mount.h"

#include <errno.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "maps.h"

/* fsopen(2), fsconfig(2) and fsmount(2), which older C libraries do not have: include/uapi/linux/mount.h. */
enum { CLOSE_ON_EXEC = 1, SET_STRING = 1, CREATE_SUPERBLOCK = 6 };

static int answer(long result)
{
    return result < 0 ? -errno : (int)result;
}

int bpf_mount_begin(void)
{
    return answer(syscall(__NR_fsopen, "bpf", CLOSE_ON_EXEC));
}

int bpf_mount_delegate(int begun, const char *what)
{
    return answer(syscall(__NR_fsconfig, begun, SET_STRING, what, "any", 0));
}

int bpf_mount_make(int begun)
{
    int error = answer(syscall(__NR_fsconfig, begun, CREATE_SUPERBLOCK, NULL, NULL, 0));

    return error < 0 ? error : answer(syscall(__NR_fsmount, begun, CLOSE_ON_EXEC, 0));
}

int bpf_mount_new(void)
{
    int begun = bpf_mount_begin();
    int made = begun < 0 ? begun : bpf_mount_make(begun);

    close_fd(begun);
    return made;
}
