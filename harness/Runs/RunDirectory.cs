using System.Globalization;

namespace Harness.Runs;

/// <summary>Where a run directory keeps which file.</summary>
/// <param name="Path">The run directory.</param>
public sealed record RunDirectory(string Path)
{
    /// <summary>The structured log.</summary>
    public const string LogName = "harness.log";

    /// <summary>The directory of the consoles.</summary>
    internal const string ConsoleName = "console";

    /// <summary>The directory of the reports as guests wrote them.</summary>
    internal const string KtapName = "ktap";

    /// <summary>The directory of what only lasts as long as a VM.</summary>
    internal const string WorkName = "tmp";

    /// <param name="label">
    /// What tells a further boot of the kernel from its first (<see cref="Label"/>); their files lie side by side.
    /// </param>
    public string Console(string kernelId, string label = "") =>
        System.IO.Path.Combine(Path, ConsoleRelative(kernelId, label));

    public string Ktap(string kernelId, string label = "") =>
        System.IO.Path.Combine(Path, KtapName, Name(kernelId, label) + ".ktap");

    /// <summary>A directory for one VM, which is removed when the VM has ended.</summary>
    public string Work(string kernelId) => System.IO.Path.Combine(Path, WorkName, kernelId);

    public static string ConsoleRelative(string kernelId, string label = "") =>
        $"{ConsoleName}/{Name(kernelId, label)}.log";

    /// <summary>A part of file names: which boot of the kernel it was, and which repeat; empty for the first.</summary>
    public static string Label(int boot, int repeat) => string.Join('.', new[]
    {
        boot == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"boot-{boot}"),
        repeat == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"repeat-{repeat}"),
    }.Where(part => part.Length > 0));

    private static string Name(string kernelId, string label) => label.Length == 0 ? kernelId : $"{kernelId}.{label}";
}
