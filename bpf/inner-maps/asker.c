#include "asker.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "layers.h"
#include "maps.h"
#include "shared_maps.h"
#include "steps.h"
#include "token.h"

/* Of a user who owns nothing: nobody. */
enum { NOBODY = 65534 };

enum { CAPABILITY_BPF = 39 }; /* since 5.8 */

/* The descriptors of an asker, beside standard input, output and error. */
enum { QUESTIONS = 3, TOKEN = 4, FIRST_UNUSED = 5 };

static struct {
    pid_t process; /* 0: there is none yet */
    int socket;
} askers[RIGHTS_COUNT];

static int set_capabilities(uint64_t set)
{
    struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
    const uint32_t low = (uint32_t)set, high = (uint32_t)(set >> 32);
    struct __user_cap_data_struct data[2] = {
        { .effective = low, .permitted = low }, { .effective = high, .permitted = high }
    };

    return (int)syscall(__NR_capset, &header, data);
}

static int become_nobody(uint64_t capabilities)
{
    if (prctl(PR_SET_KEEPCAPS, 1) < 0 || setgroups(0, NULL) < 0 || setresgid(NOBODY, NOBODY, NOBODY) < 0 ||
        setresuid(NOBODY, NOBODY, NOBODY) < 0)
        return -1;
    return set_capabilities(capabilities);
}

static int drop_rights(enum asker_rights rights)
{
    switch (rights) {
    case RIGHTS_CAP_BPF:
        return become_nobody(1ULL << CAPABILITY_BPF);
    case RIGHTS_NONE:
    case RIGHTS_DENIED:
        return become_nobody(0);
    default:
        maps_use_token(TOKEN);
        return setns(bpf_token_namespace(), CLONE_NEWUSER);
    }
}

/* Nothing that the prober has open stays open here: a map would live on for the asker's sake. */
static void keep_own_descriptors(int socket, int token)
{
    shared_maps_end();
    socket = fcntl(socket, F_DUPFD, FIRST_UNUSED); /* out of the way of the two numbers */
    if (token >= 0)
        dup2(fcntl(token, F_DUPFD, FIRST_UNUSED), TOKEN);
    dup2(socket, QUESTIONS);
    syscall(__NR_close_range, token >= 0 ? FIRST_UNUSED : TOKEN, ~0U, 0);
}

static struct result ask(const struct raw_case *raw)
{
    struct result result = run_raw(raw);

    for (size_t i = 0; i < TEXTS_MAX; i++)
        free(result.texts[i].bytes);
    memset(result.texts, 0, sizeof(result.texts));
    return result.outcome == OUTCOME_ERROR && result.error == EPERM ? result_reject(result.step, EPERM) : result;
}

/* Both processes have the same program at the same addresses, so what travels are pointers to cases and to steps. */
static _Noreturn void answer_questions(enum asker_rights rights, int socket)
{
    const struct raw_case *raw;
    struct result result;
    int error;

    error = drop_rights(rights) < 0 ? errno : 0;
    keep_own_descriptors(socket, rights == RIGHTS_TOKEN ? bpf_token() : -1);
    while (read(QUESTIONS, &raw, sizeof(raw)) == sizeof(raw)) {
        result = error ? result_skip(STEP_TEMPLATE, error, "the kernel gives no process such rights") : ask(raw);
        if (write(QUESTIONS, &result, sizeof(result)) != sizeof(result))
            break;
    }
    _exit(0);
}

/* 0, or a negative errno. */
static int start(enum asker_rights rights)
{
    int sockets[2];
    pid_t process;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) < 0)
        return -errno;
    process = fork();
    if (process == 0)
        answer_questions(rights, sockets[1]);
    close_fd(sockets[1]);
    if (process < 0) {
        close_fd(sockets[0]);
        return -errno;
    }
    askers[rights].process = process;
    askers[rights].socket = sockets[0];
    return 0;
}

static void end(enum asker_rights rights, bool kills)
{
    close_fd(askers[rights].socket);
    if (kills)
        kill(askers[rights].process, SIGKILL);
    waitpid(askers[rights].process, NULL, 0);
    askers[rights].process = 0;
}

struct result asker_run(enum asker_rights rights, const struct raw_case *raw)
{
    struct result result;
    int error = askers[rights].process ? 0 : start(rights);

    if (error < 0)
        return result_error(STEP_TEMPLATE, -error, "the process that is to ask cannot be made");
    if (write(askers[rights].socket, &raw, sizeof(raw)) == sizeof(raw) &&
        read(askers[rights].socket, &result, sizeof(result)) == sizeof(result))
        return result;
    error = errno;
    end(rights, true);
    return result_error(STEP_TEMPLATE, error, "the process that asks does not answer");
}

void askers_end(void)
{
    for (enum asker_rights rights = 0; rights < RIGHTS_COUNT; rights++)
        if (askers[rights].process)
            end(rights, false);
}
