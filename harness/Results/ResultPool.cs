namespace Harness.Results;

/// <summary>
/// Keeps equal results in memory once. The kernels of a run give the same few answers: a thousand of them would need
/// 170 MB otherwise. A pool lives as long as the run, or the reading of a file, that made it, and is bounded, because
/// the guests' words are in the results. It may be used by several threads.
/// </summary>
public sealed class ResultPool
{
    /// <summary>Results that are kept. A matrix of 22 kernels has 2,300 different ones.</summary>
    private const int MostResults = 50_000;

    /// <summary>Rows whose results are kept as a whole. A matrix of 22 kernels has 7 different ones.</summary>
    private const int MostRows = 2_000;

    /// <summary>Characters of evidence that are kept in all. Point releases of a series mostly say the same.</summary>
    private const int MostEvidence = 16 << 20;

    /// <summary>Characters of a reason: longer ones are a guest's own invention, and in no other row.</summary>
    private const int LongestReason = 1_000;

    private readonly HashSet<CaseResult> _results = [];
    private readonly HashSet<IReadOnlyList<CaseResult>> _rows = new(SameResults.Instance);
    private readonly Lock _gate = new();
    private int _evidence;

    /// <returns>The row with the results that were there before, where they are equal.</returns>
    public KernelResult Share(KernelResult kernel) => kernel with { Cases = Share(kernel.Cases) };

    /// <returns>A list that was there before, when all its results are equal to these.</returns>
    public IReadOnlyList<CaseResult> Share(IReadOnlyList<CaseResult> cases)
    {
        lock (_gate)
        {
            CaseResult[] shared = [.. cases.Select(Share)];
            if (_rows.TryGetValue(shared, out var row))
            {
                return row;
            }
            if (_rows.Count < MostRows)
            {
                _rows.Add(shared);
            }
            return shared;
        }
    }

    private CaseResult Share(CaseResult result)
    {
        // Attempts are lists, and equal to no other. Null is not valid here; the reader of the file complains of it.
        if (result is null or { Attempts: not null } or { Reason.Length: > LongestReason })
        {
            return result!;
        }
        if (_results.TryGetValue(result, out var known))
        {
            return known;
        }
        var evidence = result.Evidence?.Length ?? 0;
        if (_results.Count < MostResults && _evidence + evidence <= MostEvidence)
        {
            _results.Add(result);
            _evidence += evidence;
        }
        return result;
    }

    /// <summary>Compares lists whose results are shared already.</summary>
    private sealed class SameResults : IEqualityComparer<IReadOnlyList<CaseResult>>
    {
        public static SameResults Instance { get; } = new();

        public bool Equals(IReadOnlyList<CaseResult>? one, IReadOnlyList<CaseResult>? other) =>
            one!.SequenceEqual(other!, ReferenceEqualityComparer.Instance);

        public int GetHashCode(IReadOnlyList<CaseResult> cases)
        {
            var hash = new HashCode();
            foreach (var result in cases)
            {
                hash.Add(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(result));
            }
            return hash.ToHashCode();
        }
    }
}
