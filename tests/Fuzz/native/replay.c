/* Runs a target over files, without libFuzzer: for the inputs that are kept, with any compiler. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>

int LLVMFuzzerTestOneInput(const uint8_t *input, size_t length);

int main(int count, char **files)
{
    static uint8_t buffer[1 << 16];

    for (int i = 1; i < count; i++) {
        FILE *file = fopen(files[i], "rb");
        uint8_t *input;
        size_t length;

        if (!file) {
            perror(files[i]);
            return 2;
        }
        length = fread(buffer, 1, sizeof(buffer), file);
        fclose(file);
        input = malloc(length + 1); /* of its own size, so that the sanitizer sees a byte read behind it */
        if (!input)
            return 2;
        for (size_t at = 0; at < length; at++)
            input[at] = buffer[at];
        fprintf(stderr, "%s\n", files[i]);
        LLVMFuzzerTestOneInput(input, length);
        free(input);
    }
    return 0;
}
