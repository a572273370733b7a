using Harness.Tests.Fuzz.Targets;

namespace Harness.Tests.Fuzz;

/// <summary>All targets in C#, by name; those in C are in <c>tests/Fuzz/native</c>.</summary>
internal static class FuzzTargets
{
    /// <summary>
    /// How each is made. Not before libFuzzer runs: code with SharpFuzz's counters crashes while these have no place.
    /// </summary>
    public static IReadOnlyDictionary<string, Func<FuzzTarget>> All { get; } = new Dictionary<string, Func<FuzzTarget>>
    {
        ["ktap"] = () => new KtapTarget(),
        ["channel"] = () => new ChannelTarget(),
        ["console"] = () => new ConsoleTarget(),
        ["packages"] = () => new PackagesTarget(),
        ["release"] = () => new ReleaseTarget(),
        ["inrelease"] = () => new InReleaseTarget(),
        ["tar"] = () => new TarTarget(),
        ["deb"] = () => new DebTarget(),
        ["images"] = () => new ImagesTarget(),
        ["matrix"] = () => new MatrixTarget(),
        ["lock"] = () => new LockTarget(),
        ["patterns"] = () => new PatternsTarget(),
        ["results"] = () => new ResultsTarget(),
        ["reports"] = () => new ReportsTarget(),
        ["journal"] = () => new JournalTarget(),
    };
}
