using System.Reflection;
using System.Text.RegularExpressions;
using CliWrap;
using Harness.Machines;
using Harness.Processes;
using Harness.Results;
using Harness.Vm;

namespace Harness.Runs;

/// <summary>What the results record about this machine and its tools. Nothing in it identifies the machine or its user.</summary>
internal static partial class HostFacts
{
    private const string Unknown = "unknown";

    public static string HarnessVersion { get; } =
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? Unknown;

    public static async Task<HostInfo> ReadAsync(ToolVersions versions, CancellationToken cancellation)
    {
        var qemu = versions.OfAsync(MachineList.Default.QemuProgram, cancellation);
        var virtme = versions.OfAsync("vng", cancellation);
        return new HostInfo(OsName(), Environment.OSVersion.Version.ToString(), CpuName(), Environment.ProcessorCount,
            await qemu.ConfigureAwait(false) ?? Unknown, VersionNumber().Match(await virtme.ConfigureAwait(false) ?? "") is { Success: true } m ? m.Value : Unknown);
    }

    /// <summary>Virtual machines on a host of these facts.</summary>
    public static VirtualMachine Machine(HostInfo host) => new(qemuVersions: host.Qemu == Unknown
        ? null
        : new Dictionary<string, string> { [MachineList.Default.Name] = host.Qemu });

    public static async Task<string?> FirstLineAsync(string program, string argument, CancellationToken cancellation)
    {
        try
        {
            var result = await new Command(program).WithArguments([argument]).TryRunAsync(cancellation).ConfigureAwait(false);
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

    private static string OsName() => ReadLines("/etc/os-release").FirstOrDefault(l => l.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))
        ?.Split('=', 2)[1].Trim('"') ?? Unknown;

    private static string CpuName() => ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))
        ?.Split(':', 2)[1].Trim() ?? Unknown;

    private static IEnumerable<string> ReadLines(string path) => File.Exists(path) ? File.ReadLines(path) : [];

    [GeneratedRegex(@"\d+(\.\d+)+", RegexOptions.CultureInvariant)]
    private static partial Regex VersionNumber();
}
