namespace Harness.Kernels;

/// <summary>Ids name files (<c>console/ID.log</c>), so they hold only what every file system and URL takes.</summary>
public static class KernelIds
{
    public const int MaximumLength = 128;

    /// <summary>The regular expression of an id; JavaScript reads it, too.</summary>
    public const string Pattern = "^" + Id + "$";

    /// <summary>The regular expression of a path that ends in a file's name which can be an id.</summary>
    public const string PathPattern = @"^(?:[^\u0000]*/)?" + Id + "$";

    private const string Id = "[A-Za-z0-9_+~][A-Za-z0-9._+~-]{0,127}";

    /// <summary>The text with an underscore in the place of each character that no id has.</summary>
    public static string Replace(string text) => string.Concat(text.Select(c => Problem($"a{c}") is null ? c : '_'));

    /// <summary>Why the text cannot be a kernel's id, or <c>null</c> when it can.</summary>
    public static string? Problem(string id)
    {
        var valid = id.Length is > 0 and <= MaximumLength && id[0] is not ('.' or '-')
            && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+' or '~');
        return valid ? null
            : $"'{id}' cannot be a kernel's id: use letters, digits and . _ + ~ -, at most {MaximumLength}";
    }
}
