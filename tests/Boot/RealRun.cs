using System.Text.Json;
using CliWrap;
using Harness.Kernels;
using Harness.Probes;
using Harness.Processes;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.Boot;

/// <summary>Runs the real engine, launcher and prober over kernels of the default matrix, under emulation.</summary>
internal static class RealRun
{
    /// <summary>Struct, bytes and untyped maps of the three types that people use: what issue 816 is about.</summary>
    public static readonly string[] Foremost = ["raw.*.{array,hash,lru_hash}.{none,bytes,struct}.{none,bytes,struct}"];

    private static readonly Lazy<Task<string>> _unpacked = new(UnpackAsync);

    private static readonly Lazy<Task<IReadOnlyList<(string Id, KernelVersion Version)>>> _defaultMatrix =
        new(DefaultMatrixAsync);

    private static readonly Lazy<Task<RunDocument>> _wholeTable = new(WholeTableOfEachSeriesAsync);

    public static Repository Repository { get; } = Repository.Find();

    /// <summary>Runs the command line as a process of its own, as <c>scripts/harness</c> does.</summary>
    public static Command Harness(params string[] arguments) => HarnessOf(Repository.Path, arguments);

    /// <summary>The same of another checkout.</summary>
    public static Command HarnessOf(string checkout, params string[] arguments) =>
        // A shell without job control starts background jobs with SIGINT ignored, which they hand on.
        new Command("env")
            .WithArguments(["--default-signal=INT", "dotnet",
                Path.Combine(checkout, "harness", "bin", "Release", "publish", "harness.dll"), .. arguments])
            .WithEnvironmentVariable("DOTNET_EnableDiagnostics", "0");

    /// <summary>The newest kernel of a series in the default matrix.</summary>
    public static async Task<string> NewestAsync(string series) =>
        (await _defaultMatrix.Value.ConfigureAwait(false)).Last(k => k.Version.Series == series).Id;

    /// <summary>The newest kernel of every series in the default matrix.</summary>
    public static async Task<IReadOnlyList<string>> NewestOfEachSeriesAsync() =>
        [.. (await _defaultMatrix.Value.ConfigureAwait(false)).GroupBy(k => k.Version.Series)
            .Select(series => series.Last().Id)];

    /// <summary>
    /// All cases in their own order on the newest kernel of every series, booted from the first instruction: asked once
    /// for all tests.
    /// </summary>
    public static Task<RunDocument> WholeTableAsync() => _wholeTable.Value;

    private static async Task<RunDocument> WholeTableOfEachSeriesAsync()
    {
        using var directory = new TemporaryDirectory();
        var kernels = Only(await NewestOfEachSeriesAsync().ConfigureAwait(false));
        return (await OfAsync(directory["run"], kernels).ConfigureAwait(false)).Document;
    }

    private static async Task<IReadOnlyList<(string Id, KernelVersion Version)>> DefaultMatrixAsync()
    {
        var listed = await Harness("list", "--json").RunAsync(CancellationToken.None).ConfigureAwait(false);
        using var kernels = JsonDocument.Parse(listed.StandardOutput);
        return [.. kernels.RootElement.EnumerateArray()
            .Select(k =>
                (k.GetProperty("id").GetString()!, KernelVersion.Parse(k.GetProperty("version").GetString()!)))];
    }

    /// <summary>Tests kernels, by id, and gives the document and the exit code.</summary>
    /// <param name="arguments">Further options of a run that boots each kernel, unless they say otherwise.</param>
    public static async Task<(RunDocument Document, FinishedCommand Result)> OfAsync(string directory,
        IEnumerable<string> arguments)
    {
        var result = await Harness(["run", "--accel", "tcg", "--out", directory, .. ColdUnlessSaid(arguments)])
            .TryRunAsync(CancellationToken.None).ConfigureAwait(false);
        return (ResultsFile.Read(directory), result);
    }

    /// <summary>
    /// The newest kernel of 6.1 as a run unpacks it, for tests that start QEMU themselves. The first of them boots it.
    /// </summary>
    public static Task<string> UnpackedKernelAsync() => _unpacked.Value;

    private static async Task<string> UnpackAsync()
    {
        using var run = new TemporaryDirectory();
        var (document, _) = await OfAsync(run["run"],
            [.. Only([await NewestAsync("6.1")]), "--case", "raw.array_of_maps.array.none.none"]);
        var kernel = Path.Combine(ImageCache.DefaultRoot(), "vmlinux", document.Kernels.Single().Sha256!);
        Assert.That(kernel, Does.Exist);
        return kernel;
    }

    /// <summary>What a kernel answered; one that died of a case names times and addresses of its own.</summary>
    public static IEnumerable<CaseResult> Answers(KernelResult kernel) =>
        kernel.Cases.Select(c => c.Step == Probe.CrashStep ? c with { Evidence = null, Reason = null } : c);

    /// <summary>QEMU processes whose command line names the directory.</summary>
    public static IReadOnlyList<int> VirtualMachinesOf(string directory) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => int.Parse(name!, null))
            .Where(pid => CommandLine(pid) is var line && line.Contains("qemu-system", StringComparison.Ordinal)
                && line.Contains(directory, StringComparison.Ordinal)),
    ];

    public static IReadOnlyList<string> Only(IEnumerable<string> kernels) =>
        [.. kernels.SelectMany(id => new[] { "--only", id })];

    public static IReadOnlyList<string> Cases(IEnumerable<string> globs) =>
        [.. globs.SelectMany(glob => new[] { "--case", glob })];

    /// <summary>What an earlier test has saved, or not, is to change nothing.</summary>
    public static IReadOnlyList<string> ColdUnlessSaid(IEnumerable<string> arguments)
    {
        IReadOnlyList<string> given = [.. arguments];
        return given.Contains("--warm") || given.Contains("--cold") || given.Contains("--snapshot-bytes")
            ? given : [.. given, "--cold"];
    }

    private static string CommandLine(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline");
        }
        catch (IOException)
        {
            return ""; // It has just ended.
        }
    }
}
