using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CliWrap;
using Harness.Machines;
using Harness.Processes;
using Harness.Results;

namespace Harness.Probes;

/// <summary>
/// A static executable that asks a probe's questions inside a guest, and its table of cases, in the order in which it
/// runs them. bpf/README.md says how it is started and what it answers.
/// </summary>
/// <param name="Probe">The name of its probe.</param>
/// <param name="Path">The executable.</param>
/// <param name="Sha256">
/// Of the executable, and of all that it finds beside it or runs, in lower-case hexadecimal digits: another program, or
/// other files, may answer otherwise.
/// </param>
/// <param name="Cases">In the program's order.</param>
public sealed record NativeProgram(string Probe, string Path, string Sha256, IReadOnlyList<ProbeCase> Cases)
{
    private const string FactsStart = "prober ";

    /// <summary>
    /// How long a program may take to tell its cases. One that looks at files of users gives up on each of them after
    /// half a minute.
    /// </summary>
    private static readonly TimeSpan _longestAnswer = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The last part of its case ids, where it is a further build of the same probe; empty for the first, which runs
    /// all cases.
    /// </summary>
    public string Label { get; init; } = "";

    /// <summary>
    /// Its file's name in a guest, by which init and its report call it. No two programs of a run share one.
    /// </summary>
    public string GuestName => Label.Length == 0 ? Probe : $"{Probe}.{Label}";

    /// <summary>What it finds beside it in a guest (<see cref="With"/>).</summary>
    public IReadOnlyList<GuestFile> Files { get; private init; } = [];

    /// <summary>
    /// How long its cases may take by themselves, in seconds, beyond what other probes' take; 0 for no longer.
    /// </summary>
    public double Seconds { get; init; }

    /// <summary>
    /// Its guest is offered this machine's files, to read. It is asked in boots of its own, so that no other program
    /// gets at them.
    /// </summary>
    public bool SeesHost { get; init; }

    /// <summary>What its guest gets of each kernel's own files.</summary>
    public KernelWishes Wishes { get; init; } = KernelWishes.None;

    /// <summary>What the program is called in sentences that tell several apart.</summary>
    public string Description { get => field ?? GuestName; init; }

    /// <summary>The words <c>key=value</c> of its version line, such as the version of a library in it.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>Asks the program for its version and its cases.</summary>
    /// <param name="label">The <see cref="Label"/> that it was built with.</param>
    /// <param name="variables">Of its environment, beside those of this process; for what it lists.</param>
    /// <exception cref="ProgramException">It is not built, or its answer cannot be read.</exception>
    public static async Task<NativeProgram> LoadAsync(
        string probe, string path, CancellationToken cancellation, string label = "",
        IReadOnlyDictionary<string, string?>? variables = null)
    {
        if (!File.Exists(path))
        {
            throw new ProgramException($"{path}: the prober is not built; run `make build`");
        }
        var content = await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false);
        var cases = await AskAsync(path, "--list", cancellation, variables).ConfigureAwait(false);
        var version = await AskAsync(path, "--version", cancellation).ConfigureAwait(false);
        var sha256 = Hashes.Sha256Of(content);
        return new NativeProgram(probe, path, sha256, [.. cases.Select(ParseCase)])
        {
            Label = label,
            Facts = version.Select(FactsOf).FirstOrDefault(new Dictionary<string, string>()),
        };
    }

    /// <summary>
    /// The same program in its build for another machine, which need not run here. It has the table of this one.
    /// </summary>
    /// <param name="path">Where that build is.</param>
    /// <exception cref="ProgramException">There is no such build.</exception>
    public async Task<NativeProgram> BuiltForAsync(Machine machine, string path, CancellationToken cancellation)
    {
        if (path == Path || !File.Exists(path))
        {
            throw new ProgramException($"{path}: the prober is not built for {machine.Name}");
        }
        var built = this with
        {
            Path = path,
            Sha256 = await Hashes.Sha256OfFileAsync(path, cancellation).ConfigureAwait(false),
        };
        return Files.Count == 0 ? built : built.With(Files);
    }

    /// <summary>The lines that the program prints, given one option.</summary>
    /// <param name="limit">How long it may take; five minutes by default.</param>
    /// <exception cref="ProgramException">
    /// It exits with another code than 0, takes too long, or does not run.
    /// </exception>
    public static async Task<IReadOnlyList<string>> AskAsync(
        string path, string option, CancellationToken cancellation,
        IReadOnlyDictionary<string, string?>? variables = null, TimeSpan? limit = null)
    {
        try
        {
            var answer = await new Command(path).WithArguments([option])
                .WithEnvironmentVariables(variables ?? new Dictionary<string, string?>())
                .RunAsync(cancellation, limit ?? _longestAnswer).ConfigureAwait(false);
            return answer.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (CommandException e)
        {
            throw new ProgramException(e.Message, e);
        }
    }

    /// <summary>
    /// The cases that any of the patterns chooses, in the program's order; all when there is no pattern.
    /// </summary>
    public IReadOnlyList<ProbeCase> Select(IReadOnlyList<Glob> globs) => [.. Cases.Where(c => c.IsChosenBy(globs))];

    /// <summary>The same program with files beside it in the guest.</summary>
    public NativeProgram With(IReadOnlyList<GuestFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(Sha256));
        foreach (var file in files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"{file.Path}\0{file.Permissions}\0")));
            hash.AppendData(SHA256.HashData(file.Content));
        }
        return this with { Files = files, Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()) };
    }

    /// <summary>The same program, which runs files of this machine that are not put beside it.</summary>
    /// <param name="hashes">The files' SHA256, in the order of its cases.</param>
    public NativeProgram Running(IEnumerable<string> hashes) =>
        this with { Sha256 = Hashes.Sha256OfText(string.Join('\n', hashes.Prepend(Sha256))) };

    /// <summary>The words of a line such as <c>prober protocol=1 key=value</c>.</summary>
    private static Dictionary<string, string> FactsOf(string line) =>
        line.StartsWith(FactsStart, StringComparison.Ordinal)
            ? line[FactsStart.Length..].Split(' ').Select(word => word.Split('=', 2)).Where(parts => parts.Length == 2)
                .DistinctBy(parts => parts[0]).ToDictionary(parts => parts[0], parts => parts[1])
            : [];

    private static ProbeCase ParseCase(string line) => line.Split('\t') switch
    {
        [var id, "accept", .. var source] => new ProbeCase(id, Outcome.Accept, string.Join(' ', source)),
        [var id, "reject", .. var source] => new ProbeCase(id, Outcome.Reject, string.Join(' ', source)),
        _ => throw new ProgramException(
            $"the prober's table has a line that is not 'id, accept or reject, source': '{line}'"),
    };
}
