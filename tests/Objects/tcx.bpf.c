/* Runs for packets that come in on a device, in an order with others.
 *
 * Linux 6.6: e420bed02507 ("bpf: Add fd-based tcx multi-prog infra with link support").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

SEC("tcx/ingress")
int pass(struct __sk_buff *packet)
{
    return -1; /* TCX_NEXT */
}

char LICENSE[] SEC("license") = "GPL";
