/* The program looks up key 0 in the outer map, and an index in what it finds there. It is of the oldest type that
 * BPF_PROG_TEST_RUN takes (SCHED_CLS, Linux 4.12) and that returns any number.
 *
 * An index that the verifier does not know comes from the length of the packet. One that it knows is stored to a place
 * on the stack that is a multiple of 8, where get_constant_map_key() (kernel/bpf/verifier.c, since 6.14) finds it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "maps.h"
#include "seen.h"
#include "uapi.h"

enum {
    LOG_BYTES = 16 << 10,
    MOST_INSTRUCTIONS = 96, /* of the program as the kernel shows it, which has 23 before the kernel changes it */
    SMALLEST_PACKET = 64,   /* more than bpf_prog_test_run_skb() asks for: an Ethernet header */
    OUTER_KEY = -16,        /* on the stack */
    INNER_KEY = -8,
};

struct program {
    struct bpf_insn code[MOST_INSTRUCTIONS];
    uint32_t length;
};

static void add(struct program *program, uint8_t code, uint8_t to, uint8_t from, int16_t offset, int32_t number)
{
    program->code[program->length++] =
        (struct bpf_insn){ .code = code, .dst_reg = to, .src_reg = from, .off = offset, .imm = number };
}

/* Looks up the key at a place on the stack in the map of register 1; returns `without` unless it is there. */
static void add_lookup(struct program *program, int32_t key, int32_t without)
{
    add(program, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_2, BPF_REG_10, 0, 0);
    add(program, BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_2, 0, 0, key);
    add(program, BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_map_lookup_elem);
    add(program, BPF_JMP | BPF_JNE | BPF_K, BPF_REG_0, 0, 2, 0);
    add(program, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, without);
    add(program, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
}

static void add_index(struct program *program, const struct seen_case *seen)
{
    if (seen->known) {
        add(program, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_2, 0, 0, (int32_t)seen->index);
    } else {
        add(program, BPF_LDX | BPF_MEM | BPF_W, BPF_REG_2, BPF_REG_6, offsetof(struct __sk_buff, len), 0);
        add(program, BPF_ALU64 | BPF_AND | BPF_K, BPF_REG_2, 0, 0, 0xff);
        add(program, BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_2, 0, 0, -SMALLEST_PACKET);
    }
    add(program, BPF_STX | BPF_MEM | BPF_W, BPF_REG_10, BPF_REG_2, INNER_KEY, 0);
}

static struct program write_program(const struct seen_case *seen, int outer_fd)
{
    struct program program = { .length = 0 };

    add(&program, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_6, BPF_REG_1, 0, 0);
    add(&program, BPF_ST | BPF_MEM | BPF_W, BPF_REG_10, 0, OUTER_KEY, 0);
    add(&program, BPF_LD | BPF_IMM | BPF_DW, BPF_REG_1, BPF_PSEUDO_MAP_FD, 0, outer_fd);
    add(&program, 0, 0, 0, 0, 0);
    add_lookup(&program, OUTER_KEY, SEEN_NO_OUTER);
    add_index(&program, seen);
    add(&program, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_1, BPF_REG_0, 0, 0);
    add_lookup(&program, INNER_KEY, SEEN_NO_ELEMENT);
    add(&program, BPF_LDX | BPF_MEM | BPF_W, BPF_REG_0, BPF_REG_0, 0, 0);
    add(&program, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
    return program;
}

uint32_t seen_wanted(const struct seen_case *seen)
{
    return seen->index < seen->candidate.max_entries ? SEEN_FIRST_VALUE + seen->index : SEEN_NO_ELEMENT;
}

static int load(const struct program *program, char *log, uint32_t log_size)
{
    union bpf_attr attr;

    memset(&attr, 0, sizeof(attr));
    attr.prog_type = BPF_PROG_TYPE_SCHED_CLS;
    attr.insns = (uintptr_t)program->code;
    attr.insn_cnt = program->length;
    attr.license = (uintptr_t)"GPL";
    attr.log_buf = (uintptr_t)log;
    attr.log_size = log_size;
    attr.log_level = log ? 1 : 0;
    return bpf_call(BPF_PROG_LOAD, &attr, sizeof(attr));
}

int seen_program_load(const struct seen_case *seen, int outer_fd, struct text *log)
{
    const struct program program = write_program(seen, outer_fd);
    int fd = load(&program, NULL, 0);

    if (fd >= 0 || errno_is_circumstance(-fd))
        return fd;
    *log = (struct text){ .name = "verifier", .bytes = calloc(1, LOG_BYTES), .keeps_end = true };
    if (!log->bytes)
        return -ENOMEM;
    fd = load(&program, log->bytes, LOG_BYTES);
    log->length = strlen(log->bytes);
    return fd;
}

/* Reads the program as the verifier left it (man 2 bpf, BPF_OBJ_GET_INFO_BY_FD); false where the kernel shows none. */
static bool read_back(int fd, struct program *program)
{
    struct bpf_prog_info info;

    memset(&info, 0, sizeof(info));
    info.xlated_prog_len = sizeof(program->code);
    info.xlated_prog_insns = (uintptr_t)program->code;
    if (object_info(fd, &info, sizeof(info)) < 0 || !info.xlated_prog_insns || !info.xlated_prog_len ||
        info.xlated_prog_len > sizeof(program->code))
        return false;
    program->length = info.xlated_prog_len / sizeof(program->code[0]);
    return true;
}

/* Two things make the kernel read what is not the candidate's: the program takes what it found without asking whether
 * it found something (can_elide_value_nullness(), since 6.14), or the look-up is inlined with the template's size
 * (map_gen_lookup of the map's type). Either shows in the instructions.
 */
bool seen_program_is_dangerous(const struct seen_case *seen, int fd)
{
    struct program program;
    bool asks = false;

    if (seen->index < seen->candidate.max_entries)
        return false;
    if (!read_back(fd, &program))
        return true;
    for (uint32_t i = 0; i < program.length; i++) {
        const struct bpf_insn *at = &program.code[i];

        if (at->code == (BPF_JMP | BPF_JGE | BPF_K) && (uint32_t)at->imm > seen->candidate.max_entries)
            return true;
        if (at->code == (BPF_ALU64 | BPF_MOV | BPF_K) && at->imm == SEEN_NO_ELEMENT)
            asks = true;
    }
    return !asks;
}

int seen_program_run(const struct seen_case *seen, int program, uint32_t *returned)
{
    char packet[SMALLEST_PACKET + 256] = { 0 };
    union bpf_attr attr;
    int error;

    memset(&attr, 0, sizeof(attr));
    attr.test.prog_fd = (uint32_t)program;
    attr.test.data_in = (uintptr_t)packet;
    attr.test.data_size_in = SMALLEST_PACKET + seen->index;
    attr.test.repeat = 1;
    error = bpf_call(BPF_PROG_TEST_RUN, &attr, sizeof(attr));
    *returned = attr.test.retval;
    return error;
}
