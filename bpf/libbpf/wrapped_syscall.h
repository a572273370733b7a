/* A program that is linked with WRAPPED_SYSCALL (libbpf.mk) has every syscall(2) of its own and of libbpf pass through
 * its function watched_syscall().
 */
#ifndef LIBBPF_WRAPPED_SYSCALL_H
#define LIBBPF_WRAPPED_SYSCALL_H

/* As many arguments as any system call has. */
enum { SYSCALL_ARGUMENTS = 6 };

/* The program's own: does the call, or something in its place. Gives its result, and sets errno as it would. */
long watched_syscall(long number, const long arguments[SYSCALL_ARGUMENTS]);

/* The call itself. */
long real_syscall(long number, const long arguments[SYSCALL_ARGUMENTS]);

#endif
