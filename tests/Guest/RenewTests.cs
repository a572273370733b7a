using CliWrap;
using Harness.Processes;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Guest;

/// <summary>How a guest that waited makes its random numbers anew (bpf/init/renew.c), with a made-up kernel.</summary>
public sealed class RenewTests
{
    private const string Main = """
        #include <errno.h>
        #include <linux/random.h>
        #include <stdarg.h>
        #include <stdio.h>
        #include <stdlib.h>

        #include "renew.h"

        static unsigned long refused;
        static int why;

        int __wrap_ioctl(int fd, unsigned long request, ...)
        {
            (void)fd;
            errno = why;
            return request == refused ? -1 : 0;
        }

        _Noreturn void give_up(const char *format, ...)
        {
            va_list args;

            va_start(args, format);
            vprintf(format, args);
            exit(1);
        }

        int main(int count, char **arguments)
        {
            struct fresh fresh = { .seed = "seed", .seed_size = 4 };

            refused = count > 1 ? (atoi(arguments[1]) ? RNDRESEEDCRNG : RNDADDENTROPY) : 0;
            why = count > 2 ? atoi(arguments[2]) : 0;
            renew(&fresh);
            puts("renewed");
            return 0;
        }
        """;

    [Test]
    public async Task A_kernel_without_the_call_that_takes_the_next_key_at_once_needs_none()
    {
        const int InvalidArgument = 22, NotPermitted = 1;
        using var directory = new TemporaryDirectory();
        var init = Path.Combine(RealRun.Repository.Path, "bpf", "init");
        await new Command("gcc").WithArguments(["-D_GNU_SOURCE", "-Wl,--wrap=ioctl", $"-I{init}", "-o",
            directory["renew"], directory.Write("main.c", Main), Path.Combine(init, "renew.c")])
            .RunAsync(CancellationToken.None);

        Assert.That(await SaidAsync(), Is.EqualTo("renewed\n"));
        Assert.That(await SaidAsync(1, InvalidArgument), Is.EqualTo("renewed\n"), "before Linux 4.17");
        Assert.That(await SaidAsync(1, NotPermitted), Does.StartWith("cannot make the random numbers anew"));
        Assert.That(await SaidAsync(0, InvalidArgument), Does.StartWith("cannot make the random numbers anew"));

        async Task<string> SaidAsync(params int[] arguments) =>
            (await new Command(directory["renew"]).WithArguments(arguments.Select(a => $"{a}"))
                .TryRunAsync(CancellationToken.None)).StandardOutput;
    }
}
