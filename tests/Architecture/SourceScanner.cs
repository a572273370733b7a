using System.Reflection;
using System.Text.RegularExpressions;

namespace Harness.Tests.Architecture;

/// <summary>
/// Finds the namespaces that a C# or Razor text uses: by <c>using</c>, by full name (<c>Harness.Runs.RunPlan</c>), and
/// by a name relative to its own namespace (<c>Runs.RunPlan</c>). Comments are not looked at. A relative name counts
/// only when such a type exists, since <c>Kernels.Count</c> may well be a property.
/// </summary>
/// <param name="types">The names of the types in each namespace of the harness.</param>
internal sealed partial class SourceScanner(IReadOnlyDictionary<string, IReadOnlySet<string>> types)
{
    private const string Prefix = "Harness";

    public static SourceScanner Of(Assembly assembly) => new(assembly.GetTypes()
        .Where(type => type is { IsNested: false, Namespace: not null })
        .GroupBy(type => type.Namespace!, type => type.Name.Split('`')[0])
        .ToDictionary(group => group.Key, group => (IReadOnlySet<string>)group.ToHashSet(StringComparer.Ordinal)));

    /// <summary>The namespace that the text declares; <c>null</c> when it declares none, as Razor files do.</summary>
    public static string? NamespaceOf(string source) =>
        NamespacePattern().Match(source) is { Success: true } match ? match.Groups[1].Value : null;

    public IReadOnlyList<NamespaceUse> Uses(string source)
    {
        var own = NamespaceOf(source) ?? Prefix;
        var uses = new List<NamespaceUse>();
        foreach (var (text, number) in WithoutComments(source).Split('\n').Select((text, i) => (text, i + 1)))
        {
            if (NamespacePattern().IsMatch(text))
            {
                continue;
            }
            var found = UsingPattern().Match(text) is { Success: true } directive
                ? [Directive(directive.Groups[1].Value)]
                : ChainPattern().Matches(text).Select(match => Qualified(match.Value, own)).OfType<string>();
            uses.AddRange(found.Distinct().Select(used => new NamespaceUse(number, used)));
        }
        return uses;
    }

    /// <summary>Keeps the line breaks, so that line numbers stay right.</summary>
    private static string WithoutComments(string source) => CommentPattern().Replace(source,
        match => new string('\n', match.Value.Count(c => c == '\n')));

    /// <summary>A <c>using static</c> or an alias may name a type behind the namespace.</summary>
    private string Directive(string chain) => Qualified(chain, Prefix) ?? chain;

    private string? Qualified(string chain, string own)
    {
        if (chain == Prefix || chain.StartsWith(Prefix + ".", StringComparison.Ordinal))
        {
            return Resolve(chain);
        }
        for (var scope = own; scope.Length > 0; scope = scope.Contains('.') ? scope[..scope.LastIndexOf('.')] : "")
        {
            if (Resolve($"{scope}.{chain}") is { } found && found != scope)
            {
                return found;
            }
        }
        return null;
    }

    /// <summary>The namespace of the first type that the chain of names leads to.</summary>
    private string? Resolve(string chain)
    {
        var parts = chain.Split('.');
        for (var i = 1; i < parts.Length; i++)
        {
            var space = string.Join('.', parts[..i]);
            if (types.TryGetValue(space, out var names) && names.Contains(parts[i]))
            {
                return space;
            }
        }
        return null;
    }

    [GeneratedRegex(@"(?m)^\s*@?namespace\s+([\w.]+)")]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"^\s*@?(?:global\s+)?using\s+(?:static\s+)?(?:\w+\s*=\s*)?(?:global::)?(Harness(?:\.\w+)*)\b")]
    private static partial Regex UsingPattern();

    [GeneratedRegex(@"(?<![\w.])[A-Z]\w*(?:\.[A-Z]\w*)+")]
    private static partial Regex ChainPattern();

    [GeneratedRegex(@"(?<!:)//[^\n]*|/\*.*?\*/|@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex CommentPattern();
}
