#include "attach.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#define CGROUPS "/sys/fs/cgroup"
#define CGROUP CGROUPS "/object"

static const char step_attach[] = "attach";

static struct bpf_link *attach_to_cgroup(struct bpf_program *program)
{
    struct bpf_link *link;
    int fd;

    mkdir(CGROUPS, 0755);
    mount("none", CGROUPS, "cgroup2", 0, NULL);
    mkdir(CGROUP, 0755);
    fd = open(CGROUP, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    link = bpf_program__attach_cgroup(program, fd);
    close(fd);
    return link;
}

static struct bpf_link *attach_by_type(struct bpf_program *program)
{
    switch (bpf_program__type(program)) {
    case BPF_PROG_TYPE_XDP:
        return bpf_program__attach_xdp(program, (int)if_nametoindex("lo"));
    case BPF_PROG_TYPE_CGROUP_SKB:
    case BPF_PROG_TYPE_CGROUP_SOCK:
    case BPF_PROG_TYPE_CGROUP_SOCK_ADDR:
    case BPF_PROG_TYPE_CGROUP_SOCKOPT:
    case BPF_PROG_TYPE_CGROUP_SYSCTL:
    case BPF_PROG_TYPE_CGROUP_DEVICE:
    case BPF_PROG_TYPE_SOCK_OPS:
        return attach_to_cgroup(program);
    default:
        return bpf_program__attach(program);
    }
}

/* libbpf answers EOPNOTSUPP for a section that it cannot attach by itself, and no link and no error for one that leaves
 * its target out (SEC("uprobe")).
 */
struct result attach_program(struct bpf_program *program)
{
    struct bpf_link *link;

    mount("none", "/sys/kernel/debug", "debugfs", 0, NULL);
    mount("none", "/sys/kernel/tracing", "tracefs", 0, NULL);
    errno = 0;
    link = attach_by_type(program);
    if (link) {
        bpf_link__destroy(link);
        return result_accept();
    }
    if (errno == EOPNOTSUPP || errno == 0)
        return result_skip(step_attach, errno, "libbpf cannot attach section '%s' by itself",
                           bpf_program__section_name(program));
    return result_reject(step_attach, errno);
}
