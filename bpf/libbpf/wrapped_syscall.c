#include "wrapped_syscall.h"

#include <stdarg.h>
#include <stddef.h>

long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);

long real_syscall(long number, const long arguments[SYSCALL_ARGUMENTS])
{
    return __real_syscall(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
}

/* Reads all arguments that there could be; syscall(2) does so, too. */
long __wrap_syscall(long number, ...)
{
    long arguments[SYSCALL_ARGUMENTS];
    va_list list;

    va_start(list, number);
    for (size_t i = 0; i < SYSCALL_ARGUMENTS; i++)
        arguments[i] = va_arg(list, long);
    va_end(list);
    return watched_syscall(number, arguments);
}
