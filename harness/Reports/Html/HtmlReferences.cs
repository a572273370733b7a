using System.Text.RegularExpressions;
using Harness.Story;

namespace Harness.Reports.Html;

/// <summary>Takes a text apart into what names a commit or an issue, and the rest.</summary>
public sealed class HtmlReferences(IReadOnlyList<Reference> references)
{
    private readonly IReadOnlyList<(Regex Pattern, string Address)> _references =
        [.. references.Select(r => (new Regex(r.Pattern, RegexOptions.CultureInvariant), r.Address))];

    /// <summary>The text's parts in their order; the address is <c>null</c> for a part that is no link.</summary>
    public IEnumerable<(string Text, string? Address)> Parts(string text)
    {
        var found = _references.SelectMany(r => r.Pattern.Matches(text), (r, match) => (match, r.Address));
        var end = 0;
        foreach (var (match, address) in found.OrderBy(f => f.match.Index))
        {
            if (match.Index < end)
            {
                continue;
            }
            if (match.Index > end)
            {
                yield return (text[end..match.Index], null);
            }
            var named = match.Groups.Count > 1 ? match.Groups[1].Value : match.Value;
            yield return (match.Value, address.Replace("{0}", named, StringComparison.Ordinal));
            end = match.Index + match.Length;
        }
        if (end < text.Length)
        {
            yield return (text[end..], null);
        }
    }
}
