using System.Reflection;

namespace Harness;

/// <summary>Which harness this is.</summary>
/// <param name="Version">What the file VERSION said when it was built.</param>
/// <param name="Commit">The commit that it was built from; <c>null</c> where the build saw no git repository.</param>
public sealed record HarnessBuild(string Version, string? Commit)
{
    public static HarnessBuild Current { get; } = Parse(Assembly.GetExecutingAssembly()
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    /// <param name="informational">As the SDK writes it: <c>VERSION</c> or <c>VERSION+COMMIT</c>.</param>
    public static HarnessBuild Parse(string informational) =>
        informational.Split('+', 2) is [var version, var commit]
            ? new HarnessBuild(version, commit)
            : new HarnessBuild(informational, null);

    public override string ToString() => Commit is null ? Version : $"{Version}+{Commit}";
}
