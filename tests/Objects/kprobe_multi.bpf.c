/* One program at many functions of the kernel, by a pattern of their names.
 *
 * Linux 5.18: 0dcac2725406 ("bpf: Add multi kprobe link"). Loading takes no more than a kprobe does; attaching does.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

SEC("kprobe.multi/vfs_read*")
int count_reads(struct pt_regs *registers)
{
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
