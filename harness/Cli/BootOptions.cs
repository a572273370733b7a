using System.CommandLine;
using Harness.Runs;
using Harness.Vm;

namespace Harness.Cli;

/// <summary>The options of every verb that boots kernels.</summary>
internal sealed class BootOptions
{
    private readonly Option<int?> _jobs = new("--jobs", "-j")
    {
        Description = "VMs at a time. Default: the cores of this machine, as far as its memory holds them",
        HelpName = "N",
    };

    private readonly Option<AcceleratorWish> _accel = new("--accel")
    {
        Description = "auto proves KVM by booting a kernel, and falls back to emulation",
        HelpName = "auto|kvm|tcg",
    };

    private readonly Option<double?> _timeout = new("--timeout")
    {
        Description = "Seconds that one VM may take",
        HelpName = "SECONDS",
    };

    private readonly Option<int?> _cpus = new("--cpus")
    {
        Description = "CPUs of each VM. Default: 1",
        HelpName = "N",
    };

    public void AddTo(System.CommandLine.Command command)
    {
        command.Add(_jobs);
        command.Add(_accel);
        command.Add(_timeout);
        command.Add(_cpus);
    }

    public BootSettings Read(ParseResult parsed) => new()
    {
        Jobs = parsed.GetValue(_jobs),
        Accelerator = parsed.GetValue(_accel),
        TimeoutSeconds = parsed.GetValue(_timeout),
        Cpus = parsed.GetValue(_cpus),
    };
}
