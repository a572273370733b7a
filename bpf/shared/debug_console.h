/* A device of QEMU's that sends each byte it is given to the host. A byte costs one instruction, with no driver, no
 * terminal and no interrupt between.
 */
#ifndef PROBE_DEBUG_CONSOLE_H
#define PROBE_DEBUG_CONSOLE_H

#include <stdbool.h>
#include <stddef.h>

/* Whether such a device answers at this address, and the kernel lets this process use it:
 *   on PCs, isa-debugcon at an I/O port (ioperm(2): not without CONFIG_X86_IOPL_IOPERM, not under lockdown)
 *   elsewhere, a virtio console behind registers in memory (/dev/mem: not without CONFIG_DEVMEM, not under lockdown,
 *   and not where a driver of the kernel has it)
 */
bool debug_console_open(unsigned long address);

/* Of the one that was opened last. A virtio console leaves out bytes that are zero. */
void debug_console_write(const char *text, size_t length);

#endif
