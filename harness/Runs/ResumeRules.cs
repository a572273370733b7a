using Harness.Matrix;
using Harness.Probes;
using Harness.Results;

namespace Harness.Runs;

/// <summary>
/// What must be the same when an interrupted run goes on. Half of a run measured in one way and half in another would
/// compare what is not comparable.
/// </summary>
internal static class ResumeRules
{
    /// <summary>The kernel answered, or never will: the result need not be measured again.</summary>
    public static bool Stands(KernelResult kernel) =>
        kernel.Status is not (KernelStatus.NotRun or KernelStatus.InfraError or KernelStatus.Unavailable);

    /// <param name="directory">The run directory, for the error.</param>
    /// <exception cref="UsageException">The run was begun with other programs.</exception>
    public static void RequireSameProbers(string? directory, RunRequest request, IReadOnlyList<NativeProgram> programs)
    {
        var now = programs.Select(p => p.Sha256).ToList();
        var then = request.FurtherProbers.Prepend(request.ProberSha256).ToList();
        if (!now.SequenceEqual(then))
        {
            throw new UsageException($"--resume: {directory} was measured with another prober"
                + $" ({Short(then)}, now {Short(now)}); start a new run");
        }

        static string Short(IEnumerable<string> hashes) => string.Join(", ", hashes.Select(h => h[..12]));
    }

    /// <param name="directory">The run directory, for the error.</param>
    /// <exception cref="UsageException">The matrix's entries of probes chose other cases then.</exception>
    public static void RequireSameCases(string? directory, RunRequest request, IReadOnlyList<ProbeEntry> entries)
    {
        var now = ProbeEntry.CasesOf(entries);
        if (request.EntryCases is { } then && !now.SequenceEqual(then))
        {
            throw new UsageException($"--resume: {directory} was begun with other 'cases' of an entry under 'probes'"
                + $" ({Text(then)}; now {Text(now)}); start a new run");
        }

        static string Text(IReadOnlyList<string> entries) =>
            entries.Count == 0 ? "all cases" : string.Join("; ", entries);
    }

    /// <exception cref="UsageException">The run was begun with another number of boots.</exception>
    public static void RequireSameRepeat(RunOptions options, RunRequest request)
    {
        if (options.Repeat is { } repeat && repeat != request.Repeat)
        {
            throw new UsageException($"--repeat: the run in {options.Out} was begun with --repeat {request.Repeat};"
                + " leave it out, or start a new run");
        }
    }

    private static bool AreEqual(
        IReadOnlyDictionary<string, IReadOnlyList<string>> now,
        IReadOnlyDictionary<string, IReadOnlyList<string>> then) => now.Count == then.Count
            && now.All(option => then.TryGetValue(option.Key, out var values) && option.Value.SequenceEqual(values));

    /// <summary>Another selection would be ignored, and the run's results taken for an answer to it.</summary>
    /// <exception cref="UsageException">The options select other kernels or cases.</exception>
    public static void RequireSameSelection(RunOptions options, RunRequest request)
    {
        var selection = options.Selection;
        var images = options.Images.Select(Path.GetFullPath);
        var other = new (string Option, bool Differs)[]
        {
            ("--kernels", selection.File is { } file && Path.GetFullPath(file) != request.Matrix),
            ("--image", images.Any() && !images.SequenceEqual(request.Images)),
            ("--only", selection.Only.Count > 0 && !selection.Only.SequenceEqual(request.Only)),
            ("--case", options.Cases.Count > 0 && !options.Cases.SequenceEqual(request.CaseGlobs)),
            (options.Probes.ByOption.Keys.FirstOrDefault("")!, options.Probes.ByOption.Count > 0
                && !AreEqual(options.Probes.ByOption, request.ProbeOptions)),
            ("--locked", selection.Locked && !request.Locked),
            ("--lock", selection.Lock is { } pins && Path.GetFullPath(pins) != request.Lock),
            ("--shard", options.Shard is { } shard && shard.ToString() != request.Shard),
        }.FirstOrDefault(o => o.Differs).Option;
        if (other is not null)
        {
            throw new UsageException($"{other}: the run in {options.Out} was begun with another selection;"
                + " leave it out, or start a new run");
        }
    }
}
