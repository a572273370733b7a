/* Archives of files for this guest, in the "newc" cpio format
 * (Documentation/driver-api/early-userspace/buffer-format.rst).
 */
#ifndef INIT_UNPACK_H
#define INIT_UNPACK_H

#include <stddef.h>

/* Makes the archive's directories, files, links and device nodes below the root directory, as the kernel does with an
 * initramfs (init/initramfs.c), but for /init, which runs. NULL, or what is wrong in words; errno says more where it is
 * not 0.
 */
const char *unpack(const char *archive, size_t size);

#endif
