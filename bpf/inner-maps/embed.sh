#!/bin/sh
# Writes C that embeds BPF objects: embed.sh DIR/TOOLCHAIN/NAME.bpf.o... >embedded.c
#
# The assembler reads each file (.incbin); its path does not get into what is built.
set -eu

printf '/* Made by embed.sh. */\n#include "embedded.h"\n\n'

number=0
for path; do
    printf '__asm__(".section .rodata\\n.balign 8\\nobject_%d:\\n"\n' $number
    printf '        ".incbin \\"%s\\"\\nobject_%d_end:\\n.previous\\n");\n' "$path" $number
    printf 'extern const unsigned char object_%d[], object_%d_end[];\n\n' $number $number
    number=$((number + 1))
done

printf 'const struct embedded_object embedded_objects[] = {\n'
number=0
for path; do
    directory=${path%/*}
    name=${path##*/}
    printf '    { "%s", "%s", object_%d, object_%d_end },\n' "${directory##*/}" "${name%.bpf.o}" $number $number
    number=$((number + 1))
done
printf '};\n\nconst unsigned embedded_object_count = %d;\n' $number
