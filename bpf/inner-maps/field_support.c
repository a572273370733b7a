/* Tells a kernel that knows a field from one that does not: a map type that can never hold the field refuses it.
 *
 * LPM_TRIE is that type: map_check_btf names the types that may have each field, and a trie is not among them for any
 * field (5.10, 6.1, 6.12 and 7.3 were read; it answers 524 or EOPNOTSUPP). Before timers (5.15) or kptrs (5.19) the
 * same map is simply made. The same test finds a field that the kernel knows but cannot resolve, such as a kptr whose
 * target it does not find: map_check_btf ignores that silently, so the map exists and the field does not.
 */
#include "field_support.h"

#include <string.h>
#include <unistd.h>

#include "maps.h"
#include "uapi.h"

enum answer { UNASKED, KNOWN, UNKNOWN };

static bool trie_takes(enum typing typing)
{
    struct map_spec spec = {
        .type = MT_LPM_TRIE,
        .key_size = 8,
        .value_size = TYPED_VALUE_SIZE,
        .max_entries = 1,
        .flags = MF_NO_PREALLOC,
        .typing = typing,
    };
    struct btf_blob blob;
    int btf_fd, fd;

    btf_write(&blob, typing, TYPED_VALUE_SIZE, KEY_LPM, "foo");
    btf_fd = btf_load(&blob);
    fd = btf_fd < 0 ? btf_fd : map_make(&spec, &blob, btf_fd, -1);
    close_fd(fd);
    close_fd(btf_fd);
    return fd >= 0;
}

bool kernel_has_btf(void)
{
    return access("/sys/kernel/btf/vmlinux", F_OK) == 0;
}

bool kernel_loads_type_tags(void)
{
    static const char kptr[] = "kptr", other[] = "note";
    struct btf_blob blob;
    unsigned char *tag;
    int fd;

    btf_write(&blob, TYPING_KPTR, TYPED_VALUE_SIZE, KEY_UNSIGNED, "foo");
    tag = memmem(blob.data, blob.size, kptr, sizeof(kptr));
    if (!tag)
        return false;
    memcpy(tag, other, sizeof(other));
    fd = btf_load(&blob);
    close_fd(fd);
    return fd >= 0;
}

bool field_is_known(enum typing typing)
{
    static enum answer answers[TYPING_COUNT];

    if (answers[typing] == UNASKED)
        answers[typing] = trie_takes(typing) ? UNKNOWN : KNOWN;
    return answers[typing] == KNOWN;
}
