/* Takes part in the kernel's security decisions.
 *
 * Linux 5.7: fc611f47f218 ("bpf: Introduce BPF_PROG_TYPE_LSM").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

SEC("lsm/file_mprotect")
int BPF_PROG(allow_mprotect, struct vm_area_struct *area, unsigned long requested, unsigned long protection, int result)
{
    return result;
}

char LICENSE[] SEC("license") = "GPL";
