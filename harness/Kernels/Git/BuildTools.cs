using System.Text;
using CliWrap;
using Harness.Processes;

namespace Harness.Kernels.Git;

/// <summary>The programs that build kernels on this machine.</summary>
public static class BuildTools
{
    private static readonly string[] _needed = ["flock", "make", "gcc", "ld", "flex", "bison", "bc"];

    /// <summary>The program that writes a kernel's own BTF.</summary>
    private const string BtfWriter = "pahole";

    /// <summary>Why nothing can be built on this machine; <c>null</c> when it can.</summary>
    /// <param name="settings">What is built.</param>
    /// <param name="needed">Programs that a build needs, where they are not a kernel's.</param>
    public static string? Problem(BuildSettings settings, IReadOnlyList<string>? needed = null)
    {
        var missing = (needed ?? [.. _needed, .. Further(settings)]).Where(tool => CommandExecution.Find(tool) is null)
            .ToList();
        return missing.Count == 0
            ? null
            : $"to build kernels, {string.Join(", ", missing)} must be installed: run scripts/setup --kernels";
    }

    /// <summary>A hash of configuration and toolchain: all that an image depends on besides its tree.</summary>
    public static async Task<string> IdentityAsync(BuildSettings settings, CancellationToken cancellation)
    {
        var tools = Compiler.Usual.Concat(Further(settings))
            .Concat(settings.MakeArguments.Select(Compiler.ProgramIn).OfType<string>());
        var versions = new StringBuilder();
        foreach (var tool in tools.Where(tool => CommandExecution.Find(tool) is not null))
        {
            var answer = await new Command(tool).WithArguments(["--version"]).TryRunAsync(cancellation)
                .ConfigureAwait(false);
            versions.Append(answer.StandardOutput.Split('\n')[0]).Append('\n');
        }
        return Hashes.Sha256OfText(string.Join(
            '\n',
            [
                KernelConfiguration.Lines(settings), settings.Arch, .. settings.MakeArguments, versions.ToString(),
                .. settings.BeforeBuild is { } command ? [command] : Array.Empty<string>(),
                .. settings.Compiler is { } compiler ? [compiler.Name, compiler.Version] : Array.Empty<string>(),
            ]));
    }

    /// <summary>Programs that only some configurations need.</summary>
    private static IEnumerable<string> Further(BuildSettings settings) =>
        settings.ProbeOptions.Lines.Contains("CONFIG_DEBUG_INFO_BTF=y") ? [BtfWriter] : [];
}
