using System.Collections;
using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary>
/// What was counted while a case was asked, by name: how many instructions a verifier looked at. Equal numbers are
/// equal objects, so that equal results stay equal records.
/// </summary>
[JsonConverter(typeof(CaseNumbersConverter))]
public sealed class CaseNumbers : IEnumerable<KeyValuePair<string, long>>, IEquatable<CaseNumbers>
{
    /// <summary>How many numbers of a case are kept.</summary>
    public const int Most = 16;

    private readonly SortedDictionary<string, long> _numbers;

    /// <param name="numbers">The first <see cref="Most"/> are kept, and of one name the last.</param>
    public CaseNumbers(IEnumerable<KeyValuePair<string, long>> numbers)
    {
        _numbers = new(StringComparer.Ordinal);
        foreach (var (name, number) in numbers.Take(Most))
        {
            _numbers[name] = number;
        }
    }

    /// <summary><c>null</c> for a number that was not counted.</summary>
    public long? this[string name] => _numbers.TryGetValue(name, out var number) ? number : null;

    public IEnumerator<KeyValuePair<string, long>> GetEnumerator() => _numbers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(CaseNumbers? other) => other is not null && _numbers.SequenceEqual(other._numbers);

    public override bool Equals(object? obj) => Equals(obj as CaseNumbers);

    public override int GetHashCode() =>
        _numbers.Aggregate(0, (hash, number) => HashCode.Combine(hash, number.Key, number.Value));
}
