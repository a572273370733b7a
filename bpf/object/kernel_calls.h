/* What the kernel says beside an errno, and libbpf does not ask for: every system call of libbpf passes through here,
 * since the program is linked with --wrap=syscall.
 */
#ifndef OBJECT_KERNEL_CALLS_H
#define OBJECT_KERNEL_CALLS_H

#include <stdbool.h>

#include "messages.h"

/* From now on, why the kernel refuses a map is appended to these messages, where the kernel can say it: BPF_MAP_CREATE
 * takes a log since Linux 7.2 (struct bpf_common_attr). NULL for no longer.
 */
void kernel_calls_tell(struct messages *messages);

/* From now on, a slot of a table of programs (PROG_ARRAY) stays empty where the object names a program for it that is
 * not loaded, which libbpf takes for a failure otherwise: the question leaves that program out.
 */
void kernel_calls_leave_slots(bool leave);

/* How many instructions the verifier looked at before it took the program of this descriptor: bpf_prog_info's
 * verified_insns since Linux 5.16, before that from the verifier's statistics (BPF_LOG_STATS, Linux 5.2). 0 where the
 * kernel does not say.
 */
unsigned verified_instructions(int program);

#endif
