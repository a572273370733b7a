/* Files that QEMU hands to its guest through fw_cfg (QEMU's docs/specs/fw_cfg.rst). They belong to the QEMU that runs
 * now: a guest that another QEMU had saved finds those of the one that restored it.
 */
#ifndef INIT_FW_CFG_H
#define INIT_FW_CFG_H

#include <stdbool.h>
#include <stddef.h>

struct fw_cfg_file {
    char *content; /* with a NUL behind it */
    size_t size;
};

/* Whether there is such a device, and the kernel lets this process use it (ioperm(2)). */
bool fw_cfg_open(void);

/* Reads a file whole, into memory for the caller to free. False where there is no such file, or no room for it. */
bool fw_cfg_read(const char *name, struct fw_cfg_file *file);

#endif
