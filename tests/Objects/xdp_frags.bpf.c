/* Packets that are larger than one page, in pieces.
 *
 * Linux 5.18: c2f2cdbeffda ("bpf: introduce BPF_F_XDP_HAS_FRAGS flag in prog_flags loading the ebpf program").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

SEC("xdp.frags")
int measure(struct xdp_md *context)
{
    return bpf_xdp_get_buff_len(context) > 4096 ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
