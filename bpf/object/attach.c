#include "attach.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "libbpf_compat.h"
#include "modules.h"
#include "targets.h"
#include "uapi.h"

#define CGROUPS "/sys/fs/cgroup"
#define CGROUP CGROUPS "/object"

static const char step_attach[] = "attach";

static struct result of_link(struct bpf_link *link)
{
    if (!is_valid(link))
        return result_reject(step_attach, error_of(link));
    bpf_link__destroy(link);
    return result_accept();
}

static int loopback(void)
{
    return (int)if_nametoindex("lo");
}

static struct result attach_to_cgroup(struct bpf_program *program)
{
    struct result result;
    int fd;

    mkdir(CGROUPS, 0755);
    mount("none", CGROUPS, "cgroup2", 0, NULL);
    if (mkdir(CGROUP, 0755) < 0 && errno != EEXIST)
        return result_skip(step_attach, errno, "kernel has no cgroup2");
    fd = open(CGROUP, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return result_error(step_attach, errno, CGROUP);
    result = of_link(bpf_program__attach_cgroup(program, fd));
    close(fd);
    return result;
}

static struct result attach_to_network(struct bpf_program *program)
{
    int fd = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    struct result result;

    if (fd < 0)
        return result_error(step_attach, errno, "/proc/self/ns/net");
    result = of_link(bpf_program__attach_netns(program, fd));
    close(fd);
    return result;
}

static struct result attach_tcx(struct bpf_program *program)
{
    if (!bpf_program__attach_tcx)
        return result_skip(step_attach, 0, "this libbpf is older than tcx (1.3)");
    return of_link(bpf_program__attach_tcx(program, loopback(), NULL));
}

#ifdef LIBBPF_MAJOR_VERSION
/* The kernel answers ENOENT for a module that it does not find, and EOPNOTSUPP where it has no traffic control at all.
 * That the guest lacks something says nothing about the kernel, and nobody foresees it.
 */
static struct result without(const char *what, int error, const char *problem)
{
    char missing[MODULES_MISSING_MAX];
    bool of_kernel = modules_read_missing(missing);

    if (error != ENOENT && error != EOPNOTSUPP)
        return result_error(step_attach, error, "%s cannot be set up%s", what, problem);
    if (!of_kernel)
        return result_error(step_attach, error, "guest has no %s: %s", what, missing);
    if (!*missing && *problem)
        return result_error(step_attach, error, "guest has no %s%s", what, problem);
    return result_skip(step_attach, error, "kernel has no %s%s%s", what, *missing ? ": " : "", missing);
}
#endif

/* SEC("tc"): the hook is the queueing discipline clsact, the filter is cls_bpf: modules in many kernels, which the host
 * puts into the guest.
 */
static struct result attach_tc(struct bpf_program *program)
{
#ifdef LIBBPF_MAJOR_VERSION
    DECLARE_LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = loopback(), .attach_point = BPF_TC_INGRESS);
    DECLARE_LIBBPF_OPTS(bpf_tc_opts, options, .prog_fd = bpf_program__fd(program));
    char problem[MODULES_PROBLEM_MAX];
    int error;

    modules_load(problem);
    error = -bpf_tc_hook_create(&hook);
    if (error && error != EEXIST)
        return without("clsact", error, problem);
    error = -bpf_tc_attach(&hook, &options);
    hook.attach_point = BPF_TC_INGRESS | BPF_TC_EGRESS;
    bpf_tc_hook_destroy(&hook);
    if (error == ENOENT)
        return without("cls_bpf", error, problem);
    return error ? result_reject(step_attach, error) : result_accept();
#else
    (void)program;
    return result_skip(step_attach, 0, "this libbpf is older than traffic control (0.4)");
#endif
}

/* libbpf answers EOPNOTSUPP for a section that it cannot attach by itself. So may the kernel, of a section that names
 * its target.
 */
static struct result attach_as_said(struct bpf_program *program)
{
    const char *section = bpf_program__section_name(program);
    struct bpf_link *link = bpf_program__attach(program);

    if (!is_valid(link) && (error_of(link) == EOPNOTSUPP || error_of(link) == 0) && !strchr(section, '/'))
        return result_skip(step_attach, error_of(link), "its section names no target: libbpf cannot attach '%s'",
                           section);
    return of_link(link);
}

static struct result attach_by_type(struct bpf_program *program)
{
    unsigned point = bpf_program__expected_attach_type(program);

    switch (bpf_program__type(program)) {
    case BPF_PROG_TYPE_XDP:
        return of_link(bpf_program__attach_xdp(program, loopback()));
    case BPF_PROG_TYPE_SCHED_CLS:
        return point == ATTACH_TCX_INGRESS || point == ATTACH_TCX_EGRESS ? attach_tcx(program) : attach_tc(program);
    case BPF_PROG_TYPE_FLOW_DISSECTOR:
    case BPF_PROG_TYPE_SK_LOOKUP:
        return attach_to_network(program);
    case BPF_PROG_TYPE_CGROUP_SKB:
    case BPF_PROG_TYPE_CGROUP_SOCK:
    case BPF_PROG_TYPE_CGROUP_SOCK_ADDR:
    case BPF_PROG_TYPE_CGROUP_SOCKOPT:
    case BPF_PROG_TYPE_CGROUP_SYSCTL:
    case BPF_PROG_TYPE_CGROUP_DEVICE:
    case BPF_PROG_TYPE_SOCK_OPS:
        return attach_to_cgroup(program);
    case BPF_PROG_TYPE_LSM:
        return point == ATTACH_LSM_CGROUP ? attach_to_cgroup(program) : attach_as_said(program);
    default:
        return attach_as_said(program);
    }
}

struct result attach_program(struct bpf_program *program)
{
    const char *missing = target_missing_to_attach(program);

    if (missing)
        return result_skip(step_attach, 0, "%s", missing);
    mount("none", "/sys/kernel/debug", "debugfs", 0, NULL);
    mount("none", "/sys/kernel/tracing", "tracefs", 0, NULL);
    return attach_by_type(program);
}

struct result attach_map(struct bpf_map *map)
{
    return of_link(bpf_map__attach_struct_ops(map));
}
