#include "hostfs.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "modules.h"

/* The name that the host gives its files (virtio's mount tag, VirtmeArguments.cs). */
#define TAG "hostfs"

#define LOWER "/hostfs/lower"
#define MEMORY "/hostfs/memory"
#define ROOT "/hostfs/root"

/* Nothing on the host changes behind a guest's back that the guest has to see, so it keeps what it has read. */
#define OPTIONS_9P "trans=virtio,version=9p2000.L,access=any,cache=loose,msize=262144"

/* Without file handles of the files below, which 9p has not got. */
#define OPTIONS_OVERLAY "lowerdir=" LOWER ",upperdir=" MEMORY "/upper,workdir=" MEMORY "/work,index=off,xino=off"

static const char step_guest[] = "guest";

static int make_root(void)
{
    if (mount("none", MEMORY, "tmpfs", 0, "mode=0755") < 0 || mkdir(MEMORY "/upper", 0755) < 0
        || mkdir(MEMORY "/work", 0755) < 0)
        return -1;
    return mount("none", ROOT, "overlay", 0, OPTIONS_OVERLAY);
}

/* A kernel answers ENODEV for a file system that it does not have, and ENOENT for a device that it does not find. What
 * else fails is a failure of this guest, whichever modules are missing.
 */
static struct result refusal(const char *type, int error, const char *problem)
{
    char missing[MODULES_MISSING_MAX];
    bool of_kernel = modules_read_missing(missing);

    if (*missing && (error == ENODEV || error == ENOENT))
        return result_skip(step_guest, error, "%s has no %s: %s", of_kernel ? "kernel" : "guest", type, missing);
    if (*problem)
        return result_error(step_guest, error, "%s does not mount%s", type, problem);
    if (error == ENODEV)
        return result_skip(step_guest, error, "kernel has no %s, and the host has no modules for it", type);
    if (error == ENOENT)
        return result_skip(step_guest, error, "kernel has no driver for virtio devices on PCI (virtio_pci)");
    return result_error(step_guest, error, "%s does not mount", type);
}

bool hostfs_prepare(struct result *result)
{
    static const char *const directories[] = { "/hostfs", LOWER, MEMORY, ROOT };
    char problem[MODULES_PROBLEM_MAX];

    for (size_t i = 0; i < sizeof(directories) / sizeof(directories[0]); i++)
        mkdir(directories[i], 0755);
    modules_load(problem);
    if (mount(TAG, LOWER, "9p", MS_RDONLY, OPTIONS_9P) < 0) {
        *result = refusal("9p", errno, problem);
        return false;
    }
    if (make_root() < 0) {
        *result = refusal("overlay", errno, problem);
        return false;
    }
    umount2(ROOT, MNT_DETACH);
    umount2(MEMORY, MNT_DETACH);
    return true;
}

int hostfs_enter(void)
{
    static const char *const own[] = { "/dev", "/proc", "/sys", "/run" };

    if (make_root() < 0)
        return -1;
    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++) {
        char where[64];

        snprintf(where, sizeof(where), ROOT "%s", own[i]);
        if ((mkdir(where, 0755) < 0 && errno != EEXIST) || mount(own[i], where, NULL, MS_BIND | MS_REC, NULL) < 0)
            return -1;
    }
    /* The initramfs is no root that pivot_root(2) takes: as switch_root(8) does. */
    if (chdir(ROOT) < 0 || mount(".", "/", NULL, MS_MOVE, NULL) < 0 || chroot(".") < 0)
        return -1;
    return chdir("/");
}
