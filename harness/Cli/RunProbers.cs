using Harness.Guest;
using Harness.Matrix;
using Harness.Results;
using Harness.Runs;
using Harness.Yaml;

namespace Harness.Cli;

/// <summary>The probers that <c>harness run</c> needs for a matrix.</summary>
internal static class RunProbers
{
    /// <exception cref="YamlFileException">A toolchain or a libbpf is not installed.</exception>
    /// <exception cref="ProberException">A prober is not there and cannot be built.</exception>
    public static Task<ProberSet> MakeAsync(Terminal terminal, Workspace workspace, MatrixSpec? matrix, CancellationToken cancellation)
    {
        var (cache, repository) = (workspace.CacheRoot, workspace.Repository);
        if (!File.Exists(repository.Init))
        {
            throw new ProberException($"{repository.Init}: the guest's init is not built; run `make build`");
        }
        var builder = new ProberBuilder(repository.ProberSources, cache, text => terminal.Line(text + "…"));
        return new ProberSetMaker(repository.Prober, builder, new LibbpfVersions(cache))
            .MakeAsync(matrix?.Toolchains ?? [], matrix?.Libbpf ?? [], cancellation);
    }

    /// <summary>Half a run's verdicts by one prober and half by another would compare what is not comparable.</summary>
    /// <exception cref="UsageException">The run that goes on was measured with other probers.</exception>
    public static void RequireSame(string? directory, RunRequest request, ProberSet probers)
    {
        var now = probers.All.Select(p => p.Sha256).ToList();
        var then = request.FurtherProbers.Prepend(request.ProberSha256).ToList();
        if (!now.SequenceEqual(then))
        {
            static string Short(IEnumerable<string> hashes) => string.Join(", ", hashes.Select(h => h[..12]));
            throw new UsageException($"--resume: {directory} was measured with another prober ({Short(then)}, now {Short(now)}); start a new run");
        }
    }
}
