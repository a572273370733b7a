#include "debug_console.h"

#if defined(__x86_64__) || defined(__i386__)
#include <sys/io.h>

/* What isa-debugcon reads as by default (property readback); where there is nothing, a port reads as 0xff. */
enum { READS_AS = 0xe9, PORTS = 0x10000 };

static unsigned short port;

bool debug_console_open(unsigned long address)
{
    if (address >= PORTS || ioperm(address, 1, 1) != 0 || inb((unsigned short)address) != READS_AS)
        return false;
    port = (unsigned short)address;
    return true;
}

void debug_console_write(const char *text, size_t length)
{
    /* libc's outsb() does not say that it reads memory. */
    __asm__ volatile("" : : : "memory");
    outsb(port, text, length);
}

#else

#include <endian.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* The registers of a virtio device in memory (virtio 1.2, 4.2.2), and what a console has behind them: a register that
 * sends a byte before any driver has set the device up (5.3.4, VIRTIO_CONSOLE_F_EMERG_WRITE).
 */
enum {
    MAGIC = 0x000,
    DEVICE_ID = 0x008,
    DEVICE_FEATURES = 0x010,
    DEVICE_FEATURES_SELECTOR = 0x014,
    EMERGENCY_WRITE = 0x108,
    REGISTERS = 0x200
};
enum { CONSOLE = 3, FEATURE_EMERGENCY_WRITE = 1 << 2 };
static const uint32_t virt = 0x74726976; /* "virt" */

static volatile unsigned char *registers;

static uint32_t get(size_t offset)
{
    return le32toh(*(volatile uint32_t *)(registers + offset));
}

static void set(size_t offset, uint32_t value)
{
    *(volatile uint32_t *)(registers + offset) = htole32(value);
}

/* Registers of several devices share a page. */
static volatile unsigned char *map(unsigned long address)
{
    const unsigned long page = (unsigned long)sysconf(_SC_PAGESIZE), start = address / page * page;
    int fd = open("/dev/mem", O_RDWR | O_SYNC | O_CLOEXEC);
    void *mapped;

    if (fd < 0)
        return NULL;
    mapped = mmap(NULL, address - start + REGISTERS, PROT_READ | PROT_WRITE, MAP_SHARED, fd, (off_t)start);
    close(fd);
    return mapped == MAP_FAILED ? NULL : (unsigned char *)mapped + (address - start);
}

bool debug_console_open(unsigned long address)
{
    registers = address % sizeof(uint32_t) == 0 ? map(address) : NULL;
    if (!registers || get(MAGIC) != virt || get(DEVICE_ID) != CONSOLE)
        return false;
    set(DEVICE_FEATURES_SELECTOR, 0);
    return get(DEVICE_FEATURES) & FEATURE_EMERGENCY_WRITE;
}

void debug_console_write(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        set(EMERGENCY_WRITE, (unsigned char)text[i]);
}

#endif
