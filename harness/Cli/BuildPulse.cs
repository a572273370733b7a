using System.Globalization;
using Harness.Kernels;

namespace Harness.Cli;

/// <summary>
/// Says in lines that builds go on: one a minute for each, and one at once when a build waits for another.
/// </summary>
internal sealed class BuildPulse(TimeProvider clock)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (DateTimeOffset Began, DateTimeOffset Said, bool Waits)> _builds =
        new(StringComparer.Ordinal);

    /// <summary>The line that is due; <c>null</c> when none is.</summary>
    /// <param name="name">What is built.</param>
    public string? LineOf(string name, BuildProgress progress)
    {
        lock (_builds)
        {
            var now = clock.GetUtcNow();
            var waits = progress is BuildProgress.Waiting;
            if (!_builds.TryGetValue(name, out var build))
            {
                build = (now, now, false);
            }
            var due = now - build.Said >= _pause || (waits && !build.Waits);
            _builds[name] = (build.Began, due ? now : build.Said, waits);
            return due ? $"  {name}: {Words(progress)}{After(now - build.Began)}" : null;
        }
    }

    /// <summary>The build has come to its end.</summary>
    public void End(string name)
    {
        lock (_builds)
        {
            _builds.Remove(name);
        }
    }

    /// <summary>With a bar, for a line that is drawn again and again.</summary>
    public static string Drawn(BuildProgress progress) => progress is BuildProgress.Compiling { Expected: > 0 } e
        ? $"building {LivePicture.Bar(e.Done, e.Expected.Value)} {Share(e)}"
        : Words(progress);

    private static string Words(BuildProgress progress) => progress switch
    {
        BuildProgress.Compiling e => $"building, {Share(e)}",
        _ => "waits for another build, which uses the same files",
    };

    /// <summary>More objects than were expected tell that nobody knows how many there will be.</summary>
    private static string Share(BuildProgress.Compiling build) => string.Create(
        CultureInfo.InvariantCulture,
        $"{build.Done}{(build.Expected >= build.Done ? $" of about {build.Expected}" : "")} objects");

    private static string After(TimeSpan elapsed) => elapsed < _pause
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $" after {elapsed.TotalMinutes:0} min");
}
