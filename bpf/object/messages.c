#include "messages.h"

#include <bpf/libbpf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct messages *caught;

/* When the text is full, the oldest bytes of its second half make room. */
void messages_add(struct messages *messages, const char *text, size_t length)
{
    const size_t half = MESSAGES_MAX / 2;
    size_t room = MESSAGES_MAX - messages->length;

    if (length > half) {
        messages->lost += length - half;
        text += length - half;
        length = half;
    }
    if (length > room) {
        size_t drop = length - room;

        memmove(messages->text + half, messages->text + half + drop, messages->length - half - drop);
        messages->length -= drop;
        messages->lost += drop;
    }
    memcpy(messages->text + messages->length, text, length);
    messages->length += length;
}

static int take(enum libbpf_print_level level, const char *format, va_list args)
{
    char *text = NULL;
    int length;

    if (level == LIBBPF_DEBUG || !caught)
        return 0;
    length = vasprintf(&text, format, args);
    if (length > 0)
        messages_add(caught, text, (size_t)length);
    free(text);
    return length;
}

void messages_catch(struct messages *messages)
{
    caught = messages;
    libbpf_set_print(take);
}

const char *messages_find(const struct messages *messages, const char *text, size_t *length)
{
    const char *found = memmem(messages->text, messages->length, text, strlen(text));
    const char *end = messages->text + messages->length;
    const char *newline;

    if (!found)
        return NULL;
    while (found > messages->text && found[-1] != '\n')
        found--;
    newline = memchr(found, '\n', (size_t)(end - found));
    *length = (size_t)((newline ? newline : end) - found);
    return found;
}

/* The first text that is among the messages decides. What libbpf could not relocate fails in the verifier, since libbpf
 * puts an instruction in its place that no verifier takes; before 0.8 that is a call of function 195896080.
 */
const char *messages_step(const struct messages *messages)
{
    static const struct {
        const char *text, *step;
    } known[] = {
        { "missing BPF prog type", "open" },
        { "<invalid CO-RE relocation>", "relocate" },
        { "invalid func unknown#195896080", "relocate" },
        { "is referenced but wasn't resolved", "relocate" },
        { "failed to find kernel BTF type ID", "relocate" },
        { "is not found in vmlinux BTF", "relocate" },
        { "': failed to create", "map" },
        { "error reusing pinned map", "map" },
        { "failed to auto-pin", "map" },
        { "failed to initialize slot", "map" },
        { "failed to set initial contents", "map" },
        { "BPF program load failed", "load" },
        { "load bpf program failed", "load" },
        { "-- BEGIN PROG LOAD LOG --", "load" },
    };
    size_t length;

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (messages_find(messages, known[i].text, &length))
            return known[i].step;
    return "relocate";
}
