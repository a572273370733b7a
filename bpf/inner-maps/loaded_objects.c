#include "loaded_objects.h"

/* So many objects are used in turn by the cases of one declaration: as it is, with its template replaced, with a flag,
 * and one that is filled in.
 */
enum { OBJECTS_MAX = 4 };

struct entry {
    struct load_request request; /* without an object: nothing is here */
    unsigned long long used;     /* larger than that of all that were used before */
    struct loaded_object loaded;
};

static struct entry entries[OBJECTS_MAX];

static void empty(struct entry *entry)
{
    if (entry->request.object)
        object_unload(&entry->loaded);
    *entry = (struct entry){ .request = { .object = NULL } };
}

static bool same_request(const struct load_request *one, const struct load_request *other)
{
    return one->object == other->object && one->way == other->way && one->pinner == other->pinner;
}

/* The entry of the object; where there is none, the one that was used longest ago, emptied. */
static struct entry *find(const struct load_request *request)
{
    struct entry *oldest = entries;

    for (size_t i = 0; i < OBJECTS_MAX; i++) {
        if (same_request(&entries[i].request, request))
            return &entries[i];
        if (entries[i].used < oldest->used)
            oldest = &entries[i];
    }
    empty(oldest);
    return oldest;
}

const struct loaded_object *loaded_object(const struct load_request *request, const struct map_spec *untyped)
{
    static unsigned long long uses;
    struct entry *entry = find(request);

    /* An error may be over when the next case asks. */
    if (entry->request.object && !entry->loaded.object && entry->loaded.refused.outcome == OUTCOME_ERROR)
        empty(entry);
    if (!entry->request.object) {
        entry->loaded = object_load(request, untyped);
        entry->request = *request;
    }
    entry->used = ++uses;
    return &entry->loaded;
}

void loaded_objects_end(void)
{
    for (size_t i = 0; i < OBJECTS_MAX; i++)
        empty(&entries[i]);
}
