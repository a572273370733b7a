using System.Globalization;
using Harness.Results;
using Harness.Yaml;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Harness.Runs;

/// <summary>
/// How long each kernel of a matrix took, in a file beside the matrix: what <c>--shard</c> balances by. It is a file,
/// and no machine's own memory, so that all machines divide the matrix alike.
/// </summary>
public sealed class KernelWeights
{
    private const int CurrentVersion = 1;

    private const string Header = "# How many seconds each kernel of the matrix beside this file took. `harness plan`"
        + " writes it, `harness run --shard` reads it.\n";

    private readonly IReadOnlyDictionary<string, double> _seconds;

    /// <summary>Of a kernel that the table does not know: the median of the others.</summary>
    private readonly double _usual;

    public KernelWeights(IReadOnlyDictionary<string, double> seconds)
    {
        _seconds = seconds;
        var sorted = seconds.Values.Order().ToList();
        _usual = sorted.Count == 0 ? 1 : sorted[sorted.Count / 2];
    }

    /// <summary>No kernel was measured: all weigh the same.</summary>
    public static KernelWeights Equal { get; } = new(new Dictionary<string, double>());

    /// <summary>How many kernels the table knows.</summary>
    public int Count => _seconds.Count;

    /// <summary>What the kernels of a run took that were tested to their end.</summary>
    public static KernelWeights Of(RunDocument run) => new(run.Kernels.Where(k => k.Status == KernelStatus.Tested)
        .ToDictionary(k => k.Id, k => Math.Round(k.Seconds, 3), StringComparer.Ordinal));

    /// <summary>The path of a matrix's weights: <c>kernels.weights.yaml</c> beside <c>kernels.yaml</c>.</summary>
    public static string PathBeside(string matrix) => Path.ChangeExtension(matrix, ".weights.yaml");

    /// <summary>The weights beside a matrix; equal ones where there are none.</summary>
    /// <exception cref="YamlFileException">The file cannot be used, with every problem and its place.</exception>
    public static KernelWeights Beside(string matrix)
    {
        var path = PathBeside(matrix);
        return File.Exists(path) ? Read(path) : Equal;
    }

    /// <exception cref="YamlFileException">The file cannot be used, with every problem and its place.</exception>
    public static KernelWeights Read(string path)
    {
        var document = YamlDocument<KernelWeightsFile>.Load(path);
        if (document.Content.WeightsVersion != CurrentVersion)
        {
            throw new YamlFileException([string.Create(CultureInfo.InvariantCulture,
                $"{document.At("weightsVersion")}: weightsVersion {document.Content.WeightsVersion} is not known")
                + $" (this harness writes {CurrentVersion}); run `harness plan` again"]);
        }
        var seconds = document.Content.Seconds ?? [];
        var problems = seconds.Where(entry => !(entry.Value > 0 && double.IsFinite(entry.Value))).Select(entry =>
            string.Create(CultureInfo.InvariantCulture,
                $"{document.At("seconds", entry.Key)}: {entry.Key} takes {entry.Value} seconds; give more than 0"))
            .ToList();
        return problems.Count == 0 ? new KernelWeights(seconds) : throw new YamlFileException(problems);
    }

    /// <summary>The seconds that a kernel is taken to need.</summary>
    public double SecondsOf(string kernelId) => _seconds.GetValueOrDefault(kernelId, _usual);

    /// <summary>Writes the table, whole or not at all, sorted by the kernels' ids.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path)
    {
        var file = new KernelWeightsFile
        {
            WeightsVersion = CurrentVersion,
            Seconds = _seconds.OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary(),
        };
        var yaml = new SerializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).WithNewLine("\n")
            .Build().Serialize(file);
        Files.Replace(path, Header + yaml);
    }
}
