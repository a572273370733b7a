using System.Diagnostics;
using CliWrap;
using Harness.Processes;

namespace Harness.Tests.Processes;

public sealed class CommandStreamingTests
{
    [Test]
    public async Task Output_is_read_while_the_program_runs()
    {
        var (length, finished) = await new Command("bash")
            .WithArguments(["-c", "head -c 3000000 /dev/zero; exit 4"])
            .ReadOutputAsync(CountAsync, CancellationToken.None);
        Assert.That((length, finished.ExitCode, finished.StandardOutput), Is.EqualTo((3_000_000L, 4, "")));
    }

    [Test]
    public async Task A_reader_that_has_enough_ends_the_program()
    {
        var (first, _) = await new Command("yes").ReadOutputAsync(async stream =>
        {
            var buffer = new byte[1];
            await stream.ReadExactlyAsync(buffer);
            return (char)buffer[0];
        }, CancellationToken.None);
        Assert.That(first, Is.EqualTo('y'));
    }

    [Test]
    public void What_a_reader_throws_comes_to_the_caller() =>
        Assert.That(
            () => new Command("yes").ReadOutputAsync<int>(
                _ => throw new InvalidDataException("not this"), CancellationToken.None),
            Throws.TypeOf<InvalidDataException>());

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_a_program_leaves_running_with_its_output_holds_up_no_reader(bool blocking)
    {
        var clock = Stopwatch.StartNew();
        var thrown = await Assert.ThrowsAsync<CommandException>(() => new Command("bash")
            .WithArguments(["-c", "setsid sleep 613 & echo $! >&2; echo x"])
            .ReadOutputAsync<long>(blocking ? CountBlocking : CountAsync, CancellationToken.None));
        Assert.That(thrown!.Message, Does.Contain("something that it left running holds its output open"));
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(30)));
        foreach (var sleeper in Process.GetProcessesByName("sleep"))
        {
            using (sleeper)
            {
                if (File.ReadAllText($"/proc/{sleeper.Id}/cmdline").Contains("613", StringComparison.Ordinal))
                {
                    sleeper.Kill();
                }
            }
        }
    }

    private static Task<long> CountBlocking(Stream stream) =>
        Task.FromResult((long)new StreamReader(stream).ReadToEnd().Length);

    private static async Task<long> CountAsync(Stream stream)
    {
        var buffer = new byte[65536];
        long total = 0;
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
        {
            total += read;
        }
        return total;
    }
}
