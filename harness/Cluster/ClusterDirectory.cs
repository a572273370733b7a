using System.Globalization;
using System.Text.Json;
using Harness.Results;

namespace Harness.Cluster;

/// <summary>
/// Where a run on a cluster keeps which file. Every node sees the directory, and all that is known of the run is in it:
/// whoever reads it can go on with the run.
/// </summary>
/// <param name="Path">The run directory, absolute.</param>
internal sealed record ClusterDirectory(string Path)
{
    /// <summary>What was submitted. A directory that has it is a run on a cluster.</summary>
    public const string JobName = "cluster.json";

    /// <summary>The directory of what goes between the nodes and whoever waits for them.</summary>
    public const string StateName = "cluster";

    /// <summary>The directory of the elements' run directories.</summary>
    public const string ShardsName = "shards";

    public string Job => Below(JobName);

    public string State => Below(StateName);

    /// <summary>The kernels that every element resolves the matrix to.</summary>
    public string Lock => Below(StateName, "kernels.lock.yaml");

    /// <summary>The run as it was before any kernel was tested: <c>results.json</c> in which no row was run.</summary>
    public string Planned => Below(StateName, "planned.json");

    /// <summary>The program that each element runs.</summary>
    public string Script => Below(StateName, "element");

    /// <summary>The directory of the files in which elements say how they go.</summary>
    public string Elements => Below(StateName, "elements");

    /// <summary>The directory of what elements print.</summary>
    public string Outputs => Below(StateName, "output");

    /// <summary>The file that is there once somebody has cancelled the run.</summary>
    public string Cancelled => Below(StateName, "cancelled");

    /// <summary>Locked by the process that waits for the elements.</summary>
    public string Watch => Below(StateName, "watch.lock");

    public bool IsCancelled => File.Exists(Cancelled);

    /// <summary>The run directory of one attempt at a share.</summary>
    public string Shard(int share, int attempt) => Below(ShardsName, Name(share, attempt));

    /// <summary>What one attempt at a share says of itself.</summary>
    public string Element(int share, int attempt) =>
        System.IO.Path.Combine(Elements, Name(share, attempt) + ".json");

    /// <summary>What one attempt at a share has printed.</summary>
    public string Output(int share, int attempt) => System.IO.Path.Combine(Outputs, Name(share, attempt) + ".log");

    /// <exception cref="UsageException">The directory holds no run on a cluster.</exception>
    public ClusterJob Read()
    {
        if (!File.Exists(Job))
        {
            throw new UsageException($"{Path} holds no run on a cluster: it has no {JobName}");
        }
        try
        {
            return JsonSerializer.Deserialize(Files.ReadText(Job), ClusterJson.Default.ClusterJob)
                ?? throw new ResultsException($"{Job}: holds no run");
        }
        catch (JsonException e)
        {
            throw new ResultsException($"{Job}:{e.LineNumber + 1}:{e.BytePositionInLine + 1}: at {e.Path ?? "$"}:"
                + " is no run on a cluster as this harness writes it", e);
        }
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(ClusterJob job) => Files.Replace(
        Job,
        file =>
        {
            JsonSerializer.Serialize(file, job, ClusterJson.Default.ClusterJob);
            file.WriteByte((byte)'\n');
        },
        durable: true);

    /// <summary>What an attempt says of itself; <c>null</c> where it has not begun.</summary>
    public ElementState? StateOf(int share, int attempt)
    {
        try
        {
            var text = Files.ReadText(Element(share, attempt));
            return JsonSerializer.Deserialize(text, ClusterJson.Default.ElementState);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null; // It is not there yet, or a node was lost while it wrote its temporary file.
        }
    }

    /// <summary>
    /// Makes this process the one that waits for the elements; <c>null</c> while another one does.
    /// </summary>
    public FileStream? TryWatch() => Files.TryLock(Watch);

    /// <summary>The second attempt at share 3 is <c>3.2</c>, so that an earlier one that still runs is not in its way.
    /// </summary>
    private static string Name(int share, int attempt) => attempt == 1
        ? share.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{share}.{attempt}");

    private string Below(params ReadOnlySpan<string> names) =>
        System.IO.Path.Combine([Path, .. names]);
}
