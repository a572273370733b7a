#include "libbpf_messages.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <bpf/libbpf.h>

static char messages[192];

/* Adds as much of the text as there is room for. */
static void append(const char *text)
{
    size_t length = strlen(messages);
    size_t more = strnlen(text, sizeof(messages) - 1 - length);

    memcpy(messages + length, text, more);
    messages[length + more] = '\0';
}

/* Keeps all warnings in one line: the first one names the cause, the last one often just the object. */
static int keep(enum libbpf_print_level level, const char *format, va_list args)
{
    char line[256];

    if (level != LIBBPF_WARN)
        return 0;
    vsnprintf(line, sizeof(line), format, args);
    line[strcspn(line, "\n")] = '\0';
    if (*messages)
        append("; ");
    append(strncmp(line, "libbpf: ", 8) ? line : line + 8);
    return 0;
}

void libbpf_messages_clear(void)
{
    libbpf_set_print(keep);
    messages[0] = '\0';
}

const char *libbpf_messages(void)
{
    return messages;
}

/* Since libbpf 0.6; older ones do not know their version. */
extern const char *libbpf_version_string(void) __attribute__((weak));

const char *libbpf_version(void)
{
    const char *version = libbpf_version_string ? libbpf_version_string() : "before-0.6";

    return *version == 'v' ? version + 1 : version;
}
