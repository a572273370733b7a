using System.Text.RegularExpressions;
using CliWrap;
using Harness.Machines;
using Harness.Processes;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>
/// What the results record about this machine and its tools. Nothing in it identifies the machine or its user.
/// </summary>
internal static partial class HostFacts
{
    private const string Unknown = "unknown";

    /// <summary>Far more than a program takes to say its version, on a busy machine, too.</summary>
    private static readonly TimeSpan _longestAnswer = TimeSpan.FromSeconds(60);

    /// <summary>The version, and behind a plus sign the commit, if the build knew it.</summary>
    public static string HarnessVersion { get; } = HarnessBuild.Current.ToString();

    public static async Task<HostInfo> ReadAsync(ToolVersions versions, CancellationToken cancellation)
    {
        var qemu = versions.OfAsync(MachineList.Default.QemuProgram, cancellation);
        var virtme = versions.OfAsync("vng", cancellation);
        var virtmeVersion = VersionNumber().Match(await virtme.ConfigureAwait(false) ?? "");
        return new HostInfo(
            OsName(), Environment.OSVersion.Version.ToString(), CpuName(), Environment.ProcessorCount,
            await qemu.ConfigureAwait(false) ?? Unknown, virtmeVersion.Success ? virtmeVersion.Value : Unknown);
    }

    /// <summary>Virtual machines on a host of these facts.</summary>
    /// <param name="cacheRoot">The user's cache.</param>
    /// <param name="snapshotBytes">How many bytes snapshots there may take.</param>
    public static VirtualMachine Machine(HostInfo host, string cacheRoot, long snapshotBytes)
    {
        var versions = new Dictionary<string, string>();
        if (host.Qemu != Unknown)
        {
            versions.Add(MachineList.Default.Name, host.Qemu);
        }
        return new VirtualMachine(
            qemuVersions: versions, cacheRoot: cacheRoot, snapshotBytes: snapshotBytes,
            unhealthy: ConsoleHealth.Problem);
    }

    public static async Task<string?> FirstLineAsync(string program, string argument, CancellationToken cancellation)
    {
        try
        {
            var result = await new Command(program).WithArguments([argument])
                .TryRunAsync(cancellation, _longestAnswer).ConfigureAwait(false);
            return result.IsSuccess ? result.StandardOutput.Split('\n')[0].Trim() : null;
        }
        catch (CommandException)
        {
            return null;
        }
    }

    /// <summary>Nothing boots without these.</summary>
    /// <exception cref="UsageException">One is missing.</exception>
    public static void RequireTools()
    {
        foreach (var program in new[] { VirtmeArguments.Program, MachineList.Default.QemuProgram })
        {
            if (CommandExecution.Find(program) is null)
            {
                throw new UsageException($"{program} is not installed; run scripts/setup, or see `harness doctor`");
            }
        }
    }

    private static string OsName() => Value("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? Unknown;

    private static string CpuName() => Value("/proc/cpuinfo", "model name", ':')?.Trim() ?? Unknown;

    /// <summary>The value in the first line that begins with a key; <c>null</c> when there is none.</summary>
    private static string? Value(string path, string key, char separator) => !File.Exists(path)
        ? null
        : File.ReadLines(path).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))
            ?.Split(separator, 2)[1];

    [GeneratedRegex(@"\d+(\.\d+)+", RegexOptions.CultureInvariant)]
    private static partial Regex VersionNumber();
}
