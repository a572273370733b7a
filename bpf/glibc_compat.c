/* Names that a static libbpf built against glibc 2.38 or later asks for and an older glibc does not have: there, C2x's
 * scanf and strtoull (which also read 0b...) got symbols of their own. libbpf reads decimal and hexadecimal only, so the old
 * functions do. A libbpf from another release of Debian can thus be linked on this one.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#if !__GLIBC_PREREQ(2, 38)

int __isoc23_sscanf(const char *text, const char *format, ...);
int __isoc23_fscanf(FILE *file, const char *format, ...);
unsigned long long __isoc23_strtoull(const char *text, char **end, int base);
unsigned long __isoc23_strtoul(const char *text, char **end, int base);
long __isoc23_strtol(const char *text, char **end, int base);

int __isoc23_sscanf(const char *text, const char *format, ...)
{
    va_list args;
    int count;

    va_start(args, format);
    count = vsscanf(text, format, args);
    va_end(args);
    return count;
}

int __isoc23_fscanf(FILE *file, const char *format, ...)
{
    va_list args;
    int count;

    va_start(args, format);
    count = vfscanf(file, format, args);
    va_end(args);
    return count;
}

unsigned long long __isoc23_strtoull(const char *text, char **end, int base)
{
    return strtoull(text, end, base);
}

unsigned long __isoc23_strtoul(const char *text, char **end, int base)
{
    return strtoul(text, end, base);
}

long __isoc23_strtol(const char *text, char **end, int base)
{
    return strtol(text, end, base);
}

#endif
