using System.Globalization;
using Harness.Probes;
using Harness.Results;
using Harness.Vm;

namespace Harness.Tests.Support;

/// <summary>
/// A captured or made-up end of a VM, from <c>tests/Fixtures/consoles</c>: the expected status and the start of the
/// reason, how QEMU ended, what was on the channel and on standard error, then the console as it was.
/// </summary>
internal sealed record ConsoleFixture(string Status, string? Reason, VmEnd End)
{
    /// <summary>What the kernel complains of, each as <c>kind: text</c>.</summary>
    public IReadOnlyList<string> Complaints { get; init; } = [];

    public const string Nonce = "feed";

    private static readonly ReportText _report = ReportText.Of(Nonce,
        ("raw.a", ReportText.Accepted), ("raw.b", "want=reject outcome=reject step=update errno=EINVAL"),
        ("raw.c", ReportText.Refused));

    /// <summary>The cases of the reports on the channel.</summary>
    public static IReadOnlyList<ProbeCase> Asked { get; } =
        [new("raw.a", Outcome.Accept, ""), new("raw.b", Outcome.Reject, ""), new("raw.c", Outcome.Accept, "")];

    private static string Folder => Path.Combine(Repository.Find().Path, "tests", "Fixtures", "consoles");

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Folder, "*.log").Select(f => Path.GetFileNameWithoutExtension(f)!).Order();

    public static ConsoleFixture Load(string name)
    {
        var lines = File.ReadAllText(Path.Combine(Folder, name + ".log")).Split('\n');
        var head = lines.TakeWhile(line => line.StartsWith("# ", StringComparison.Ordinal))
            .Select(line => line[2..].Split(": ", 2)).ToList();
        string Value(string key) => head.Single(h => h[0] == key)[1];
        var expect = Value("expect").Split(": ", 2);
        var ending = Value("ending").Split(' ');
        var error = string.Concat(head.Where(h => h[0] == "stderr").Select(h => h[1] + "\n"));
        return new ConsoleFixture(expect[0], expect.Length > 1 ? expect[1] : null, new VmEnd(
            Ending(ending[0]), Channel(Value("channel")), string.Join('\n', lines.Skip(head.Count)),
            ending[0] == "not-launched" ? error.TrimEnd() : error,
            ending.Length > 1 ? int.Parse(ending[1], CultureInfo.InvariantCulture) : null, TimeSpan.FromSeconds(90.1)))
        {
            Complaints = [.. head.Where(h => h[0] == "complaint").Select(h => h[1])],
        };
    }

    private static VmEnding Ending(string word) => word switch
    {
        "exited" => VmEnding.Exited,
        "finished" => VmEnding.Finished,
        "deadline" => VmEnding.Deadline,
        "not-launched" => VmEnding.NotLaunched,
        _ => throw new FormatException($"ending: {word}"),
    };

    private static string Channel(string word)
    {
        var half = _report with { Results = [.. _report.Results.Take(2)], Planned = 3 };
        return word switch
        {
            "none" => "",
            "begun" => _report.Header,
            "half" => half.Header + half.Body + _report.Results[2][..20],
            "half-closed" => half.ToString(),
            "other-nonce" => (_report with { Nonce = "beef" }).ToString(),
            "noise" => _report.Header + "[    3.1] random: crng init done\n" + _report.Body + _report.End,
            "other-end" => (_report with { EndNonce = "beef" }).ToString(),
            "whole" => _report.ToString(),
            _ => throw new FormatException($"channel: {word}"),
        };
    }
}
