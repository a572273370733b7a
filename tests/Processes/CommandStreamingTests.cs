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
