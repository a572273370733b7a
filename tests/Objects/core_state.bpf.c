/* A field that changed its name: task_struct's `state` became `__state`.
 *
 * Linux 5.14: 2f064a59a11f ("sched: Change task_struct::state"). `guarded` asks which of the two there is, and loads on
 * both sides; `renamed` relies on the new name.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

struct task_struct___before_5_14 {
    long state;
} __attribute__((preserve_access_index));

SEC("raw_tp/sched_wakeup")
int guarded(struct bpf_raw_tracepoint_args *context)
{
    struct task_struct *task = (void *)context->args[0];
    struct task_struct___before_5_14 *older = (void *)task;

    if (bpf_core_field_exists(task->__state))
        return BPF_CORE_READ(task, __state) == 0;
    return BPF_CORE_READ(older, state) == 0;
}

SEC("raw_tp/sched_wakeup")
int renamed(struct bpf_raw_tracepoint_args *context)
{
    struct task_struct *task = (void *)context->args[0];

    return BPF_CORE_READ(task, __state) == 0;
}

char LICENSE[] SEC("license") = "GPL";
