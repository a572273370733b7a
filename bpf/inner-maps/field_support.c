/* Tells a kernel that knows a field from one that does not: a map type that can never hold the field refuses it.
 *
 * LPM_TRIE is that type for almost all: map_check_btf names the types that may have each field, and a trie is not among
 * them for any field (5.10, 6.1, 6.12, 7.2 and 7.3 were read; it answers 524 or EOPNOTSUPP). Before timers (5.15) or
 * kptrs (5.19) the same map is simply made. The same test finds a field that the kernel knows but cannot resolve, such
 * as a kptr whose target it does not find: map_check_btf ignores that silently, so the map exists and the field does
 * not.
 *
 * A list head and an rb root stand beside a lock, which a trie refuses by itself. SK_STORAGE takes a lock, and neither
 * of them.
 */
#include "field_support.h"

#include <string.h>
#include <unistd.h>

#include "maps.h"
#include "result.h"
#include "uapi.h"

enum answer { UNASKED, KNOWN, UNKNOWN };

static const struct map_spec trie = {
    .type = MT_LPM_TRIE,
    .key_size = 8,
    .value_size = FIELD_VALUE_SIZE,
    .max_entries = 1,
    .flags = MF_NO_PREALLOC,
    .key = KEY_LPM,
    .kernel_target = true, /* found sooner; map_check_btf asks for the map type first */
    .tag = "foo",
};

static const struct map_spec sk_storage = {
    .type = MT_SK_STORAGE,
    .key_size = 4,
    .value_size = FIELD_VALUE_SIZE,
    .flags = MF_NO_PREALLOC,
    .key = KEY_SIGNED,
    .tag = "foo",
};

/* 0 where the kernel makes such a map, else a negative errno. */
static int make_typed(struct map_spec spec, enum typing typing)
{
    struct btf_blob blob;
    int btf_fd, fd;

    spec.typing = typing;
    btf_write(&blob, &spec);
    btf_fd = btf_load(&blob);
    fd = btf_fd < 0 ? btf_fd : map_make(&spec, &blob, btf_fd, -1);
    close_fd(fd);
    close_fd(btf_fd);
    return fd < 0 ? fd : 0;
}

bool kernel_has_btf(void)
{
    return access("/sys/kernel/btf/vmlinux", F_OK) == 0;
}

/* Whether this kernel loads the BTF of a trie with that field where a name in it says something else, without which the
 * field is none.
 */
static bool loads_renamed(enum typing typing, const char *name, const char *other)
{
    struct map_spec spec = trie;
    struct btf_blob blob;
    char *found;
    int fd;

    spec.typing = typing;
    btf_write(&blob, &spec);
    found = memmem(blob.data, blob.size, name, strlen(name) + 1);
    if (!found)
        return false;
    memcpy(found, other, strlen(other));
    fd = btf_load(&blob);
    close_fd(fd);
    return fd >= 0;
}

bool kernel_loads_type_tags(void)
{
    return loads_renamed(TYPING_KPTR, "kptr", "note");
}

bool kernel_loads_decl_tags(void)
{
    return loads_renamed(TYPING_LIST_HEAD, "bpf_list_head", "own_list_head");
}

/* Says whether that is an answer for all cases: what speaks of the circumstances may be over with the next one. */
static bool is_known(enum typing typing, bool *lasts)
{
    int error;

    *lasts = false; /* The two fields have answers of their own. */
    if (typing == TYPING_TIMER_SPIN_LOCK)
        return field_is_known(TYPING_TIMER) && field_is_known(TYPING_SPIN_LOCK);
    error = make_typed(typing_needs_lock(typing) ? sk_storage : trie, typing);
    *lasts = !errno_is_circumstance(-error);
    return error < 0;
}

bool field_is_known(enum typing typing)
{
    static enum answer answers[TYPING_COUNT];

    bool known, lasts;

    if (answers[typing] != UNASKED)
        return answers[typing] == KNOWN;
    known = is_known(typing, &lasts);
    if (lasts)
        answers[typing] = known ? KNOWN : UNKNOWN;
    return known;
}
