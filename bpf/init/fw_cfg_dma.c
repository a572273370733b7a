/* QEMU is told physical addresses. The kernel may move a page at any time, but not while somebody beside its mappings
 * refers to it: a pipe does that for pages that were put into it (vmsplice(2)). The first page holds the request, and
 * the second what was read, until it is copied to where it belongs.
 */
#include "fw_cfg_dma.h"

#include <endian.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#if defined(__x86_64__) || defined(__i386__)
#include <sys/io.h>

enum { PORT_ADDRESS_HIGH = 0x514, PORT_ADDRESS_LOW = 0x518 };
enum { CONTROL_READ = 2, CONTROL_SELECT = 8 };
enum { PAGE = 4096, PAGES = 2, CLEAN = 0 };

/* All numbers are big-endian. */
struct request {
    uint32_t control; /* CLEAN when it is done */
    uint32_t length;
    uint64_t address;
};

static char *window;
static uint64_t frames[PAGES]; /* physical addresses of the window's pages */

static bool pin_window(void)
{
    struct iovec whole = { .iov_len = (size_t)PAGES * PAGE };
    int pipe_ends[2];

    window = mmap(NULL, whole.iov_len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (window == MAP_FAILED)
        return false;
    madvise(window, whole.iov_len, MADV_NOHUGEPAGE);
    memset(window, 1, whole.iov_len);
    whole.iov_base = window;
    /* The pipe stays open: the machine ends with this process. */
    return pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) == 0
        && vmsplice(pipe_ends[1], &whole, 1, 0) == (ssize_t)whole.iov_len;
}

/* Documentation/admin-guide/mm/pagemap.rst */
static bool find_frames(void)
{
    const uint64_t present = 1ULL << 63, number = (1ULL << 55) - 1;
    int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
    off_t at = (off_t)((uintptr_t)window / PAGE * sizeof(frames[0]));
    bool found = fd >= 0 && pread(fd, frames, sizeof(frames), at) == (ssize_t)sizeof(frames);

    if (fd >= 0)
        close(fd);
    for (size_t i = 0; i < PAGES && found; i++) {
        found = (frames[i] & present) && (frames[i] & number);
        frames[i] = (frames[i] & number) * PAGE;
    }
    return found;
}

static bool carry_out(uint32_t control, size_t page, size_t length)
{
    volatile struct request *request = (struct request *)window;

    request->length = htobe32((uint32_t)length);
    request->address = htobe64(frames[page]);
    request->control = htobe32(control);
    __asm__ volatile("" : : : "memory");
    outl(htobe32((uint32_t)(frames[0] >> 32)), PORT_ADDRESS_HIGH);
    outl(htobe32((uint32_t)frames[0]), PORT_ADDRESS_LOW);
    __asm__ volatile("" : : : "memory");
    return request->control == CLEAN;
}

bool fw_cfg_dma_read(unsigned short key, char *to, size_t size)
{
    uint32_t control = (uint32_t)key << 16 | CONTROL_SELECT | CONTROL_READ;

    for (size_t done = 0, length; done < size; done += length, control = CONTROL_READ) {
        length = size - done < PAGE ? size - done : PAGE;
        if (!carry_out(control, 1, length))
            return false;
        memcpy(to + done, window + PAGE, length);
    }
    return true;
}

bool fw_cfg_dma_open(void)
{
    char signature[4] = "";

    return pin_window() && find_frames() && fw_cfg_dma_read(0, signature, sizeof(signature))
        && memcmp(signature, "QEMU", sizeof(signature)) == 0;
}

#else

bool fw_cfg_dma_open(void)
{
    return false;
}

bool fw_cfg_dma_read(unsigned short key, char *to, size_t size)
{
    (void)key;
    (void)to;
    (void)size;
    return false;
}

#endif
