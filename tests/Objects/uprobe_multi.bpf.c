/* One program at many functions of a program, which may sleep.
 *
 * Linux 6.6: 89ae89f53d20 ("bpf: Add multi uprobe link"). Loading takes a kprobe that may sleep, Linux 6.0:
 * 64ad7556c75e ("bpf: allow sleepable uprobe programs to attach").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

SEC("uprobe.multi.s//usr/bin/true:main*")
int count_calls(struct pt_regs *registers)
{
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
