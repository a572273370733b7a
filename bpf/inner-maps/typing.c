#include "typing.h"

const char *typing_name(enum typing typing)
{
    static const char *const names[TYPING_COUNT] = {
        [TYPING_NONE] = "none",   [TYPING_BYTES] = "bytes", [TYPING_STRUCT] = "struct",
        [TYPING_SPIN_LOCK] = "spin_lock", [TYPING_TIMER] = "timer", [TYPING_INT] = "int",
        [TYPING_UNION] = "union", [TYPING_TYPEDEF] = "typedef", [TYPING_KPTR] = "kptr",
    };

    return names[typing];
}
