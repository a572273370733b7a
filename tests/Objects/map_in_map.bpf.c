/* A map of maps whose inner map is declared and put in by the object itself.
 *
 * Linux 4.12: 56f668dfe00d ("bpf: Add array of maps support"); libbpf 0.1 fills in the values.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

struct inner {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 1);
    __type(key, __u32);
    __type(value, __u32);
} inner SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
    __uint(max_entries, 2);
    __type(key, __u32);
    __array(values, struct inner);
} outer SEC(".maps") = {
    .values = { [1] = &inner },
};

SEC("xdp")
int look_up_twice(struct xdp_md *context)
{
    __u32 key = 1, first = 0;
    void *map = bpf_map_lookup_elem(&outer, &key);
    __u32 *value = map ? bpf_map_lookup_elem(map, &first) : NULL;

    return value ? *value : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
