/* The cases of layer raw that somebody else than root asks: what the kernel answers to CAP_BPF alone, to a user without
 * it, and to a container with a BPF token. What is asked is a case of layer raw as root asks it.
 */
#include <errno.h>

#include "asker.h"
#include "layers.h"
#include "raw_cases.h"
#include "setting.h"
#include "steps.h"
#include "token.h"

static const char cap_bpf[] = "maps, maps of maps and BTF want CAP_BPF and no more (map_create, bpf_btf_load; 5.8)";
static const char nobody[] =
    "without BTF, anybody may make arrays, hash tables and maps of them where unprivileged BPF is on (map_create)";
static const char nobody_typed[] = "loading BTF wants CAP_BPF, whatever the setting of unprivileged BPF (bpf_btf_load)";
static const char denied[] = "kernel.unprivileged_bpf_disabled is there to refuse it";
static const char token[] = "the token's file system delegates all commands and map types (bpf_token_create, 6.9)";

/* Documentation/admin-guide/sysctl/kernel.rst: 0 allows it, 1 forbids it for good, 2 forbids it until it is changed. */
static struct setting unprivileged = { .path = "/proc/sys/kernel/unprivileged_bpf_disabled" };

static const char *const variants[] = {
    [RIGHTS_CAP_BPF] = "as_cap_bpf",
    [RIGHTS_NONE] = "as_user",
    [RIGHTS_DENIED] = "as_user_denied",
    [RIGHTS_TOKEN] = "as_token",
};

static void add(const struct place *place, enum typing template, enum typing candidate, enum asker_rights rights,
                enum want want, const char *source)
{
    struct test_case *item = case_add(place->builder, want, source, sizeof(struct asker_case));
    struct asker_case *question = item->question;

    *question = (struct asker_case){ .rights = rights, .raw = raw_case_of(place, template, candidate) };
    case_set_id(item, "raw", place->outer_name, place->kind->name, typing_name(template), typing_name(candidate),
                variants[rights], NULL);
}

static void add_pairs(const struct place *place)
{
    static const enum typing pairs[][2] = {
        { TYPING_NONE, TYPING_NONE }, { TYPING_STRUCT, TYPING_NONE }, { TYPING_STRUCT, TYPING_STRUCT },
    };

    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        const enum typing template = pairs[i][0], candidate = pairs[i][1];
        const bool typed = template != TYPING_NONE;

        add(place, template, candidate, RIGHTS_CAP_BPF, WANT_ACCEPT, cap_bpf);
        add(place, template, candidate, RIGHTS_NONE, typed ? WANT_REJECT : WANT_ACCEPT, typed ? nobody_typed : nobody);
        if (!typed)
            add(place, template, candidate, RIGHTS_DENIED, WANT_REJECT, denied);
        add(place, template, candidate, RIGHTS_TOKEN, WANT_ACCEPT, token);
    }
}

void add_asker_cases(struct case_builder *builder)
{
    at_both_outers(builder, kind_named("array"), add_pairs);
    at_both_outers(builder, kind_named("hash"), add_pairs);
}

/* 0, or a negative errno. A value of 1 cannot be changed any more. */
static int set_unprivileged(bool allowed)
{
    if (!allowed && setting_value(&unprivileged) > '0')
        return 0;
    return setting_change(&unprivileged, allowed ? '0' : '2');
}

static struct result run_as_nobody(const struct asker_case *asker)
{
    int error = set_unprivileged(asker->rights == RIGHTS_NONE);
    struct result result;

    if (error == -EPERM)
        return result_skip(STEP_TEMPLATE, EPERM, "unprivileged BPF is off for good "
                                                 "(kernel.unprivileged_bpf_disabled is 1)");
    if (error < 0)
        return result_skip(STEP_TEMPLATE, -error, "the kernel has no kernel.unprivileged_bpf_disabled to be set");
    result = asker_run(asker->rights, &asker->raw);
    setting_restore(&unprivileged);
    return result;
}

struct result run_asker(const void *question)
{
    const struct asker_case *asker = question;

    if (asker->rights == RIGHTS_NONE || asker->rights == RIGHTS_DENIED)
        return run_as_nobody(asker);
    if (asker->rights == RIGHTS_TOKEN && bpf_token() < 0)
        return errno_is_circumstance(-bpf_token())
                   ? result_error(STEP_TEMPLATE, -bpf_token(), "no BPF token could be made")
                   : result_skip(STEP_TEMPLATE, -bpf_token(), "the kernel gives no BPF token");
    return asker_run(asker->rights, &asker->raw);
}

void end_askers(void)
{
    askers_end();
}
