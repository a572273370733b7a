/* Looks at each connect(2) of a control group.
 *
 * Linux 4.17: d74bad4e74ee ("bpf: Hooks for sys_connect").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>

SEC("cgroup/connect4")
int refuse_telnet(struct bpf_sock_addr *context)
{
    return context->user_port != bpf_htons(23);
}

char LICENSE[] SEC("license") = "GPL";
