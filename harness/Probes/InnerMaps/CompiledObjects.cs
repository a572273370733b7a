using CliWrap;
using Harness.Processes;

namespace Harness.Probes.InnerMaps;

/// <summary>What each compiler made of the BPF objects inside a prober: known before any boot.</summary>
internal static class CompiledObjects
{
    /// <param name="prober">The path of the prober.</param>
    /// <param name="clangs">The compilers that it was built with, as programs.</param>
    /// <exception cref="ProgramException">The prober does not answer.</exception>
    public static async Task<IReadOnlyList<ToolchainInfo>> ReadAsync(
        string prober, IReadOnlyList<string> clangs, CancellationToken cancellation)
    {
        var versions = await VersionsAsync(clangs, cancellation).ConfigureAwait(false);
        var objects = await BpfObject.ReadAsync(prober, cancellation).ConfigureAwait(false);
        return
        [
            .. objects.GroupBy(o => o.Toolchain).Select(made => new ToolchainInfo(
                made.Key, versions.GetValueOrDefault(made.Key),
                [
                    .. made.Select(o => new ObjectInfo(o.Name, o.Missing is null, o.Missing))
                        .OrderBy(o => o.Name, StringComparer.Ordinal),
                ])),
        ];
    }

    /// <summary>The versions of those compilers that are installed, by the toolchain's name in case ids.</summary>
    private static async Task<Dictionary<string, string>> VersionsAsync(
        IReadOnlyList<string> clangs, CancellationToken cancellation)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var clang in clangs.Where(c => CommandExecution.Find(c) is not null))
        {
            var command = new Command(clang).WithArguments(["-dumpversion"]);
            var answer = await command.TryRunAsync(cancellation).ConfigureAwait(false);
            var version = answer.StandardOutput.Trim();
            versions[$"clang-{version.Split('.')[0]}"] = version;
        }
        return versions;
    }
}
