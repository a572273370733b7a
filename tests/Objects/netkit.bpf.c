/* Runs where a netkit device hands packets on.
 *
 * Linux 6.7: 35dfaad7188c ("netkit, bpf: Add bpf programmable net device").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

SEC("netkit/primary")
int pass(struct __sk_buff *packet)
{
    return -1; /* NETKIT_NEXT */
}

char LICENSE[] SEC("license") = "GPL";
