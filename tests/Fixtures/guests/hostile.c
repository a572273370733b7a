/* A probe that turns on the machine that it runs on, as root in a guest can. MODE says how. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/io.h>

#define DEVICES 1
#define FLOOD_PORT 2

enum { ADDRESS = 0xcf8, DATA = 0xcfc, BUSES = 4, FUNCTIONS = 256 };

#if MODE == DEVICES
/* Says which PCI devices there are, whether or not the kernel has looked for any. */
static void act(void)
{
    for (uint32_t place = 0; place < BUSES * FUNCTIONS; place++) {
        uint32_t id;

        outl(0x80000000u | place << 8, ADDRESS);
        id = inl(DATA);
        if (id != 0xffffffffu)
            fprintf(stderr, "device %04x:%04x\n", id & 0xffff, id >> 16);
    }
}
#else
/* Writes to an I/O port for ever. */
static void act(void)
{
    static char text[4096];

    memset(text, 'x', sizeof(text));
    for (size_t i = 127; i < sizeof(text); i += 128)
        text[i] = '\n';
    for (;;)
        outsb(PORT, text, sizeof(text));
}
#endif

int main(void)
{
    if (iopl(3) < 0) {
        perror("iopl");
        return 1;
    }
    act();
    return 0;
}
