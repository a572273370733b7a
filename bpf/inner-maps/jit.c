/* net.core.bpf_jit_enable (Documentation/admin-guide/sysctl/net.rst): 0 is off, 1 is on. */
#include "jit.h"

#include <errno.h>

#include "setting.h"

static struct setting enabled = { .path = "/proc/sys/net/core/bpf_jit_enable" };

int jit_set(bool on)
{
    int error = setting_change(&enabled, on ? '1' : '0');

    return error == -ENOENT ? 0 : error;
}

void jit_restore(void)
{
    setting_restore(&enabled);
}
