/* The probe exec: runs each program that the host has put into the guest, and hands on what it wrote. ../README.md has
 * the form of the report.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "child.h"
#include "guest.h"
#include "hostfs.h"
#include "probe.h"

/* Where the host puts a file for each program, by the name of its case (task.h). */
#define TASKS "/exec"

struct question {
    char path[320];
};

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void add_cases(struct case_builder *builder)
{
    struct dirent **entries;
    int count = scandir(TASKS, &entries, is_visible, alphasort);

    for (int i = 0; i < count; i++) {
        struct test_case *item = case_add(builder, WANT_ACCEPT, "it exits as expected", sizeof(struct question));
        struct question *question = item->question;

        snprintf(item->id, sizeof(item->id), "exec.%.*s", CASE_ID_MAX - 6, entries[i]->d_name);
        snprintf(question->path, sizeof(question->path), TASKS "/%s", entries[i]->d_name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

/* Whether the program can have the root that it wants. */
static bool has_root(const struct task *task, struct result *result)
{
    static bool tried, has_host;
    static struct result refusal;

    if (!task->sees_host)
        return true;
    if (!tried)
        has_host = hostfs_prepare(&refusal);
    tried = true;
    *result = refusal;
    return has_host;
}

static struct result run(const void *question)
{
    const struct question *asked = question;
    static bool prepared;
    struct task task;
    const char *wrong = task_read(&task, asked->path);
    struct result result;

    if (wrong) {
        task_free(&task);
        return result_error(NULL, 0, "%s: %s", asked->path, wrong);
    }
    if (task.skip) {
        result = result_skip("start", 0, "%s", task.skip);
        task_free(&task);
        return result;
    }
    if (!prepared)
        guest_prepare();
    prepared = true;
    if (has_root(&task, &result))
        result = child_run(&task);
    task_free(&task);
    return result;
}

int main(int count, char **arguments)
{
    static const struct layer layers[] = {
        { .name = "exec", .keeps_time = true, .add_cases = add_cases, .run = run },
    };
    static const struct probe probe = { .layers = layers, .layer_count = 1 };

    return probe_main(&probe, count, arguments);
}
