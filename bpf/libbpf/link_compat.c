/* Names that static libraries ask for and that the machine may not have.
 *
 * glibc: a libbpf.a built against glibc 2.38 or later refers to C2x's scanf and strtoull (which also read 0b...) by
 * symbols of their own. libbpf reads decimal and hexadecimal only, so an older glibc's functions do. A libbpf from
 * another release of Debian can thus be linked on this one.
 *
 * elfutils: libelf.a 0.192 in Debian 13 refers to elfutils' internal library libeu, which is not packaged. Only the
 * tree of raw chunks (elf_getdata_rawchunk) needs it. libbpf does not use that tree: libelf makes and frees it, and it
 * stays empty.
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

/* Weak, so that a libelf.a that brings the real ones keeps them. A search_tree starts with the pointer to its root
 * (lib/eu-search.h, elfutils 0.192).
 */
__attribute__((weak)) void eu_search_tree_init(void **root);
__attribute__((weak)) void eu_search_tree_fini(void **root, void (*free_node)(void *));

void eu_search_tree_init(void **root)
{
    *root = NULL;
}

void eu_search_tree_fini(void **root, void (*free_node)(void *))
{
    (void)free_node;
    if (*root)
        abort();
}
