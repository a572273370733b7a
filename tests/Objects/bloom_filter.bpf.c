/* A set that may answer "perhaps": a map type that older kernels do not know, beside a program that does not need it.
 *
 * Linux 5.16: 9330986c0300 ("bpf: Add bloom filter map implementation").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

struct {
    __uint(type, BPF_MAP_TYPE_BLOOM_FILTER);
    __uint(max_entries, 128);
    __type(value, __u32);
} seen SEC(".maps");

SEC("xdp")
int look_up(struct xdp_md *context)
{
    __u32 queue = context->rx_queue_index;

    return bpf_map_peek_elem(&seen, &queue) ? XDP_PASS : XDP_DROP;
}

SEC("xdp")
int pass(struct xdp_md *context)
{
    return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
