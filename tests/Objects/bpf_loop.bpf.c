/* A loop whose body is a function: the verifier looks at it once.
 *
 * Linux 5.17: e6f2dd0f8067 ("bpf: Add bpf_loop helper").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

static int add(__u32 index, void *sum)
{
    *(__u64 *)sum += index;
    return 0;
}

SEC("xdp")
int sum(struct xdp_md *context)
{
    __u64 total = 0;

    bpf_loop(1000, add, &total, 0);
    return total ? XDP_PASS : XDP_DROP;
}

char LICENSE[] SEC("license") = "GPL";
