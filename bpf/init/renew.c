#include "renew.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/random.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "console.h"

/* Puts the seed into the pool, and has the generator take its next key from there: until then, all copies would give
 * the same numbers (random(4)). A kernel before 4.17 does not know RNDRESEEDCRNG, and takes each number from the pool.
 */
static void reseed(const struct fresh *fresh)
{
    struct {
        struct rand_pool_info info;
        unsigned char bytes[SEED_BYTES];
    } entropy = { .info = { .entropy_count = 8 * (int)fresh->seed_size, .buf_size = (int)fresh->seed_size } };
    int fd = open("/dev/urandom", O_WRONLY | O_CLOEXEC);

    memcpy(entropy.info.buf, fresh->seed, fresh->seed_size);
    if (fd < 0 || ioctl(fd, RNDADDENTROPY, &entropy) < 0 || (ioctl(fd, RNDRESEEDCRNG) < 0 && errno != EINVAL))
        give_up("cannot make the random numbers anew: %s", strerror(errno));
    close(fd);
}

void renew(const struct fresh *fresh)
{
    const struct timespec now = { .tv_sec = fresh->seconds };

    if (fresh->seed_size > 0)
        reseed(fresh);
    if (fresh->seconds > 0 && clock_settime(CLOCK_REALTIME, &now) < 0)
        give_up("cannot set the clock: %s", strerror(errno));
}
