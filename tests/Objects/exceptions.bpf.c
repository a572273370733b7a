/* Leaves the program from inside a function of it.
 *
 * Linux 6.7: f18b03fabaa9 ("bpf: Implement BPF exceptions").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

void bpf_throw(__u64 cookie) __ksym;

SEC("tc")
int throw_on_empty(struct __sk_buff *packet)
{
    if (packet->len == 0)
        bpf_throw(0);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
