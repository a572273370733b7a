/* No kernel takes it: it has one instruction more than a program may have, 1,000,000 since Linux 5.2.
 *
 * c04c0d2b968a ("bpf: increase complexity limit and maximum program size").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

SEC("xdp")
__attribute__((naked)) int many(void)
{
    asm volatile(".rept 1000000; r0 = 2; .endr; exit;");
}

char LICENSE[] SEC("license") = "GPL";
