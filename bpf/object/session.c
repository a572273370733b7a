#include "session.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ask.h"
#include "kernel_btf.h"
#include "kernel_calls.h"
#include "libbpf_compat.h"

enum { DESCRIPTORS_MAX = 1 << 16 };

/* The process of the object that was asked last. */
static struct {
    const struct object_file *object;
    pid_t process;
    int channel;
} session = { .process = -1, .channel = -1 };

/* In memory that all processes see. */
static struct answer *answer;

/* Of the object's process: the object as it was loaded, and one that is only opened. */
static struct {
    struct bpf_object *whole, *opened;
    unsigned alone; /* questions about single parts so far */
} kept;

/* A pinned map would be there for the next case, so each process has a bpffs of its own. */
static void get_own_bpffs(void)
{
    if (unshare(CLONE_NEWNS) == 0 && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0) {
        mkdir("/sys/fs/bpf", 0755);
        mount("none", "/sys/fs/bpf", "bpf", 0, NULL);
    }
}

static bool needs_only_whole(const struct question *question)
{
    return kept.whole && (question->what == WHAT_ATTACH || question->what == WHAT_ATTACH_MAP)
           && part_of(question)->taken;
}

static void answer_part(const struct question *question)
{
    get_own_bpffs();
    if (needs_only_whole(question))
        ask_attach(kept.whole, question, answer);
    else
        ask_part(kept.opened, question, answer);
}

/* The status with which a process for this question ended. What is read before it is made, all later ones have. */
static int answer_in_child(const struct question *question)
{
    int status = 0;
    pid_t child;

    if (kept.alone++ == 1)
        kernel_btf_read();
    if (!kept.opened && !needs_only_whole(question)) {
        kept.opened = ask_open(question->object, answer);
        if (!kept.opened)
            return 0;
    }
    child = fork();
    if (child == 0) {
        answer_part(question);
        _exit(0);
    }
    if (child < 0)
        answer->result = result_error(NULL, errno, "no process to ask in");
    else
        waitpid(child, &status, 0);
    return status;
}

static _Noreturn void serve(int channel)
{
    const struct rlimit descriptors = { DESCRIPTORS_MAX, DESCRIPTORS_MAX };
    const struct question *question;
    int status;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setpgid(0, 0);
    setrlimit(RLIMIT_NOFILE, &descriptors);
    be_strict();
    messages_catch(&answer->messages);
    kernel_calls_tell(&answer->messages);
    get_own_bpffs();
    while (read(channel, &question, sizeof(question)) == sizeof(question)) {
        status = 0;
        if (question->what == WHAT_OBJECT)
            kept.whole = ask_whole(question->object, answer);
        else
            status = answer_in_child(question);
        if (kept.whole && !question->object->attach) {
            bpf_object__close(kept.whole);
            kept.whole = NULL;
        }
        answer->needs_kernel_btf = kernel_btf_is_read();
        if (send(channel, &status, sizeof(status), MSG_NOSIGNAL) != sizeof(status))
            break;
    }
    _exit(0);
}

static void end_session(int *status)
{
    if (session.process > 0) {
        kill(-session.process, SIGKILL);
        kill(session.process, SIGKILL);
        waitpid(session.process, status, 0);
    }
    if (session.channel >= 0)
        close(session.channel);
    session.process = session.channel = -1;
}

static int start_session(const struct object_file *object)
{
    int ends[2], status;

    end_session(&status);
    if (answer->needs_kernel_btf)
        kernel_btf_read();
    session.object = object;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return errno;
    session.process = fork();
    if (session.process == 0) {
        close(ends[0]);
        serve(ends[1]);
    }
    close(ends[1]);
    session.channel = ends[0];
    return session.process < 0 ? errno : 0;
}

static struct result ended_by(int status)
{
    if (WIFSIGNALED(status))
        return result_error(NULL, 0, "libbpf was ended by signal %d", WTERMSIG(status));
    if (WEXITSTATUS(status))
        return result_error(NULL, 0, "libbpf ended the process that asked, with exit code %d", WEXITSTATUS(status));
    return answer->result;
}

/* When the object's process dies, so does its end of the channel. */
static struct result wait_for_answer(unsigned seconds)
{
    struct pollfd readable = { .fd = session.channel, .events = POLLIN };
    int status = 0;

    if (poll(&readable, 1, (int)seconds * 1000) <= 0) {
        end_session(&status);
        return result_error(NULL, 0, "no answer within %u s", seconds);
    }
    if (read(session.channel, &status, sizeof(status)) == sizeof(status))
        return ended_by(status);
    waitpid(session.process, &status, 0);
    session.process = -1;
    end_session(&status);
    return ended_by(status);
}

static struct text copy_of(const char *name, const char *bytes, size_t length, unsigned long long lost)
{
    struct text text = { .name = name, .bytes = malloc(length + 1), .length = length, .lost = lost,
                         .keeps_end = true };

    if (text.bytes)
        memcpy(text.bytes, bytes, length);
    else
        text.length = 0;
    return text;
}

static void add_facts(struct result *result, unsigned verified)
{
    char facts[64];

    if (!verified)
        return;
    snprintf(facts, sizeof(facts), "verified_insns %u\n", verified);
    result->texts[result->texts[0].name ? 1 : 0] = copy_of("facts", facts, strlen(facts), 0);
}

struct result session_result_of_part(const struct part *part)
{
    struct result result = result_accept();

    add_facts(&result, part->verified);
    return result;
}

struct result session_ask(const struct question *question, unsigned seconds)
{
    struct result result;
    int error = 0;

    if (!answer) {
        answer = mmap(NULL, sizeof(*answer), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        if (answer == MAP_FAILED) {
            answer = NULL;
            return result_error(NULL, errno, "no memory for an answer");
        }
    }
    if (session.process < 0 || session.object != question->object)
        error = start_session(question->object);
    if (error)
        return result_error(NULL, error, "no process to ask in");
    answer->result = result_error(NULL, 0, "the process that asked has ended without an answer");
    answer->messages.length = 0;
    answer->messages.lost = 0;
    answer->verified = 0;
    if (send(session.channel, &question, sizeof(question), MSG_NOSIGNAL) != sizeof(question))
        result = result_error(NULL, errno, "the process to ask in does not listen");
    else
        result = wait_for_answer(seconds);
    if (answer->messages.length)
        result.texts[0] = copy_of("libbpf", answer->messages.text, answer->messages.length, answer->messages.lost);
    add_facts(&result, answer->verified);
    return result;
}
