/* User space reads a file, and the program writes a line into it for each task, or each map.
 *
 * Linux 5.8: eaaacd23910f ("bpf: Add task and task/file iterator targets"); 6086d29def80 ("bpf: Add bpf_map iterator").
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

SEC("iter/task")
int list_tasks(struct bpf_iter__task *context)
{
    struct task_struct *task = context->task;

    if (task)
        BPF_SEQ_PRINTF(context->meta->seq, "%d\n", task->pid);
    return 0;
}

SEC("iter/bpf_map")
int list_maps(struct bpf_iter__bpf_map *context)
{
    struct bpf_map *map = context->map;

    if (map)
        BPF_SEQ_PRINTF(context->meta->seq, "%u\n", map->id);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
