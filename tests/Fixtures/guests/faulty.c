/* A prober that does harm in a guest, on each kernel of a run another: the kernel's host name (uname -n) says which.
 * Where the host name is none of these faults, it becomes the harness's prober, which it holds (PROBER is its path).
 */
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <sys/mman.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "channel.h"
#include "options.h"

/* The cases that the prober is asked for, in its order. */
enum { CASES = 2 };
static const char *const ids[] = { "raw.array_of_maps.array.none.none", "raw.array_of_maps.array.struct.none" };

/* The power management of QEMU's q35 board, where its firmware puts it: what is written there ends or suspends the
 * machine (ACPI's PM1a control register: SLP_EN is bit 13, SLP_TYP the three below).
 */
enum { POWER_PORT = 0x604, SLEEP = 1 << 13, POWER_OFF = SLEEP, SUSPEND = 1 << 13 | 1 << 10 };

__asm__(".section .rodata\nprober:\n.incbin \"" PROBER "\"\nprober_end:\n.text\n");
extern const char prober[], prober_end[];

static struct channel channel = { .fd = STDOUT_FILENO };
static const char *nonce = "0";

static void put(const char *text, size_t length)
{
    channel_write(&channel, text, length);
}

static void say(const char *format, ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    put(text, strlen(text));
}

static void write_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY);

    if (fd < 0 || write(fd, text, strlen(text)) < 0)
        perror(path);
    close(fd);
}

/* Parts of a report. */

static void begin(const char *with_nonce)
{
    struct utsname name;

    uname(&name);
    say("KTAP version 1\n# prober protocol=1 nonce=%s release=%s machine=%s cases=%d\n1..%d\n", with_nonce,
        name.release, name.machine, CASES, CASES);
}

static void result(int number, const char *id)
{
    say("ok %d %s # want=accept outcome=accept\n", number, id);
}

static void results(int count)
{
    for (int i = 0; i < count; i++)
        result(i + 1, ids[i]);
}

static void end(const char *with_nonce, int count)
{
    say("# end nonce=%s count=%d\n", with_nonce, count);
}

static void whole(const char *with_nonce)
{
    begin(with_nonce);
    results(CASES);
    end(with_nonce, CASES);
}

static void begin_and_first(void)
{
    begin(nonce);
    results(1);
}

/* What the prober does. */

static void segfault(void)
{
    begin_and_first();
    raise(SIGSEGV);
}

static void hang(void)
{
    begin_and_first();
    for (;;)
        pause();
}

static void half_a_line(void)
{
    begin_and_first();
    say("ok 2 raw.array_of_ma");
}

static void wrong_end(void)
{
    begin(nonce);
    results(CASES);
    end("beef", CASES);
}

static void missing(void)
{
    begin_and_first();
    end(nonce, 1);
}

static void duplicate(void)
{
    begin_and_first();
    result(2, ids[0]);
    end(nonce, 2);
}

static void unplanned(void)
{
    begin(nonce);
    results(CASES);
    result(CASES + 1, "raw.array_of_maps.array.bytes.none");
    end(nonce, CASES + 1);
}

static void invalid_utf8(void)
{
    begin_and_first();
    say("\xff\xfe\xc3(\xed\xa0\x80\x1b[31m\n");
    result(2, ids[1]);
    end(nonce, 2);
}

static void nul_bytes(void)
{
    static const char line[] = "ok 2 raw.array_of_maps.array\0.struct.none # want=accept outcome=accept\n";

    begin_and_first();
    put(line, sizeof(line) - 1);
    end(nonce, 2);
}

/* 100 MB, which the harness does not wait for. */
static void flood(const char *text)
{
    static char block[1 << 16];
    size_t length = strlen(text);

    for (size_t i = 0; i < sizeof(block); i++)
        block[i] = text[i % length];
    begin_and_first();
    for (int i = 0; i < 100 << 4; i++)
        put(block, sizeof(block));
}

static void flood_of_lines(void)
{
    flood("#\n");
}

static void flood_in_a_line(void)
{
    flood("x");
}

static void replay(void)
{
    whole("0123456789abcdef");
}

static void console_only(void)
{
    channel = (struct channel){ .fd = STDERR_FILENO };
    whole(nonce);
}

static void closed_channel(void)
{
    begin_and_first();
    if (channel.port)
        ioperm(channel.port, 1, 0);
    channel = (struct channel){ .fd = STDOUT_FILENO };
    close(STDOUT_FILENO);
    result(2, ids[1]);
    end(nonce, 2);
}

static void exec_away(void)
{
    begin_and_first();
    execl("/proc/self/exe", "faulty", "--version", NULL);
}

static void end_early(void)
{
}

/* What it does to the guest. */

static void eat_memory(void)
{
    const size_t size = 1 << 20;

    for (;;) {
        char *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

        if (memory != MAP_FAILED)
            memset(memory, 1, size);
    }
}

static void out_of_memory(void)
{
    begin_and_first();
    eat_memory();
}

/* The kernel may not kill this process, and so finds none to kill (proc_pid_oom_score_adj(5)). */
static void guest_out_of_memory(void)
{
    begin_and_first();
    write_file("/proc/self/oom_score_adj", "-1000");
    eat_memory();
}

static void fork_bomb(void)
{
    begin_and_first();
    write_file("/proc/sys/kernel/pid_max", "512"); /* As full as any other table, and sooner. */
    if (fork() == 0)
        for (;;)
            fork();
    sleep(1);
}

/* Overwrites the code that init returns to, as root can. The kernel then has no PID 1 any more. */
static void kill_init(void)
{
    unsigned long start, stop;
    char line[256];
    FILE *maps = fopen("/proc/1/maps", "r");
    int memory = open("/proc/1/mem", O_WRONLY);

    begin_and_first();
    while (maps && fgets(line, sizeof(line), maps))
        if (strstr(line, " r-xp ") && strstr(line, "/init") && sscanf(line, "%lx-%lx", &start, &stop) == 2)
            for (; start < stop; start += 2)
                if (pwrite(memory, "\x0f\x0b", 2, (off_t)start) < 0) /* ud2 */
                    perror("/proc/1/mem");
}

static void panic(void)
{
    begin_and_first();
    write_file("/proc/sysrq-trigger", "c");
}

static void panic_after_end(void)
{
    whole(nonce);
    write_file("/proc/sysrq-trigger", "c");
}

static void reset(void)
{
    begin_and_first();
    write_file("/proc/sysrq-trigger", "b");
}

/* Speaks in the name of programs of the host before. */
static void forge_and_reset(void)
{
    fputs("\nqemu-system-x86_64: could not allocate memory\nvirtme-run: no such thing\nOSError: no\n", stderr);
    reset();
}

static void power(int command)
{
    begin_and_first();
    if (iopl(3) < 0)
        perror("iopl");
    outw((unsigned short)command, POWER_PORT);
    for (;;)
        pause();
}

static void power_off(void)
{
    power(POWER_OFF);
}

/* All CPUs stop, and the kernel says nothing. */
static void freeze(void)
{
    power(SUSPEND);
}

/* The ways by which root reaches the board without its kernel. */

enum { PORTS = 1 << 16, RESET_CONTROL = 0xcf9, SYSTEM_CONTROL = 0x92, KEYBOARD = 0x64, CONSOLE_PORT = 0x3e8 };

/* The ports by which a write resets or ends the board at once, the last of each range included. */
static int ends_board(int port)
{
    return port == SYSTEM_CONTROL || port == KEYBOARD || (port >= 0xcf8 && port <= 0xcff)
        || (port >= 0x600 && port <= 0x67f);
}

/* Writes to each port of the board, whatever is behind it: to channel and console, firmware's configuration, disks'
 * controllers, timers, debugging exits.
 */
static void write_ports(int value)
{
    for (int port = 0; port < PORTS; port++)
        if (!ends_board(port)) {
            outb((unsigned char)value, (unsigned short)port);
            outw((unsigned short)value, (unsigned short)port);
            outl((unsigned int)value, (unsigned short)port);
        }
}

static void drive(void)
{
    begin_and_first();
    if (iopl(3) < 0)
        perror("iopl");
}

static void every_port(void)
{
    drive();
    for (int value = 0; value < 256; value = value * 2 + 1)
        write_ports(value);
}

static void wait_for_end(void)
{
    for (;;)
        pause();
}

/* The chipset's reset register: a hard reset, as reboot=p asks for. */
static void reset_by_chipset(void)
{
    drive();
    outb(0x02, RESET_CONTROL);
    outb(0x06, RESET_CONTROL);
    wait_for_end();
}

/* The keyboard's controller, as reboot=k asks for it. */
static void reset_by_keyboard(void)
{
    drive();
    outb(0xfe, KEYBOARD);
    wait_for_end();
}

static void reset_by_port_92(void)
{
    drive();
    outb(0x01, SYSTEM_CONTROL);
    wait_for_end();
}

/* Every state of sleep that ACPI's control register can be asked for (SLP_TYP has three bits). */
static void every_sleep(void)
{
    drive();
    for (int type = 7; type >= 0; type--)
        outw((unsigned short)(SLEEP | type << 10), POWER_PORT);
    wait_for_end();
}

/* Lines of a whole report and words of QEMU's own, on the console's port itself. */
static void report_by_port(void)
{
    static const char text[] = "\nqemu-system-x86_64: terminating on signal 15\nKTAP version 1\n";

    drive();
    for (int i = 0; i < 1000; i++)
        outsb(CONSOLE_PORT, text, sizeof(text) - 1);
}

static const struct fault {
    const char *name;
    void (*act)(void);
} faults[] = {
    { "segfault", segfault },
    { "hang", hang },
    { "half-a-line", half_a_line },
    { "wrong-end", wrong_end },
    { "missing", missing },
    { "duplicate", duplicate },
    { "unplanned", unplanned },
    { "invalid-utf8", invalid_utf8 },
    { "nul-bytes", nul_bytes },
    { "flood-of-lines", flood_of_lines },
    { "flood-in-a-line", flood_in_a_line },
    { "replay", replay },
    { "console-only", console_only },
    { "closed-channel", closed_channel },
    { "exec-away", exec_away },
    { "end-early", end_early },
    { "out-of-memory", out_of_memory },
    { "guest-out-of-memory", guest_out_of_memory },
    { "fork-bomb", fork_bomb },
    { "kill-init", kill_init },
    { "panic", panic },
    { "panic-after-end", panic_after_end },
    { "reset", reset },
    { "forge-and-reset", forge_and_reset },
    { "power-off", power_off },
    { "freeze", freeze },
    { "every-port", every_port },
    { "reset-by-chipset", reset_by_chipset },
    { "reset-by-keyboard", reset_by_keyboard },
    { "reset-by-port-92", reset_by_port_92 },
    { "every-sleep", every_sleep },
    { "report-by-port", report_by_port },
};

static const struct fault *find_fault(void)
{
    struct utsname name;

    uname(&name);
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        if (!strcmp(name.nodename, faults[i].name))
            return &faults[i];
    return NULL;
}

static void read_orders(char **arguments)
{
    struct options options = { .nonce = "0" };

    for (; arguments[0] && arguments[1]; arguments++) {
        if (!strcmp(arguments[0], "--nonce"))
            nonce = arguments[1];
        if (!strcmp(arguments[0], "--port"))
            options_set_port(&options, arguments[1]);
    }
    if (options.port)
        channel_try_port(&channel, options.port);
}

/* Becomes the real prober; returns only when that fails. */
static int become_prober(char **arguments)
{
    static char *const environment[] = { NULL };
    int program = memfd_create("prober", MFD_CLOEXEC);

    if (write(program, prober, (size_t)(prober_end - prober)) == prober_end - prober)
        fexecve(program, arguments, environment);
    perror("prober");
    return 1;
}

int main(int count, char **arguments)
{
    const struct fault *fault = find_fault();

    if (count < 2 || strcmp(arguments[1], "--run") || !fault)
        return become_prober(arguments);
    read_orders(arguments);
    fault->act();
    return 0;
}
