/* Reads of fw_cfg by which QEMU writes into memory itself: a byte costs nothing then, and 65 ns through its port. */
#ifndef INIT_FW_CFG_DMA_H
#define INIT_FW_CFG_DMA_H

#include <stdbool.h>
#include <stddef.h>

/* Whether QEMU can do that, and the kernel says where memory lies (/proc/self/pagemap). The ports are this process's
 * already (fw_cfg.c).
 */
bool fw_cfg_dma_open(void);

/* Reads from the beginning of what a key names. False when QEMU reports an error. */
bool fw_cfg_dma_read(unsigned short key, char *to, size_t size);

#endif
