using System.Text.Json;
using Harness.Cli;
using Harness.Runs;
using Harness.Tests.Support;

namespace Harness.Tests.Cli;

public sealed class RunLogTests
{
    [Test]
    public async Task Each_line_is_one_event_in_the_compact_format()
    {
        using var directory = new TemporaryDirectory();
        await using (var log = new RunLog(directory.Path, new TestTerminal().Terminal, verbose: false))
        {
            log.Take(new RunEvent.Noted("an index is old"));
            log.Take(new RunEvent.Probing("debian-6.1.192-2-cloud-amd64", 1, 2));
            log.Take(new RunEvent.Booting("debian-6.1.192-2-cloud-amd64", 1));
        }
        var lines = (await File.ReadAllLinesAsync(directory[RunLog.FileName]))
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.That(lines.Select(line => line.TryGetProperty("@l", out var level) ? level.GetString() : null),
            Is.EqualTo(new[] { null, "Warning", "Debug" }));
        Assert.That(lines[1].GetProperty("@m").GetString(), Is.EqualTo("an index is old"));
        Assert.That(lines[1].GetProperty("Note").GetString(), Is.EqualTo("an index is old"));
        Assert.That(lines.Select(line => line.GetProperty("@t").GetDateTimeOffset().Year), Has.All.GreaterThan(2000));
        Assert.That(lines[2].GetProperty("Event").GetProperty("KernelId").GetString(),
            Is.EqualTo("debian-6.1.192-2-cloud-amd64"));
    }
}
