using Harness.History;
using Harness.Results;
using Harness.Tests.Support;

namespace Harness.Tests.History;

/// <summary>A results directory with a store in it, and nights to put there.</summary>
internal sealed class HistoryLab : IDisposable
{
    public const string StructNone = "raw.array_of_maps.array.struct.none";
    public const string BytesNone = "raw.array_of_maps.array.bytes.none";

    private readonly TemporaryDirectory _directory = new();

    public string Results => _directory.Path;

    public string Store => _directory[HistoryStore.Name];

    /// <summary>
    /// A run on a day of January. Each kernel version has an image of its own, unless a test says otherwise.
    /// </summary>
    public static RunDocument Night(int day, params IReadOnlyList<KernelResult> kernels)
    {
        var start = new DateTimeOffset(2026, 1, day, 2, 0, 0, TimeSpan.Zero);
        var document = Samples.Document(kernels);
        var run = document.Run with { Id = $"202601{day:00}-020000", StartedAt = start, Matrix = "nightly.yaml" };
        return document with { Run = run with { FinishedAt = start.AddMinutes(20) } };
    }

    public static KernelResult Kernel(string version, CaseStatus status = CaseStatus.Pass) =>
        Samples.Kernel(version, Samples.Case(BytesNone),
            Samples.Case(StructNone, status)) with
        { Sha256 = version.PadRight(64, '0') };

    /// <summary>A run directory with its results, as a run leaves it.</summary>
    public string Write(RunDocument document)
    {
        var directory = Directory.CreateDirectory(_directory[document.Run.Id]).FullName;
        ResultsFile.Write(Path.Combine(directory, ResultsFile.Name), document);
        return directory;
    }

    public void Append(params RunDocument[] documents)
    {
        using var store = HistoryStore.Open(Store);
        foreach (var document in documents)
        {
            store.Append(document, document.Run.Id, Samples.Probes);
        }
    }

    /// <summary>Reads what a question asks for; the store is closed again.</summary>
    public T Ask<T>(Func<StoredHistory, T> question)
    {
        using var store = HistoryStore.OpenExisting(Store);
        return question(store.Read());
    }

    public void Dispose() => _directory.Dispose();
}
