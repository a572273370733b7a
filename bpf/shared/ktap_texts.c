/* The texts of cases in a report. The host ends a guest that writes more than 8 MiB or 100,000 lines, so texts have
 * bounds of their own, and results always have room.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "ktap.h"
#include "ktap_line.h"

/* Of all texts of a report, in the bytes and lines that they take there. */
enum { BYTES_OF_TEXTS = 6 << 20, LINES_OF_TEXTS = 75 * 1000 };

/* What each case has, however long the texts before it were: this much, or less where half of all room is less. */
enum { BYTES_OF_CASE = 8 << 10, LINES_OF_CASE = 60 };

/* A text may take that much and half of what nobody has: the first texts are whole. */
enum { SHARE = 2 };

/* How a byte that is not printable ASCII is written: \xHH. */
enum { ESCAPED = 4 };

struct room {
    size_t bytes, lines;
};

/* What a line of a text is: a whole one, one that goes on in the next line of the report, or a last one without its
 * newline.
 */
enum text_mark { TEXT_WHOLE = '|', TEXT_GOES_ON = '+', TEXT_OPEN = '-', TEXT_LOST = '!' };

/* Puts as much of a line as has room, all but printable ASCII as \xHH; the number of bytes that were put. */
static size_t append_escaped(struct line *line, const char *bytes, size_t length)
{
    size_t done;

    for (done = 0; done < length && line->length + ESCAPED + 2 < sizeof(line->text); done++) {
        unsigned char byte = (unsigned char)bytes[done];

        if (byte < ' ' || byte > '~' || byte == '\\')
            line_append(line, "\\x%02x", byte);
        else
            line->text[line->length++] = (char)byte;
    }
    return done;
}

static bool fits(const struct line *line, struct room *room)
{
    if (room->lines == 0 || room->bytes < line->length + 1)
        return false;
    room->lines--;
    room->bytes -= line->length + 1;
    return true;
}

/* One line of the report, with as much of the text from a place on as it has room for; that place moves on. */
static struct line next_line(const struct test_case *item, const struct text *text, size_t *place)
{
    const char *start = text->bytes + *place;
    const char *newline = memchr(start, '\n', text->length - *place);
    size_t length = newline ? (size_t)(newline - start) : text->length - *place;
    struct line line = { .length = 0 };
    size_t mark, taken;

    line_append(&line, "# text %s %s ", item->id, text->name);
    mark = line.length;
    line_append(&line, "%c", TEXT_WHOLE);
    taken = append_escaped(&line, start, length);
    if (taken < length)
        line.text[mark] = TEXT_GOES_ON;
    else if (!newline)
        line.text[mark] = TEXT_OPEN;
    *place += taken + (taken == length && newline ? 1 : 0);
    return line;
}

/* Where the end of a text begins that has room: at the beginning of a line. */
static size_t end_that_fits(const struct test_case *item, const struct text *text, struct room room)
{
    size_t from = text->length;

    while (from > 0) {
        const char *before = from > 1 ? memrchr(text->bytes, '\n', from - 1) : NULL;
        size_t start = before ? (size_t)(before - text->bytes) + 1 : 0, place = start;

        while (place < from) {
            struct line line = next_line(item, text, &place);

            if (!fits(&line, &room))
                return from;
        }
        from = start;
    }
    return 0;
}

static size_t share_of(const struct ktap *ktap, size_t all, size_t used, size_t least)
{
    size_t least_of_case = all / 2 / ktap->cases < least ? all / 2 / ktap->cases : least;
    size_t kept = (ktap->cases - ktap->count) * least_of_case;

    return least_of_case + (all - used > kept ? (all - used - kept) / SHARE : 0);
}

static void put_text(struct ktap *ktap, const struct test_case *item, const struct text *text)
{
    struct room room = {
        share_of(ktap, BYTES_OF_TEXTS, ktap->text_bytes, BYTES_OF_CASE),
        share_of(ktap, LINES_OF_TEXTS, ktap->text_lines, LINES_OF_CASE),
    };
    size_t start = text->keeps_end ? end_that_fits(item, text, room) : 0, place = start;
    unsigned long long lost = text->lost + start;

    while (place < text->length) {
        size_t next = place;
        struct line line = next_line(item, text, &next);

        if (!fits(&line, &room))
            break;
        ktap_put(ktap, &line);
        ktap->text_bytes += line.length;
        ktap->text_lines++;
        place = next;
    }
    lost += text->length - place;
    if (lost) {
        struct line line = { .length = 0 };

        line_append(&line, "# text %s %s %c%llu", item->id, text->name, TEXT_LOST, lost);
        ktap_put(ktap, &line);
    }
}

void ktap_texts(struct ktap *ktap, const struct test_case *item, struct result *result)
{
    for (size_t i = 0; i < TEXTS_MAX && result->texts[i].name; i++) {
        put_text(ktap, item, &result->texts[i]);
        free(result->texts[i].bytes);
        result->texts[i] = (struct text){ 0 };
    }
}
