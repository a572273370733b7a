/* What test programs need of a machine beside what the guest's init has made. */
#ifndef EXEC_GUEST_H
#define EXEC_GUEST_H

#include <sys/types.h>

/* File systems, a hostname, the loopback device. Errors are ignored: a kernel that lacks one can still be asked. */
void guest_prepare(void);

/* Puts a process into a control group that bounds its memory and the number of its children, where the kernel can. */
void guest_confine(pid_t child);

/* Ends all processes but this one and init. */
void guest_end_all(void);

#endif
