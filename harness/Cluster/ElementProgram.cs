namespace Harness.Cluster;

/// <summary>What an element of a job runs, as every node finds it.</summary>
/// <param name="Harness">The harness: a program and the arguments before the verb, absolute.</param>
/// <param name="Run">The verb <c>run</c> with its options, but for the share and the directory.</param>
/// <param name="WorkingDirectory">Where relative paths of <paramref name="Run"/> begin.</param>
/// <param name="Cache">The cache on the node; <c>null</c> where the node's own environment says it.</param>
internal sealed record ElementProgram(
    IReadOnlyList<string> Harness, IReadOnlyList<string> Run, string WorkingDirectory, string? Cache)
{
    /// <summary>This very harness. A framework-dependent one is a library that the runtime is given.</summary>
    public static IReadOnlyList<string> ThisHarness()
    {
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, Path.Combine(AppContext.BaseDirectory, "harness.dll")]
            : [program];
    }
}
