#include "typing.h"

const char *typing_name(enum typing typing)
{
    static const char *const names[TYPING_COUNT] = {
        [TYPING_NONE] = "none",
        [TYPING_BYTES] = "bytes",
        [TYPING_STRUCT] = "struct",
        [TYPING_SPIN_LOCK] = "spin_lock",
        [TYPING_TIMER] = "timer",
        [TYPING_INT] = "int",
        [TYPING_UNION] = "union",
        [TYPING_TYPEDEF] = "typedef",
        [TYPING_KPTR] = "kptr",
        [TYPING_RES_SPIN_LOCK] = "res_spin_lock",
        [TYPING_LIST_HEAD] = "list_head",
        [TYPING_RB_ROOT] = "rb_root",
        [TYPING_REFCOUNT] = "refcount",
        [TYPING_WORKQUEUE] = "workqueue",
        [TYPING_TASK_WORK] = "task_work",
        [TYPING_UPTR] = "uptr",
        [TYPING_PERCPU_KPTR] = "percpu_kptr",
        [TYPING_UNTRUSTED_KPTR] = "untrusted_kptr",
        [TYPING_TIMER_SPIN_LOCK] = "timer_spin_lock",
        [TYPING_DATASEC] = "datasec",
    };

    return names[typing];
}

bool typing_is_special(enum typing typing)
{
    return typing == TYPING_SPIN_LOCK || typing == TYPING_TIMER ||
           (typing >= TYPING_KPTR && typing <= TYPING_TIMER_SPIN_LOCK);
}

bool typing_has_type_tag(enum typing typing)
{
    return typing == TYPING_KPTR || typing == TYPING_UPTR || typing == TYPING_PERCPU_KPTR ||
           typing == TYPING_UNTRUSTED_KPTR;
}

bool typing_needs_lock(enum typing typing)
{
    return typing == TYPING_LIST_HEAD || typing == TYPING_RB_ROOT;
}

bool typing_belongs_to_btf(enum typing typing)
{
    return typing_needs_lock(typing) || typing == TYPING_UPTR;
}
