#include "task.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEFAULT_TIMEOUT = 45, FILE_MAX = 1 << 20 };

static char *read_whole(const char *path, size_t *length)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    char *text = NULL;

    if (fd < 0)
        return NULL;
    if (fstat(fd, &about) == 0 && about.st_size < FILE_MAX)
        text = malloc((size_t)about.st_size + 1);
    if (text && read(fd, text, (size_t)about.st_size) != about.st_size) {
        free(text);
        text = NULL;
    }
    close(fd);
    if (text) {
        *length = (size_t)about.st_size;
        text[*length] = '\0';
    }
    return text;
}

static const char *set_number(const char *text, long least, long most, long *number)
{
    char *end;

    errno = 0;
    *number = strtol(text, &end, 10);
    return *end || end == text || errno || *number < least || *number > most ? "not a number in its range" : NULL;
}

/* A variable of the task takes the place of a usual one with the same name. */
static void add_variable(struct task *task, size_t *count, char *variable)
{
    size_t name = strcspn(variable, "=") + 1;

    for (size_t i = 0; i < *count; i++)
        if (!strncmp(task->variables[i], variable, name)) {
            task->variables[i] = variable;
            return;
        }
    task->variables[(*count)++] = variable;
}

static const char *take(struct task *task, char *key, char *value, size_t *arguments, size_t *variables)
{
    const char *wrong = NULL;
    long number = 0;

    if (!strcmp(key, "program"))
        task->arguments[0] = value;
    else if (!strcmp(key, "directory"))
        task->directory = value;
    else if (!strcmp(key, "skip"))
        task->skip = value;
    else if (!strcmp(key, "arg") && *arguments <= ARGUMENTS_MAX)
        task->arguments[(*arguments)++] = value;
    else if (!strcmp(key, "env") && *variables < VARIABLES_MAX && strchr(value, '='))
        add_variable(task, variables, value);
    else if (!strcmp(key, "timeout") && !(wrong = set_number(value, 1, 86400, &number)))
        task->timeout = (unsigned)number;
    else if (!strcmp(key, "expect") && !(wrong = set_number(value, 0, 255, &number)))
        task->expect = (int)number;
    else if (!strcmp(key, "root") && !strcmp(value, "host"))
        task->sees_host = true;
    else
        return wrong ? wrong : "an unknown key, or too many of one";
    return NULL;
}

const char *task_read(struct task *task, const char *path)
{
    static char *const usual[] = {
        "HOME=/root", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C", "TMPDIR=/tmp",
    };
    size_t arguments = 1, variables = 0, length = 0;

    *task = (struct task){ .directory = "/tmp", .timeout = DEFAULT_TIMEOUT, .text = read_whole(path, &length) };
    if (!task->text)
        return "cannot be read";
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
        task->variables[variables++] = usual[i];
    for (char *line = task->text; line < task->text + length; ) {
        char *next = line + strlen(line) + 1;
        char *value = strchr(line, '=');
        const char *wrong;

        if (!value)
            return "a line without '='";
        *value++ = '\0';
        wrong = take(task, line, value, &arguments, &variables);
        if (wrong)
            return wrong;
        line = next;
    }
    return task->arguments[0] ? NULL : "names no program";
}

void task_free(struct task *task)
{
    free(task->text);
    task->text = NULL;
}
