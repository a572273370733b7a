/* A congestion control of TCP's: a table of functions, some of them in BPF.
 *
 * Linux 5.6: 85d33df357b6 ("bpf: Introduce BPF_MAP_TYPE_STRUCT_OPS").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

SEC("struct_ops/start")
void BPF_PROG(start, struct sock *socket)
{
}

SEC("struct_ops/threshold")
__u32 BPF_PROG(threshold, struct sock *socket)
{
    return 2;
}

SEC("struct_ops/avoid")
void BPF_PROG(avoid, struct sock *socket, __u32 acknowledged, __u32 count)
{
}

SEC("struct_ops/undo")
__u32 BPF_PROG(undo, struct sock *socket)
{
    return 10;
}

SEC(".struct_ops")
struct tcp_congestion_ops fixed_window = {
    .init = (void *)start,
    .ssthresh = (void *)threshold,
    .cong_avoid = (void *)avoid,
    .undo_cwnd = (void *)undo,
    .name = "fixed_window",
};

char LICENSE[] SEC("license") = "GPL";
