/* The host knows the lines on the channel by their beginnings. What is in fw_cfg:
 *   opt/harness/orders  parameters harness.*, as they would stand on the kernel's command line
 *   opt/harness/guest   the probes and their files, as a cpio archive
 */
#include "orders.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__) || defined(__i386__)
#include <sys/io.h>
#define HAVE_PORTS 1
#endif

#include "console.h"
#include "fw_cfg.h"
#include "renew.h"
#include "unpack.h"

/* What the host writes to the register when it has made its copy, or made this one of it. */
enum { WAITING = 0, GO = 0x5a };

static void tell(const struct channel *channel, const char *text)
{
    channel_write(channel, text, strlen(text));
    channel_drain(channel);
}

/* The host copies the machine somewhere in the loop. It looks for the first line every few milliseconds. */
static void wait_for_go(unsigned long port, const struct channel *channel)
{
#ifdef HAVE_PORTS
    if (ioperm(port, 1, 1) != 0)
        give_up("I/O port 0x%lx: %s", port, strerror(errno));
    outb(WAITING, (unsigned short)port);
    tell(channel, "# init ready\n");
    while (inb((unsigned short)port) != GO)
        ;
    ioperm(port, 1, 0);
#else
    (void)channel;
    give_up("I/O port 0x%lx: this machine has none", port);
#endif
}

static struct fw_cfg_file read_file(const char *name)
{
    struct fw_cfg_file file;

    if (!fw_cfg_read(name, &file))
        give_up("fw_cfg has no %s", name);
    return file;
}

void orders_await(struct parameters *parameters, const struct channel *channel)
{
    struct fw_cfg_file orders, guest;
    const char *wrong;
    char line[96];

    if (!fw_cfg_open())
        give_up("there is no fw_cfg");
    wait_for_go(parameters->wait, channel);
    orders = read_file("opt/harness/orders");
    wrong = parameters_add(parameters, orders.content);
    if (wrong)
        give_up("%s: %s", parameters->wrong, wrong);
    renew(&parameters->fresh);
    guest = read_file("opt/harness/guest");
    wrong = unpack(guest.content, guest.size);
    if (wrong)
        give_up("the guest's archive: %s: %s", wrong, errno ? strerror(errno) : "malformed");
    free(guest.content); /* Only the probes' files are left of it, as in a guest that boots with them. */
    snprintf(line, sizeof(line), "# init asked nonce=%s\n", parameters->options.nonce);
    tell(channel, line);
}
