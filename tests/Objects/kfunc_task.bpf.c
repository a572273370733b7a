/* Calls functions of the kernel that are no helpers: takes a reference to a task, and gives it back.
 *
 * Linux 6.2: 3f0e6f2b41d3 ("bpf: Add bpf_task_from_pid() kfunc").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

struct task_struct *bpf_task_from_pid(__s32 pid) __ksym;
void bpf_task_release(struct task_struct *task) __ksym;

SEC("tp_btf/task_newtask")
int BPF_PROG(look_up_init, struct task_struct *task, __u64 flags)
{
    struct task_struct *init = bpf_task_from_pid(1);

    if (init)
        bpf_task_release(init);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
