using System.Globalization;

namespace Harness.Runs;

/// <summary>Where a run directory keeps which file.</summary>
/// <param name="Path">The run directory.</param>
public sealed record RunDirectory(string Path)
{
    /// <param name="label">
    /// What tells a further boot of the kernel from its first (<see cref="Label"/>); their files lie side by side.
    /// </param>
    public string Console(string kernelId, string label = "") =>
        System.IO.Path.Combine(Path, ConsoleRelative(kernelId, label));

    public string Ktap(string kernelId, string label = "") =>
        System.IO.Path.Combine(Path, "ktap", Name(kernelId, label) + ".ktap");

    /// <summary>A directory for one VM, which is removed when the VM has ended.</summary>
    public string Work(string kernelId) => System.IO.Path.Combine(Path, "tmp", kernelId);

    public static string ConsoleRelative(string kernelId, string label = "") => $"console/{Name(kernelId, label)}.log";

    /// <summary>A part of file names: which program a boot ran, and which repeat it was; empty for the first.</summary>
    public static string Label(string prober, int repeat)
    {
        var number = repeat == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"repeat-{repeat}");
        return string.Join('.', new[] { prober, number }.Where(part => part.Length > 0));
    }

    private static string Name(string kernelId, string label) => label.Length == 0 ? kernelId : $"{kernelId}.{label}";
}
