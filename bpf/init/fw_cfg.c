#include "fw_cfg.h"

#include <endian.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fw_cfg_dma.h"

#if defined(__x86_64__) || defined(__i386__)
#include <sys/io.h>

enum { PORT_SELECTOR = 0x510, PORT_DATA = 0x511, PORTS = 12 };
enum { KEY_SIGNATURE = 0x00, KEY_FEATURES = 0x01, KEY_DIRECTORY = 0x19, FEATURE_DMA = 2 };

static bool has_dma;

struct entry {
    uint32_t size; /* all numbers are big-endian */
    uint16_t key;
    uint16_t reserved;
    char name[56];
};

static void select_key(unsigned short key)
{
    outw(key, PORT_SELECTOR);
}

static void read_bytes(void *to, size_t size)
{
    insb(PORT_DATA, to, size);
    /* libc's insb() does not say that it writes memory. */
    __asm__ volatile("" : : : "memory");
}

bool fw_cfg_open(void)
{
    char signature[4];
    uint32_t features;

    if (ioperm(PORT_SELECTOR, PORTS, 1) != 0)
        return false;
    select_key(KEY_SIGNATURE);
    read_bytes(signature, sizeof(signature));
    if (memcmp(signature, "QEMU", sizeof(signature)) != 0)
        return false;
    select_key(KEY_FEATURES);
    read_bytes(&features, sizeof(features));
    has_dma = (le32toh(features) & FEATURE_DMA) && fw_cfg_dma_open();
    return true;
}

static bool find(const char *name, struct entry *entry)
{
    uint32_t count;

    select_key(KEY_DIRECTORY);
    read_bytes(&count, sizeof(count));
    for (count = be32toh(count); count > 0; count--) {
        read_bytes(entry, sizeof(*entry));
        if (strncmp(entry->name, name, sizeof(entry->name)) == 0)
            return true;
    }
    return false;
}

bool fw_cfg_read(const char *name, struct fw_cfg_file *file)
{
    struct entry entry;

    if (!find(name, &entry))
        return false;
    file->size = be32toh(entry.size);
    file->content = malloc(file->size + 1);
    if (!file->content)
        return false;
    if (!has_dma || !fw_cfg_dma_read(be16toh(entry.key), file->content, file->size)) {
        select_key(be16toh(entry.key));
        read_bytes(file->content, file->size);
    }
    file->content[file->size] = '\0';
    return true;
}

#else

bool fw_cfg_open(void)
{
    return false;
}

bool fw_cfg_read(const char *name, struct fw_cfg_file *file)
{
    (void)name;
    (void)file;
    return false;
}

#endif
