/* Archives of files for this guest, in the "newc" cpio format
 * (Documentation/driver-api/early-userspace/buffer-format.rst).
 */
#ifndef INIT_UNPACK_H
#define INIT_UNPACK_H

#include <stddef.h>

/* Makes the archive's directories and regular files below the root directory, but for /init, which runs. NULL, or what
 * is wrong in words; errno says more where it is not 0.
 */
const char *unpack(const char *archive, size_t size);

#endif
