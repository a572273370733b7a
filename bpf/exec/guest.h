/* What test programs need of a machine beside what the guest's init has made. */
#ifndef EXEC_GUEST_H
#define EXEC_GUEST_H

#include <sys/types.h>

/* Once: file systems that all programs share. Errors are ignored, here and below: a kernel that lacks something can
 * still be asked.
 */
void guest_prepare(void);

/* For each program, before it runs: its control group, which bounds its memory and the number of its processes, where
 * the kernel can, and the loopback device.
 */
void guest_confine(pid_t child);

/* For each program, in its own process: mounts, a hostname and shared memory that end with it, so that the next one
 * finds a fresh /tmp, /run and bpffs; and the limits of an ordinary process.
 */
void guest_enter(void);

/* Ends all processes but this one and init, and removes the control groups of the program. */
void guest_end_all(void);

#endif
