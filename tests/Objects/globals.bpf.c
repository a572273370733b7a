/* Global variables: zeroed, with a value, constant.
 *
 * Linux 5.2: d8eca5bbb2be ("bpf: implement lookup-free direct value access for maps").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

const volatile __u32 least = 64;
__u64 short_packets;
__u64 long_packets = 1;

SEC("xdp")
int count_by_length(struct xdp_md *context)
{
    if (context->data_end - context->data < least)
        __sync_fetch_and_add(&short_packets, 1);
    else
        __sync_fetch_and_add(&long_packets, 1);
    return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
