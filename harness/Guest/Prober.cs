using System.Security.Cryptography;
using CliWrap;
using Harness.Processes;
using Harness.Results;

namespace Harness.Guest;

/// <summary>A case as the prober's table has it.</summary>
/// <param name="Want">What a portable program wants of a kernel.</param>
/// <param name="Source">Why, where that is not obvious.</param>
public sealed record ProberCase(string Id, Outcome Want, string Source);

/// <summary>The prober is missing, or does not answer as bpf/README.md says.</summary>
public sealed class ProberException(string message, Exception? inner = null)
    : HarnessException(message, ExitCodes.Usage, inner);

/// <summary>The native prober's static binary and its table of cases, in the order in which it runs them.</summary>
public sealed record Prober(string Path, string Sha256, IReadOnlyList<ProberCase> Cases)
{
    /// <summary>Of the probe that this is a program of, and of its file in the guest.</summary>
    public string Name { get; init; } = DefaultName;

    /// <summary>The last part of its case ids, <c>libbpf-1-5</c>; empty for the prober of all cases.</summary>
    public string Label { get; init; } = "";

    /// <summary>What its libbpf says of its version, <c>1.1</c>; those before 0.6 say nothing.</summary>
    public string Libbpf { get; init; } = "";

    /// <summary>The BPF objects inside, each toolchain's together, the default one's first.</summary>
    public IReadOnlyList<BpfObject> Objects { get; init; } = [];

    /// <summary>The probe that <c>make -C bpf</c> builds.</summary>
    public const string DefaultName = "inner-maps";

    /// <summary>Where <c>make -C bpf</c> puts it.</summary>
    public static string DefaultPath(string repository) => System.IO.Path.Combine(repository, "bpf", "build", "prober");

    /// <param name="label">That it was built with.</param>
    /// <exception cref="ProberException">It is not built, or its table cannot be read.</exception>
    public static async Task<Prober> LoadAsync(string path, CancellationToken cancellation, string label = "")
    {
        if (!File.Exists(path))
        {
            throw new ProberException($"{path}: the prober is not built; run `make build`");
        }
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false)));
        try
        {
            return new Prober(path, sha256, [.. (await AskAsync("--list").ConfigureAwait(false)).Select(ParseCase)])
            {
                Label = label,
                Libbpf = (await AskAsync("--version").ConfigureAwait(false)).Select(LibbpfOf).FirstOrDefault(""),
                Objects = [.. (await AskAsync("--objects").ConfigureAwait(false)).Select(BpfObject.Parse)],
            };
        }
        catch (CommandException e)
        {
            throw new ProberException(e.Message, e);
        }

        async Task<string[]> AskAsync(string option) =>
            (await new Command(path).WithArguments([option]).RunAsync(cancellation).ConfigureAwait(false)).StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The cases that any of the patterns matches, in the table's order; all when there is no pattern.</summary>
    public IReadOnlyList<ProberCase> Select(IReadOnlyList<Glob> globs) =>
        [.. Cases.Where(c => globs.Choose(c.Id))];

    /// <summary>Of <c>prober protocol=1 libbpf=1.1</c>.</summary>
    private static string LibbpfOf(string version) =>
        version.Split(' ').FirstOrDefault(word => word.StartsWith("libbpf=", StringComparison.Ordinal))?["libbpf=".Length..] ?? "";

    private static ProberCase ParseCase(string line) => line.Split('\t') switch
    {
        [var id, "accept", .. var source] => new ProberCase(id, Outcome.Accept, string.Join(' ', source)),
        [var id, "reject", .. var source] => new ProberCase(id, Outcome.Reject, string.Join(' ', source)),
        _ => throw new ProberException($"the prober's table has a line that is not 'id, accept or reject, source': '{line}'"),
    };
}
