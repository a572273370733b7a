/* Hands what is sent on one socket to another.
 *
 * Linux 4.17: 4f738adba30a ("bpf: create tcp_bpf_ulp allowing BPF to monitor socket TX/RX data").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

struct {
    __uint(type, BPF_MAP_TYPE_SOCKMAP);
    __uint(max_entries, 2);
    __type(key, __u32);
    __type(value, __u64);
} sockets SEC(".maps");

SEC("sk_msg")
int redirect(struct sk_msg_md *message)
{
    return bpf_msg_redirect_map(message, &sockets, 1, BPF_F_INGRESS);
}

char LICENSE[] SEC("license") = "GPL";
