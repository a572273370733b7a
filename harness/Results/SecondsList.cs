using System.Collections;

namespace Harness.Results;

/// <summary>
/// A list of seconds, <c>null</c> where they are not known. Each takes 4 bytes, with 7 digits: a run of many kernels
/// has millions of cases.
/// </summary>
public sealed class SecondsList : IReadOnlyList<double?>
{
    private readonly float[] _seconds;

    /// <param name="seconds">Kept as they are, with NaN where they are not known.</param>
    private SecondsList(float[] seconds) => _seconds = seconds;

    public int Count => _seconds.Length;

    /// <summary>No more digits than are kept.</summary>
    public double? this[int index] => float.IsNaN(_seconds[index]) ? null
        : float.IsFinite(_seconds[index]) ? (double)(decimal)_seconds[index]
        : _seconds[index];

    public static SecondsList Of(IEnumerable<double?> seconds) => new([.. seconds.Select(s => (float?)s ?? float.NaN)]);

    /// <param name="digits">How many are kept after the point.</param>
    /// <returns><c>null</c> where none of them is known.</returns>
    public static SecondsList? OfKnown(IReadOnlyCollection<TimeSpan?> times, int digits) =>
        times.Any(t => t is not null)
            ? Of(times.Select(t => t is { } time ? Math.Round(time.TotalSeconds, digits) : (double?)null))
            : null;

    public IEnumerator<double?> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
