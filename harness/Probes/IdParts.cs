using System.Globalization;

namespace Harness.Probes;

/// <summary>
/// Makes parts of case ids from names: other characters become <c>_</c>, equal results get -2, -3, ….
/// </summary>
public sealed class IdParts
{
    /// <summary>In characters: a native program holds ids of 111 (bpf/shared/case.h).</summary>
    private const int Usual = 64;

    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    /// <param name="name">As its author wrote it.</param>
    /// <param name="otherwise">The part of a name that is empty.</param>
    /// <param name="longest">In characters; what is longer is cut.</param>
    public static string Of(string name, string otherwise = "_", int longest = Usual)
    {
        var part = string.Concat(name.Take(longest).Select(c =>
            char.IsAsciiLetterOrDigit(c) || c is '_' or '+' or '-' ? c : '_'));
        return part.Length == 0 ? otherwise : part;
    }

    /// <summary>The part itself the first time, then with a number that makes it another one.</summary>
    public string Distinct(string part)
    {
        var distinct = part;
        while (!_taken.Add(distinct))
        {
            var number = _next.GetValueOrDefault(part, 2);
            _next[part] = number + 1;
            distinct = string.Create(CultureInfo.InvariantCulture, $"{part}-{number}");
        }
        return distinct;
    }
}
