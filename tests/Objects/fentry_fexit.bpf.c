/* Runs before and after a function of the kernel.
 *
 * Linux 5.5: fec56f5890d9 ("bpf: Introduce BPF trampoline").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

SEC("fentry/vfs_read")
int BPF_PROG(before, struct file *file)
{
    return 0;
}

SEC("fexit/vfs_read")
int BPF_PROG(after, struct file *file, char *buffer, size_t count, loff_t *position, ssize_t result)
{
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
