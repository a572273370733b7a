/* Memory whose size is known only at run time, through a pointer that carries its bounds.
 *
 * Linux 5.19: 97e03f521050 ("bpf: Add verifier support for dynptrs").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

char buffer[64];

SEC("raw_tp/sched_switch")
int write_to_dynptr(void *context)
{
    struct bpf_dynptr pointer;
    __u32 number = 1;

    bpf_dynptr_from_mem(buffer, sizeof(buffer), 0, &pointer);
    return bpf_dynptr_write(&pointer, 0, &number, sizeof(number), 0);
}

char LICENSE[] SEC("license") = "GPL";
