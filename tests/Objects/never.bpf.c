/* No kernel takes it: the program reads from a pointer that may be NULL.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, __u32);
} map SEC(".maps");

SEC("xdp")
int read_null(struct xdp_md *context)
{
    __u32 key = 0;
    __u32 *value = bpf_map_lookup_elem(&map, &key);

    return *value;
}

char LICENSE[] SEC("license") = "GPL";
