/* libFuzzer's side of a target that is written in C#. SharpFuzz has put counters into the harness's assembly; this
 * program starts the .NET process, hands it one input after the other through shared memory, and shows libFuzzer the
 * counters. SharpFuzz's Fuzzer.LibFuzzer.Run() is the other side. Environment variables name its shared memory, the
 * pipe from which it reads each input's length, and the pipe on which it answers: with 0, or with another number when
 * an exception left the target.
 *
 * FUZZ_ASSEMBLY names the assembly that `dotnet` starts, FUZZ_TARGET the target.
 */
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/prctl.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COUNTERS = 1 << 16, LONGEST_INPUT = 1 << 20 };

/* libFuzzer takes what stands in this section as counters of coverage. It is not static: nothing here reads it, so that
 * the compiler would leave it out.
 */
__attribute__((section("__libfuzzer_extra_counters"))) uint8_t counters[COUNTERS];

static pid_t target;
static uint8_t *shared;
static int lengths = -1;
static int answers = -1;

static _Noreturn void fail(const char *what)
{
    fprintf(stderr, "fuzz: %s: %s\n", what, strerror(errno));
    exit(2);
}

static void set_number(const char *variable, int number)
{
    char text[16];

    snprintf(text, sizeof(text), "%d", number);
    setenv(variable, text, 1);
}

static _Noreturn void become_target(int lengths_end, int answers_end, int memory)
{
    const char *assembly = getenv("FUZZ_ASSEMBLY"), *target = getenv("FUZZ_TARGET");

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    set_number("__LIBFUZZER_SHM_ID", memory);
    set_number("__LIBFUZZER_CONTROL_PIPE_ID", lengths_end);
    set_number("__LIBFUZZER_STATUS_PIPE_ID", answers_end);
    execlp("dotnet", "dotnet", assembly, target, (char *)NULL);
    fail("dotnet");
}

/* The target's answer; -1 when it died instead. libFuzzer's alarm interrupts the wait. */
static int32_t answer(void)
{
    int32_t status;
    ssize_t length;

    do
        length = read(answers, &status, sizeof(status));
    while (length < 0 && errno == EINTR);
    return length == sizeof(status) ? status : -1;
}

/* Says how the target ended, for which it has a second. */
static _Noreturn void report_failure(void)
{
    int status = 0;

    for (int i = 0; i < 100 && waitpid(target, &status, WNOHANG) == 0; i++)
        usleep(10000);
    if (WIFSIGNALED(status))
        fprintf(stderr, "fuzz: the target was ended by signal %d\n", WTERMSIG(status));
    fprintf(stderr, "fuzz: the target failed on this input\n");
    abort();
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    int to_target[2], from_target[2];
    int memory = shmget(IPC_PRIVATE, COUNTERS + LONGEST_INPUT, IPC_CREAT | 0600);

    (void)count;
    (void)arguments;
    if (!getenv("FUZZ_ASSEMBLY") || !getenv("FUZZ_TARGET")) {
        fprintf(stderr, "fuzz: FUZZ_ASSEMBLY and FUZZ_TARGET must be set\n");
        exit(2);
    }
    if (memory < 0 || pipe(to_target) || pipe(from_target))
        fail("shared memory and pipes");
    shared = shmat(memory, NULL, 0);
    if (shared == (void *)-1)
        fail("shmat");
    switch (target = fork()) {
    case -1:
        fail("fork");
    case 0:
        close(to_target[1]);
        close(from_target[0]);
        become_target(to_target[0], from_target[1], memory);
    }
    close(to_target[0]);
    close(from_target[1]);
    lengths = to_target[1];
    answers = from_target[0];
    signal(SIGPIPE, SIG_IGN);
    if (answer() != 0) {
        fprintf(stderr, "fuzz: the target did not start\n");
        exit(2);
    }
    /* Removed when both sides have gone. */
    shmctl(memory, IPC_RMID, NULL);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length)
{
    int32_t size = length < LONGEST_INPUT ? (int32_t)length : LONGEST_INPUT;

    memset(shared, 0, COUNTERS);
    memcpy(shared + COUNTERS, input, (size_t)size);
    if (write(lengths, &size, sizeof(size)) != sizeof(size) || answer() != 0)
        report_failure();
    memcpy(counters, shared, COUNTERS);
    return 0;
}
