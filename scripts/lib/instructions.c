/* A plugin of QEMU's emulator (docs/devel/tcg-plugins.rst) that counts the instructions which the guest executes, and
 * writes their number to a file when the machine ends. instructions.py builds and loads it:
 *
 *   -plugin FILE,out=FILE
 *
 * QEMU's header is in no package of Debian 12, so the few functions are declared here, as they stand in 7.2 and later
 * (include/qemu/qemu-plugin.h). VERSION is that of the interface, which differs between versions of QEMU.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

struct qemu_plugin_tb; /* a run of instructions that QEMU translates at once and executes as one */

extern size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
extern void qemu_plugin_register_vcpu_tb_trans_cb(uint64_t id, void (*call)(uint64_t id, struct qemu_plugin_tb *block));
extern void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *block, void (*call)(unsigned cpu, void *data),
                                                 int flags, void *data);
extern void qemu_plugin_register_atexit_cb(uint64_t id, void (*call)(uint64_t id, void *data), void *data);

EXPORT int qemu_plugin_version = VERSION;

static uint64_t executed;
static FILE *out;

static void on_execution(unsigned cpu, void *instructions)
{
    (void)cpu; /* the guests that are counted have one */
    executed += (uintptr_t)instructions;
}

static void on_translation(uint64_t id, struct qemu_plugin_tb *block)
{
    (void)id;
    qemu_plugin_register_vcpu_tb_exec_cb(block, on_execution, 0, (void *)qemu_plugin_tb_n_insns(block));
}

static void on_end(uint64_t id, void *data)
{
    (void)id;
    (void)data;
    fprintf(out, "%" PRIu64 "\n", executed);
    fclose(out);
}

EXPORT int qemu_plugin_install(uint64_t id, const void *about, int count, char **arguments)
{
    static const char option[] = "out=";

    (void)about;
    if (count != 1 || strncmp(arguments[0], option, strlen(option)) != 0)
        return 1;
    out = fopen(arguments[0] + strlen(option), "w");
    if (!out)
        return 1;
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
    qemu_plugin_register_atexit_cb(id, on_end, NULL);
    return 0;
}
