using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Cache;
using Harness.Guest;
using Harness.Kernels;
using Harness.Machines;
using Harness.Machines.Images;
using Harness.Processes;
using Harness.Runs;
using Harness.Vm;

namespace Harness.Cli;

/// <summary>One thing that <c>doctor</c> looked at.</summary>
/// <param name="Verdict"><c>ok</c>, <c>note</c> (works, could be better) or <c>bad</c> (a run would fail).</param>
/// <param name="Mend">What to do about it.</param>
internal sealed record Finding(string Check, string Verdict, string Detail, string? Mend);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
internal sealed partial class DoctorJson : JsonSerializerContext;

/// <summary><c>harness doctor</c>: is this machine fit for a run, and what mends it?</summary>
internal static class DoctorVerb
{
    private const string SetUp = "run scripts/setup";
    private const long WantedSpace = 3L << 30;

    public static System.CommandLine.Command Create(VerbContext context)
    {
        var (terminal, workspace, catalog) = context;
        var sources = catalog.Sources;
        var json = new Option<bool>("--json") { Description = "For machines" };
        var command = new System.CommandLine.Command("doctor",
            "Checks this machine: tools and versions, accelerator (by booting a kernel), disk, network; says how to mend each. Exit code 1 when a run would fail.") { json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var repository = workspace.Repository;
            IReadOnlyList<Finding> findings =
            [
                .. await ToolsAsync(sources, cancellation).ConfigureAwait(false),
                Prober(repository),
                await AcceleratorAsync(workspace, cancellation).ConfigureAwait(false),
                Decompressors(),
                Jobs(),
                Disk("cache", workspace.CacheRoot),
                Disk("results", repository.Results),
                .. await PlacesAsync(sources, cancellation).ConfigureAwait(false),
            ];
            Write(terminal, findings, parsed.GetValue(json));
            return findings.Any(f => f.Verdict == "bad") ? ExitCodes.Unexpected : ExitCodes.AsExpected;
        });
        return command;
    }

    private static void Write(Terminal terminal, IReadOnlyList<Finding> findings, bool json)
    {
        if (json)
        {
            terminal.Out.WriteLine(JsonSerializer.Serialize(findings, DoctorJson.Default.IReadOnlyListFinding));
            return;
        }
        foreach (var finding in findings)
        {
            terminal.Line($"{finding.Verdict,-4}  {finding.Check,-20} {finding.Detail}{(finding.Mend is null ? "" : $"; {finding.Mend}")}");
        }
    }

    private static async Task<IEnumerable<Finding>> ToolsAsync(KernelSources sources, CancellationToken cancellation)
    {
        string[] programs = [MachineList.Default.QemuProgram, "vng", .. sources.All.SelectMany(s => s.Programs).Distinct()];
        var found = await Task.WhenAll(programs.Select(async program => (Name: program,
            Version: await HostFacts.FirstLineAsync(program, "--version", cancellation).ConfigureAwait(false)))).ConfigureAwait(false);
        const string Launcher = VirtmeArguments.Program;
        return
        [
            .. found.Select(program => program.Version is null
                ? new Finding(program.Name, "bad", "not installed, or it does not run", SetUp)
                : new Finding(program.Name, "ok", program.Version, null)),
            CommandExecution.Find(Launcher) is null
                ? new Finding(Launcher, "bad", "not installed", SetUp)
                : new Finding(Launcher, "ok", "installed with virtme-ng", null),
            .. sources.All.SelectMany(source => source.CheckInstallation()).Select(Finding),
        ];
    }

    private static Finding Prober(Repository repository) => File.Exists(repository.Prober) && File.Exists(repository.Init)
        ? new Finding("prober", "ok", "built", null)
        : new Finding("prober", "bad", "not built", "run `make build`");

    private static async Task<Finding> AcceleratorAsync(Workspace workspace, CancellationToken cancellation)
    {
        var repository = workspace.Repository;
        const string Check = "accelerator";
        var machine = MachineList.Default;
        var qemu = await HostFacts.FirstLineAsync(machine.QemuProgram, "--version", cancellation).ConfigureAwait(false) ?? "";
        await using var vm = new VirtualMachine();
        var chooser = new AcceleratorChooser(vm, new AcceleratorMemory(workspace.CacheRoot), qemu);
        var choice = chooser.WithoutBoot(AcceleratorWish.Auto, machine);
        if (choice is null)
        {
            if (CachedImage(workspace.CacheRoot, machine) is not { } image || !File.Exists(repository.Init))
            {
                return new Finding(Check, "note", "KVM opens; whether it runs Linux is not proven, as no kernel is in the cache yet", "run `harness fetch`, then this again");
            }
            var directory = Directory.CreateTempSubdirectory("harness-doctor-").FullName;
            try
            {
                var init = await File.ReadAllBytesAsync(repository.Init, cancellation).ConfigureAwait(false);
                var prober = await File.ReadAllBytesAsync(repository.Prober, cancellation).ConfigureAwait(false);
                var initramfs = GuestImage.Store(directory, init, [new GuestProgram("prober", prober)]);
                choice = await chooser.ProveAsync(AcceleratorWish.Auto, machine, image, initramfs, directory, cancellation).ConfigureAwait(false);
                chooser.ConfirmFailure(); // The image was verified when it came into the cache.
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        }
        return choice.Accelerator == Accelerator.Kvm
            ? new Finding(Check, "ok", "KVM: a Linux kernel boots under it", null)
            : new Finding(Check, "note", $"emulation (TCG): {choice.Note}", "runs take 2 to 8 s a kernel and core without KVM");
    }

    private static string? CachedImage(string cacheRoot, Machine machine)
    {
        var images = CacheKind.Images.In(cacheRoot);
        return Directory.Exists(images)
            ? Directory.EnumerateFiles(images, "vmlinuz", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                .FirstOrDefault(f => machine.Images.Problem(f) is null)
            : null;
    }

    private static Finding Jobs()
    {
        var budget = VmBudget.Here(null);
        return budget.Note is null
            ? new Finding("jobs", "ok", $"{budget.Jobs} VMs at a time, one for each core: more measured slower under emulation", null)
            : new Finding("jobs", "note", budget.Note, "free memory, or raise the container's limit");
    }

    /// <summary>Without its decompressor a kernel unpacks itself in the guest.</summary>
    private static Finding Decompressors()
    {
        var missing = Compression.Programs.Where(d => CommandExecution.Find(d) is null).ToList();
        return missing.Count == 0
            ? new Finding("decompressors", "ok", string.Join(", ", Compression.Programs), null)
            : new Finding("decompressors", "note", $"no {string.Join(", ", missing)}: kernels packed so unpack themselves, about a second slower each", SetUp);
    }

    private static Finding Disk(string name, string path)
    {
        var existing = path;
        while (!Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing)!;
        }
        var free = new DriveInfo(existing).AvailableFreeSpace;
        return free >= WantedSpace
            ? new Finding(name, "ok", $"{KernelTable.Size(free)} free", null)
            : new Finding(name, "note", $"only {KernelTable.Size(free)} free", "the default matrix takes about 500 MiB of cache, the nightly one 2 GiB");
    }

    private static async Task<IReadOnlyList<Finding>> PlacesAsync(KernelSources sources, CancellationToken cancellation)
    {
        var findings = new List<Finding>();
        foreach (var source in sources.All)
        {
            findings.AddRange((await source.CheckPlacesAsync(cancellation).ConfigureAwait(false)).Select(Finding));
        }
        return findings;
    }

    private static Finding Finding(SourceCheck check)
    {
        var verdict = check.Health switch
        {
            SourceHealth.Good => "ok",
            SourceHealth.Limited => "note",
            _ => "bad",
        };
        return new Finding(check.Name, verdict, check.Detail, check.Mend);
    }
}
