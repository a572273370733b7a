namespace Harness.Tests.Fuzz;

/// <summary>The inputs that are kept, in folders by target.</summary>
internal static class Inputs
{
    public static string Root => Path.Combine(Repository.Find().Path, "tests", "Fuzz");

    /// <summary>The targets in C, and libFuzzer's side of those in C#.</summary>
    public static string Native => Path.Combine(Root, "native");

    /// <summary>The results of a run.</summary>
    public static string Run =>
        Path.Combine(Repository.Find().Path, "tests", "Fixtures", "runs", "two-files-that-are-no-kernels.json");

    /// <summary>Inputs from which the fuzzer starts: few, and each reaches code that no other does.</summary>
    public static IReadOnlyList<string> Corpus(string target) => In("corpus", target);

    /// <summary>Inputs that once showed a bug.</summary>
    public static IReadOnlyList<string> Findings(string target) => In("findings", target);

    /// <summary>A file that a target needs beside its input.</summary>
    public static string Extra(string name) => Path.Combine(Root, "extra", name);

    private static IReadOnlyList<string> In(string kind, string target)
    {
        var folder = Path.Combine(Root, kind, target);
        return Directory.Exists(folder) ? [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal)] : [];
    }
}
