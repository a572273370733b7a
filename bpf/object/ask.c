#include "ask.h"

#include <errno.h>
#include <string.h>

#include "attach.h"
#include "choice.h"
#include "kernel_calls.h"
#include "kernel_types.h"
#include "libbpf_compat.h"
#include "load_alone.h"
#include "lsm.h"
#include "targets.h"

static const char step_open[] = "open";

struct bpf_object *ask_open(const struct object_file *file, struct answer *answer)
{
    struct bpf_object *object = bpf_object__open_file(file->path, NULL);

    if (is_valid(object))
        return object;
    answer->result = result_reject(step_open, error_of(object));
    return NULL;
}

/* An object that lacks what only its loader can say loads on no kernel, which says nothing about this one. */
static struct result refusal(struct bpf_object *object, struct answer *answer, int error)
{
    const char *step = messages_step(&answer->messages);
    const char *missing = target_missing_to_load(&answer->messages);

    if (missing)
        return result_skip(step, error, "%s", missing);
    if (error == EMFILE || error == ENFILE || error == EINTR)
        return result_error(step, error, "not the kernel's answer to the object");
    if (error == EINVAL)
        tell_unknown_type(object, &answer->messages);
    return result_reject(step, error);
}

static void note_parts(const struct object_file *file, struct bpf_object *object)
{
    struct part *part = file->whole->parts;
    struct bpf_program *program;
    struct bpf_map *map;

    bpf_object__for_each_program(program, object) {
        part->taken = bpf_program__fd(program) >= 0;
        part->verified = verified_instructions(bpf_program__fd(program));
        part++;
    }
    bpf_object__for_each_map(map, object) {
        part->taken = bpf_map__fd(map) >= 0 && (!bpf_map__autocreate || bpf_map__autocreate(map));
        part++;
    }
    file->whole->loaded = true;
}

struct bpf_object *ask_whole(struct object_file *file, struct answer *answer)
{
    struct bpf_object *object = ask_open(file, answer);
    int error;

    if (!object)
        return NULL;
    error = -bpf_object__load(object);
    if (error) {
        answer->result = refusal(object, answer, error);
        bpf_object__close(object);
        return NULL;
    }
    note_parts(file, object);
    answer->result = result_accept();
    return object;
}

void ask_part(struct bpf_object *opened, const struct question *question, struct answer *answer)
{
    struct bpf_object *object = opened;
    struct bpf_program *program;
    int error = load_alone(&object, question, answer);

    if (error) {
        answer->result = refusal(object, answer, error);
        if (question->what == WHAT_MAP && answer->result.outcome == OUTCOME_REJECT)
            answer->result.step = "map";
    } else if (question->what == WHAT_ATTACH || question->what == WHAT_ATTACH_MAP) {
        ask_attach(object, question, answer);
    } else {
        answer->result = result_accept();
        program = question->what == WHAT_PROGRAM ? program_at(object, question->index) : NULL;
        if (program && bpf_program__fd(program) < 0)
            answer->result = result_error("load", 0, "libbpf loaded the object without this program");
        else if (program)
            answer->verified = verified_instructions(bpf_program__fd(program));
    }
}

void ask_attach(struct bpf_object *loaded, const struct question *question, struct answer *answer)
{
    struct bpf_program *program;

    if (question->what == WHAT_ATTACH_MAP) {
        answer->result = attach_map(map_at(loaded, question->index));
        return;
    }
    program = program_at(loaded, question->index);
    answer->result = attach_program(program);
    if (answer->result.outcome == OUTCOME_ACCEPT && bpf_program__type(program) == BPF_PROG_TYPE_LSM
        && !lsm_calls_programs(&answer->messages))
        answer->result = result_reject("attach", 0);
}
