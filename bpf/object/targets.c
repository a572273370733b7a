#include "targets.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "libbpf_compat.h"
#include "uapi.h"

/* By program type: what the kernel attaches such a program to. */
static const struct {
    unsigned type;
    const char *missing;
} by_type[] = {
    { BPF_PROG_TYPE_SOCKET_FILTER, "it is attached to a socket, which its loader makes" },
    { BPF_PROG_TYPE_SK_REUSEPORT, "it is attached to a group of sockets, which its loader makes" },
    { BPF_PROG_TYPE_SK_SKB, "it is attached to a map of sockets, which its loader chooses" },
    { BPF_PROG_TYPE_SK_MSG, "it is attached to a map of sockets, which its loader chooses" },
    { BPF_PROG_TYPE_SCHED_ACT, "it is attached to a filter of traffic control, which its loader makes" },
    { BPF_PROG_TYPE_PERF_EVENT, "it is attached to a perf event, which its loader opens" },
    { BPF_PROG_TYPE_LWT_IN, "it is attached to a route, which its loader makes" },
    { BPF_PROG_TYPE_LWT_OUT, "it is attached to a route, which its loader makes" },
    { BPF_PROG_TYPE_LWT_XMIT, "it is attached to a route, which its loader makes" },
    { BPF_PROG_TYPE_LWT_SEG6LOCAL, "it is attached to a route, which its loader makes" },
    { BPF_PROG_TYPE_LIRC_MODE2, "it is attached to an infrared device" },
    { BPF_PROG_TYPE_EXT, "it replaces a function of another program, which its loader chooses" },
    { BPF_PROG_TYPE_STRUCT_OPS, "it is attached with the map that names it" },
    { BPF_PROG_TYPE_SYSCALL, "it is attached to nothing: its loader runs it" },
    { PROG_TYPE_NETFILTER, "it is attached to a netfilter hook, which its loader chooses" },
};

/* By the beginning of a section's name, up to a '/', a '.' or the end. */
static const struct {
    const char *section, *missing;
} by_section[] = {
    { "usdt", "it is attached to a program, which the guest does not have" },
    { "xdp/devmap", "it runs where a map of devices names it" },
    { "xdp/cpumap", "it runs where a map of processors names it" },
    { "xdp.frags/devmap", "it runs where a map of devices names it" },
    { "xdp.frags/cpumap", "it runs where a map of processors names it" },
    { "netkit", "it is attached to a netkit device, which its loader makes" },
    { "iter/bpf_map_elem", "it iterates over a map, which its loader chooses" },
    { "iter/bpf_sk_storage_map", "it iterates over a map, which its loader chooses" },
    { "iter/sockmap", "it iterates over a map, which its loader chooses" },
    { "iter/cgroup", "it iterates over control groups in an order that its loader chooses" },
};

static const struct {
    const char *message, *missing;
} by_message[] = {
    { "attach program FD is not set", "a program replaces a function of another program, which its loader chooses" },
    { "no BTF-based attach target is specified", "the section of a program names no target, which its loader chooses" },
    { "failed to open system Kconfig",
      "it asks for the kernel's configuration, which the guest does not have: none came with the kernel's image" },
};

static bool starts_with(const char *section, const char *start)
{
    size_t length = strlen(start);

    return !strncmp(section, start, length) && (!section[length] || strchr("/.", section[length]));
}

/* The file that an SEC("uprobe/PATH:FUNCTION") names is looked for in the guest. A name without '/' is a library, which
 * a static guest never has.
 */
static const char *missing_file(const char *section)
{
    const char *path = strchr(section, '/');
    char file[256];

    if (!path || !path[1])
        return "its section names no program";
    snprintf(file, sizeof(file), "%.*s", (int)strcspn(path + 1, ":"), path + 1);
    return *file == '/' && access(file, F_OK) == 0 ? NULL : "it is attached to a program that the guest does not have";
}

const char *target_missing_to_attach(const struct bpf_program *program)
{
    const char *section = bpf_program__section_name(program);
    unsigned type = bpf_program__type(program);

    for (size_t i = 0; i < sizeof(by_type) / sizeof(by_type[0]); i++)
        if (type == by_type[i].type)
            return by_type[i].missing;
    for (size_t i = 0; i < sizeof(by_section) / sizeof(by_section[0]); i++)
        if (starts_with(section, by_section[i].section))
            return by_section[i].missing;
    if (starts_with(section, "uprobe") || starts_with(section, "uretprobe") || starts_with(section, "usession"))
        return missing_file(section);
    return NULL;
}

const char *target_missing_to_load(const struct messages *messages)
{
    size_t length;

    for (size_t i = 0; i < sizeof(by_message) / sizeof(by_message[0]); i++)
        if (messages_find(messages, by_message[i].message, &length))
            return by_message[i].missing;
    return NULL;
}
