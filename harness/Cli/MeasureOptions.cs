using System.CommandLine;
using System.CommandLine.Parsing;
using Harness.Probes;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>The options that say what is measured, and how, wherever the kernels of a run are booted.</summary>
internal sealed class MeasureOptions(ProbeList probes)
{
    private readonly ProbeOptions _probes = new(probes);
    private readonly MatrixOptions _matrix = new();
    private readonly BootOptions _boot = new();

    private readonly Option<string[]> _images = new("--image")
    {
        Description = "This kernel image instead of the matrix, booted as it is (repeatable)",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _cases = new("--case")
    {
        Description = "Just the cases with such an id (repeatable)",
        HelpName = "GLOB",
    };

    private readonly Option<int?> _repeat = new("--repeat")
    {
        Description = "Boots of each kernel: a case that they do not agree on is flaky. Default: 1",
        HelpName = "N",
    };

    private readonly Option<uint?> _shuffle = new("--shuffle")
    {
        Description = "Run the cases in an order made from this number: verdicts must not depend on it",
        HelpName = "SEED",
    };

    private readonly Option<bool> _plain = new("--plain")
    {
        Description = "Boot every kernel as its vendor ships it, with no parameter that only saves time: slower, and"
            + " the verdicts must be the same",
    };

    private readonly Option<bool> _reuse = new("--reuse")
    {
        Description = "Do not boot a kernel that an earlier run measured with the same image, programs, parameters and"
            + " accelerator: its row says when that was",
    };

    private readonly Option<int?> _renew = new("--renew")
    {
        Description = "With --reuse: measure each kernel anew within so many days, a like share each day."
            + " Default: never",
        HelpName = "DAYS",
    };

    private readonly Option<bool> _warm = new("--warm")
    {
        Description = "Save each kernel when it is first booted. Otherwise it is saved when it is booted again, or at"
            + " once where a case may kill it",
    };

    private readonly Option<bool> _cold = new("--cold")
    {
        Description = "Boot every kernel from its first instruction. Otherwise one of which there is a snapshot is"
            + " restored",
    };

    private readonly Option<long> _snapshotBytes = new("--snapshot-bytes")
    {
        Description = "How much snapshots of kernels may take in the cache; 0 keeps and uses none. Default: 8 GiB",
        HelpName = "N",
        DefaultValueFactory = _ => RunOptions.DefaultSnapshotBytes,
    };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[]
        {
            _images, _cases, _repeat, _shuffle, _plain, _warm, _cold, _snapshotBytes, _reuse, _renew,
        })
        {
            command.Add(option);
        }
        _probes.AddTo(command);
        _boot.AddTo(command);
        _matrix.AddTo(command);
    }

    public RunOptions Read(ParseResult parsed) => new()
    {
        Selection = _matrix.Read(parsed),
        Boot = _boot.Read(parsed),
        Images = parsed.GetValue(_images) ?? [],
        Probes = _probes.Read(parsed),
        Cases = parsed.GetValue(_cases) ?? [],
        Repeat = parsed.GetValue(_repeat),
        Shuffle = parsed.GetValue(_shuffle),
        Plain = parsed.GetValue(_plain),
        Reuse = parsed.GetValue(_reuse),
        RenewDays = parsed.GetValue(_renew),
        Warm = parsed.GetValue(_warm),
        Cold = parsed.GetValue(_cold),
        SnapshotBytes = parsed.GetValue(_snapshotBytes),
    };

    /// <summary>The options as they were given, for a command line that measures the same elsewhere.</summary>
    /// <param name="without">The names of options that are not among them.</param>
    public static IReadOnlyList<string> Given(ParseResult parsed, IEnumerable<string> without) =>
    [
        .. parsed.CommandResult.Children.OfType<OptionResult>()
            .Where(given => !given.Implicit && !without.Contains(given.Option.Name)).SelectMany(given =>
                given.Tokens.Count == 0
                    ? [given.Option.Name]
                    : given.Tokens.Select(token => $"{given.Option.Name}={token.Value}")),
    ];
}
