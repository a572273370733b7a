#ifndef PROBER_GUEST_H
#define PROBER_GUEST_H

/* The prober as PID 1 of a virtual machine: runs what the kernel's command line asks for, and powers off. */
_Noreturn void guest_main(void);

#endif
