using System.Globalization;
using Harness.Kernels.Git;
using Harness.Runs;

namespace Harness.Bisection.Commits;

/// <summary>Where the directory of a bisection over commits has what was seen in a step.</summary>
internal sealed class StepPlaces(string directory)
{
    public static string KernelId(Commit commit) => $"commit-{commit.Short}";

    /// <param name="boot">Counted from 1.</param>
    public static string RunName(int step, int boot) =>
        StepName(step) + (boot == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{boot}"));

    /// <summary>The evidence of a step, with its directories for the build's made.</summary>
    public StepEvidence Of(int step, Commit commit)
    {
        var run = new RunDirectory(Path.Combine(directory, StepName(step)));
        var builds = Directory.CreateDirectory(Path.Combine(directory, "builds")).FullName;
        var build = Path.Combine(builds, $"{StepName(step)}-{commit.Short}");
        return new StepEvidence(
            run.Ktap(KernelId(commit)), run.Console(KernelId(commit)), build + ".log", build + ".config");
    }

    /// <summary>Removes what a killed bisection may have left of a boot.</summary>
    public void Clear(string run) => Files.Remove(Path.Combine(directory, run));

    /// <summary>
    /// Puts the log of a build aside that failed with a compiler, so that the next one's does not replace it.
    /// </summary>
    public static void KeepFailed(StepEvidence places, Compiler compiler)
    {
        var name = string.Concat(compiler.Name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_'));
        File.Move(places.BuildLog!, Path.ChangeExtension(places.BuildLog!, $"{name}.log"), overwrite: true);
    }

    public string? Relative(string? path) => path is null ? null : Path.GetRelativePath(directory, path);

    private static string StepName(int step) => string.Create(CultureInfo.InvariantCulture, $"step-{step}");
}
