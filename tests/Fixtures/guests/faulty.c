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
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
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
static int alone;

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

/* Wants to be asked its first case alone, and panics when it is. */
static void panic_when_alone(void)
{
    if (alone) {
        say("KTAP version 1\n# prober protocol=1 nonce=%s release=x machine=x86_64 cases=1\n1..1\n", nonce);
        write_file("/proc/sysrq-trigger", "c");
    }
    begin(nonce);
    say("not ok 1 %s # want=accept outcome=null alone=yes reason=it may kill this kernel\n", ids[0]);
    result(2, ids[1]);
    end(nonce, CASES);
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

/* Bytes alone: a word at some ports makes some versions of QEMU end by themselves, and what lies behind them would not
 * be reached. Each port is read as well.
 */
static void every_port_by_bytes(void)
{
    drive();
    for (int value = 0; value < 256; value = value * 2 + 1)
        for (int port = 0; port < PORTS; port++)
            if (!ends_board(port)) {
                outb((unsigned char)value, (unsigned short)port);
                inb((unsigned short)port);
            }
}

/* The kernel's own ways to restart, which reboot= chooses from on its command line. */
static void restart(const char *way)
{
    drive();
    mkdir("/sys", 0755);
    mount("sysfs", "/sys", "sysfs", 0, NULL);
    write_file("/sys/kernel/reboot/force", "1");
    write_file("/sys/kernel/reboot/type", way);
    write_file("/proc/sysrq-trigger", "b");
    wait_for_end();
}

static void restart_by_triple_fault(void)
{
    restart("triple");
}

static void restart_by_keyboard(void)
{
    restart("kbd");
}

static void restart_by_acpi(void)
{
    restart("acpi");
}

static void restart_by_pci(void)
{
    restart("pci");
}

static void restart_by_bios(void)
{
    restart("bios");
}

/* A part of the machine's address space, as a device of this guest's own, since its root has no /dev/mem. */
static volatile unsigned int *map_physical(unsigned long address, size_t size)
{
    int fd;
    void *memory;

    mknod("/memory", S_IFCHR | 0600, makedev(1, 1));
    fd = open("/memory", O_RDWR | O_SYNC);
    memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, (off_t)address);
    if (memory == MAP_FAILED)
        perror("/memory");
    close(fd);
    return memory == MAP_FAILED ? NULL : memory;
}

enum { PAGE = 4096 };

static void fill(unsigned long address, size_t size, unsigned int value)
{
    volatile unsigned int *words = map_physical(address, size);

    for (size_t i = 0; words && i < size / sizeof(*words); i++)
        words[i] = value;
}

/* All that the kernel lets root write: the first MiB, and the devices that lie in the address space: interrupt
 * controllers, timers, the firmware's memory, and where the board's own devices are configured.
 */
static void mapped_devices(void)
{
    static const unsigned int values[] = { 0, 1, 0x5a5a5a5a, 0x7fffffff, 0x80000000, 0xffffffff };
    static const struct {
        unsigned long address;
        size_t size;
    } areas[] = {
        { 0, 1 << 20 },               /* the first MiB */
        { 0xfec00000, PAGE },         /* IOAPIC */
        { 0xfed00000, PAGE },         /* HPET */
        { 0xfed1c000, 4 * PAGE },     /* the chipset's root complex */
        { 0xb0000000, 256 * PAGE },   /* PCI's configuration, mapped */
        { 0xfffc0000, 64 * PAGE },    /* firmware */
        { 1UL << 40, PAGE },          /* nothing */
        { 0xfee00000, PAGE },         /* local APIC */
    };

    drive();
    for (size_t i = 0; i < sizeof(areas) / sizeof(areas[0]); i++)
        for (size_t j = 0; j < sizeof(values) / sizeof(values[0]); j++)
            fill(areas[i].address, areas[i].size, values[j]);
}

/* Interrupts that the CPU sends to itself by its local APIC: ones that cannot be masked, one that enters the
 * management mode, and then those by which another CPU would start it anew.
 */
static void interrupts_to_itself(void)
{
    enum { COMMAND = 0x300 / sizeof(unsigned int), ENABLE = 0xf0 / sizeof(unsigned int), TO_ITSELF = 1 << 18 };
    static const unsigned int modes[] = { 4 << 8, 2 << 8, 1 << 8, 3 << 8, 7 << 8, 5 << 8 | 1 << 14, 6 << 8 };
    volatile unsigned int *apic;

    drive();
    apic = map_physical(0xfee00000, PAGE);
    if (!apic)
        return;
    apic[ENABLE] = 0x1ff;
    for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
        for (unsigned int vector = 0; vector < 256; vector += 51) {
            apic[COMMAND] = TO_ITSELF | modes[i] | vector;
            apic[COMMAND] = modes[i] | vector; /* to the CPU of number 0, which is this one, too */
        }
}

static unsigned int pci_read(unsigned int function, unsigned int place)
{
    outl(0x80000000 | function << 8 | place, 0xcf8);
    return inl(0xcfc);
}

static void pci_write(unsigned int function, unsigned int place, unsigned int value)
{
    outl(0x80000000 | function << 8 | place, 0xcf8);
    outl(value, 0xcfc);
}

/* Every register of every device's configuration: where its memory lies, which memory the board shows where, where
 * its power management is, and whether it may write to memory.
 */
static void pci_configuration(void)
{
    static const unsigned int values[] = { 0xffffffff, 0, 0x5a5a5a5a, 0xfee00007, 0x00000007 };

    drive();
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
        for (unsigned int function = 0; function < 1 << 16; function++)
            if (pci_read(function, 0) != 0xffffffff)
                for (unsigned int place = 0; place < 256; place += 4)
                    pci_write(function, place, values[i]);
}

/* The physical address of a page of this process, from which a device can read
 * (Documentation/admin-guide/mm/pagemap.rst).
 */
static unsigned long long physical(const void *page)
{
    unsigned long long entry = 0;
    int fd = open("/proc/self/pagemap", O_RDONLY);

    if (pread(fd, &entry, sizeof(entry), (off_t)((unsigned long)page / PAGE * sizeof(entry))) != sizeof(entry))
        perror("pagemap");
    close(fd);
    return (entry & ((1ULL << 55) - 1)) * PAGE;
}

static char pages[4][PAGE] __attribute__((aligned(PAGE)));

/* The one device of this board that goes through lists in the guest's memory: the disks' controller (AHCI). Its lists,
 * its tables and what they lead to are where no memory is, in devices, or lead to themselves.
 */
static void disk_controller(void)
{
    enum { CONTROLLER = 0x1f << 3 | 2, PORTS_AT = 0x100 / 4, PORT_WORDS = 0x80 / 4, LISTS = 6 };
    unsigned long long lists[LISTS] = { 0, ~0ULL, 1ULL << 40, 0xfee00000, 0xfffffffffffff000ULL };
    volatile unsigned int *registers;

    drive();
    memset(pages, 0xff, sizeof(pages));
    lists[LISTS - 1] = physical(pages[0]);
    for (int i = 0; i < PAGE / 32; i++) {
        unsigned long long itself = physical(pages[1]);

        memcpy(pages[0] + i * 32, &(unsigned int){ 0xffff0005 }, 4); /* 65,535 entries of a table */
        memcpy(pages[0] + i * 32 + 8, &itself, sizeof(itself));
        memcpy(pages[1] + 0x80 + i % 100 * 16, &itself, sizeof(itself));
    }
    memcpy(pages[1], "\x27\x80\x25", 3); /* a command: read */
    pci_write(CONTROLLER, 0x24, 0xe0000000);
    pci_write(CONTROLLER, 0x04, 7);
    registers = map_physical(0xe0000000, PAGE);
    if (!registers)
        return;
    registers[1] = 1U << 31 | 2; /* AHCI, with interrupts */
    for (int list = 0; list < LISTS; list++)
        for (int port = 0; port < 6; port++) {
            volatile unsigned int *at = registers + PORTS_AT + port * PORT_WORDS;

            at[6] = 0;
            at[0] = at[2] = (unsigned int)lists[list];
            at[1] = at[3] = (unsigned int)(lists[list] >> 32);
            at[6] = 1 << 4 | 1;    /* takes the lists, and starts */
            at[11] = 1;            /* resets the link */
            at[11] = 0;
            at[14] = at[13] = ~0U; /* all commands */
        }
}

/* What the firmware's configuration does to memory when it is asked to (docs/specs/fw_cfg.rst): it reads its items into
 * devices, into nothing and into the order itself, writes what may not be written, and at last fills all memory with
 * zeros, 4 GiB of it.
 */
static void firmware_to(unsigned int control, unsigned int length, unsigned long long to, unsigned long long order)
{
    *(volatile unsigned int *)(pages[0] + 0) = __builtin_bswap32(control);
    *(volatile unsigned int *)(pages[0] + 4) = __builtin_bswap32(length);
    *(volatile unsigned long long *)(pages[0] + 8) = __builtin_bswap64(to);
    outl(__builtin_bswap32((unsigned int)(order >> 32)), 0x514);
    outl(__builtin_bswap32((unsigned int)order), 0x518);
}

static void firmware_configuration(void)
{
    enum { READ = 1 << 1, SKIP = 1 << 2, SELECT = 1 << 3, WRITE = 1 << 4, KERNEL = 0x11 };
    static const unsigned long long places[] = { ~0ULL, 1ULL << 40, 0xfee00000, 0xfec00000, 0xfffc0000, 0xb0000000 };
    unsigned long long order;

    drive();
    memset(pages, 0, sizeof(pages));
    order = physical(pages[0]);
    for (unsigned int item = 0; item < 0x10000; item += item < 0x60 ? 1 : 0x100)
        firmware_to(item << 16 | SELECT | WRITE, 64, order, order);
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        firmware_to(KERNEL << 16 | SELECT | READ, PAGE, places[i], order);
        firmware_to(READ | SKIP | WRITE, 0xffffffff, places[i], places[i]);
    }
    firmware_to(KERNEL << 16 | SELECT | READ, 16, order, order);
    firmware_to(0xfffeU << 16 | SELECT | READ, 0xffffffff, 0, order);
    wait_for_end();
}

/* The CPU and devices are asked to be taken out, by the kernel and by the ports of QEMU's board for that (q35: CPUs at
 * 0xcd8, memory at 0xa00, PCI at 0xcc4).
 */
static void take_out(void)
{
    drive();
    mkdir("/sys", 0755);
    mount("sysfs", "/sys", "sysfs", 0, NULL);
    write_file("/sys/devices/system/cpu/cpu0/online", "0");
    for (unsigned int number = 0; number < 256; number++) {
        outl(number, 0xcd8);
        outb(0xff, 0xcdc);
        outb((unsigned char)number, 0xcdd);
        outl(0xffffffff, 0xce0);
        outl(number, 0xa00);
        outb(0xff, 0xa14);
        outl(number, 0xcd4);
        outl(0xffffffff, 0xccc);
    }
}

/* The port by which VMware's guests speak to their host, which QEMU's boards have, too. */
static void backdoor(void)
{
    drive();
    for (unsigned int command = 0; command < 0x10000; command++) {
        unsigned int magic = 0x564d5868, other = 0xffffffff, number = command, port = 0x5658;

        __asm__ volatile("inl %%dx, %%eax" : "+a"(magic), "+b"(other), "+c"(number), "+d"(port));
    }
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
    { "panic-when-alone", panic_when_alone },
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
    { "every-port-by-bytes", every_port_by_bytes },
    { "restart-by-triple", restart_by_triple_fault },
    { "restart-by-kbd", restart_by_keyboard },
    { "restart-by-acpi", restart_by_acpi },
    { "restart-by-pci", restart_by_pci },
    { "restart-by-bios", restart_by_bios },
    { "mapped-devices", mapped_devices },
    { "interrupts", interrupts_to_itself },
    { "pci-configuration", pci_configuration },
    { "disk-controller", disk_controller },
    { "firmware", firmware_configuration },
    { "take-out", take_out },
    { "backdoor", backdoor },
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
        if (!strcmp(arguments[0], "--alone"))
            alone = 1;
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
