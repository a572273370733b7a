/* A table of programs that the object fills in itself.
 *
 * Linux 4.2: 04fd61ab36ec ("bpf: allow bpf programs to tail-call other bpf programs"); libbpf 0.7 fills in the table.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

int second(struct xdp_md *context);

struct {
    __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
    __uint(max_entries, 1);
    __uint(key_size, sizeof(__u32));
    __array(values, int(void *));
} table SEC(".maps") = {
    .values = { (void *)&second },
};

SEC("xdp")
int first(struct xdp_md *context)
{
    bpf_tail_call(context, &table, 0);
    return XDP_DROP;
}

SEC("xdp")
int second(struct xdp_md *context)
{
    return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
