/* The kernel's BTF, read once: reading it takes longer than all else that loading a small object does. Of libbpf since
 * 0.5; the program is linked with --wrap for the functions by which libbpf reads and frees it.
 */
#ifndef OBJECT_KERNEL_BTF_H
#define OBJECT_KERNEL_BTF_H

#include <stdbool.h>

/* Whether an object has needed it in this process or one before. */
bool kernel_btf_is_read(void);

/* Reads it now, if that has not been done, so that processes forked from this one have it. */
void kernel_btf_read(void);

#endif
