#include "lsm.h"

#include <stdio.h>
#include <string.h>
#include <sys/mount.h>

#define SECURITY "/sys/kernel/security"

static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);

    for (const char *at = list; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL)
        if (!strncmp(at, word, length) && (at[length] == ',' || at[length] == '\0'))
            return true;
    return false;
}

bool lsm_calls_programs(struct messages *messages)
{
    char list[512] = "", line[600];
    FILE *file;
    int length;

    mount("none", SECURITY, "securityfs", 0, NULL);
    file = fopen(SECURITY "/lsm", "re");
    if (!file)
        return true;
    if (!fgets(list, sizeof(list), file))
        list[0] = '\0';
    fclose(file);
    list[strcspn(list, "\n")] = '\0';
    if (!*list || has_word(list, "bpf"))
        return true;
    length = snprintf(line, sizeof(line), "kernel: bpf is not among its security modules: %s\n", list);
    messages_add(messages, line, (size_t)length);
    return false;
}
