#include "modules.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MODULES "/modules"
#define MISSING "/modules.missing"
#define UNKNOWN "/modules.unknown"

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* A module that is there already (EEXIST) is as good. */
static int load(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    int error = fd < 0 || (syscall(SYS_finit_module, fd, "", 0) < 0 && errno != EEXIST) ? errno : 0;

    if (fd >= 0)
        close(fd);
    return error;
}

void modules_load(char problem[MODULES_PROBLEM_MAX])
{
    struct dirent **entries;
    int count = scandir(MODULES, &entries, is_visible, alphasort);

    *problem = '\0';
    for (int i = 0; i < count; i++) {
        char path[320];
        int error;

        snprintf(path, sizeof(path), MODULES "/%s", entries[i]->d_name);
        error = load(path);
        if (error && !*problem)
            snprintf(problem, MODULES_PROBLEM_MAX, ": module %.60s does not load: %s", entries[i]->d_name,
                     strerror(error));
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

static bool read_sentence(const char *path, char text[MODULES_MISSING_MAX])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? 0 : read(fd, text, MODULES_MISSING_MAX - 1);

    text[length < 0 ? 0 : length] = '\0';
    if (fd >= 0)
        close(fd);
    return *text;
}

bool modules_read_missing(char text[MODULES_MISSING_MAX])
{
    return read_sentence(MISSING, text) || !read_sentence(UNKNOWN, text);
}
