namespace Harness.Yaml;

/// <summary>
/// What a value must be beside its type. The schema of the file says so, and the reader of the value checks it: a test
/// holds the two against each other.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class YamlRuleAttribute : Attribute
{
    /// <summary>A text that is more than blanks.</summary>
    public const string NotBlank = @"\S";

    /// <summary>What can be a path: some text, and no NUL, which no path may hold.</summary>
    public const string Path = @"^[^\u0000]*[^\s\u0000][^\u0000]*$";

    /// <summary>Whether a text is of the pattern <see cref="Path"/>.</summary>
    internal static bool IsPath(string? text) =>
        !string.IsNullOrWhiteSpace(text) && !text.Contains('\0', StringComparison.Ordinal);

    /// <summary>A mapping without the key is refused, and so is one in which it has no value.</summary>
    public bool Required { get; init; }

    /// <summary>
    /// The regular expression of a text, or of each text of a list, that JavaScript and .NET both read.
    /// </summary>
    public string? Pattern { get; init; }

    /// <summary>The most characters of a text, or of each text of a list; 0 for any number.</summary>
    public int Longest { get; init; }

    /// <summary>The name of a set of texts which is known only at run time, such as the steps of the probes.</summary>
    public string? OneOf { get; init; }

    /// <summary>The fewest items of a list.</summary>
    public int Fewest { get; init; }

    /// <summary>Whether the items of a list must differ.</summary>
    public bool Distinct { get; init; }

    /// <summary>What the first item of a list must be.</summary>
    public string? First { get; init; }

    /// <summary>A number must be more than this.</summary>
    public double Above { get; init; } = double.NaN;

    /// <summary>A number may be this at most.</summary>
    public double Most { get; init; } = double.NaN;
}
