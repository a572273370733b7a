namespace Harness.Kernels;

/// <summary>Ids name files (<c>console/ID.log</c>), so they hold only what every file system and URL takes.</summary>
public static class KernelIds
{
    private const int MaximumLength = 128;

    /// <summary>Why the text cannot be a kernel's id, or <c>null</c> when it can.</summary>
    public static string? Problem(string id)
    {
        var valid = id.Length is > 0 and <= MaximumLength && id[0] is not ('.' or '-')
            && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+' or '~');
        return valid ? null
            : $"'{id}' cannot be a kernel's id: use letters, digits and . _ + ~ -, at most {MaximumLength}";
    }
}
