using System.CommandLine;
using Harness.Matrix;
using Harness.Vm;

namespace Harness.Cli;

/// <summary>The options by which every verb that boots kernels says how.</summary>
internal sealed class BootOptions
{
    private readonly Option<int?> _jobs = new("--jobs", "-j") { Description = "VMs at a time. Default: the cores of this machine, as far as its memory holds them", HelpName = "N" };
    private readonly Option<AcceleratorWish> _accel = new("--accel") { Description = "auto proves KVM by booting a kernel, and falls back to emulation", HelpName = "auto|kvm|tcg" };
    private readonly Option<double?> _timeout = new("--timeout") { Description = "Seconds that one VM may take", HelpName = "SECONDS" };

    public void AddTo(System.CommandLine.Command command)
    {
        command.Add(_jobs);
        command.Add(_accel);
        command.Add(_timeout);
    }

    /// <exception cref="UsageException">A value is none.</exception>
    public void Validate(ParseResult parsed)
    {
        if (parsed.GetValue(_jobs) is < 1)
        {
            throw new UsageException("--jobs must be at least 1");
        }
        if (parsed.GetValue(_timeout) is { } seconds && !MatrixSpec.IsTimeout(seconds))
        {
            throw new UsageException("--timeout must be more than 0 seconds, and at most a day");
        }
    }

    public AcceleratorWish Accelerator(ParseResult parsed) => parsed.GetValue(_accel);

    public VmBudget Budget(ParseResult parsed) => VmBudget.Here(parsed.GetValue(_jobs));

    /// <summary>One VM's; <c>null</c> where neither the command line nor the matrix says, for the accelerator's default.</summary>
    public TimeSpan? Timeout(ParseResult parsed, MatrixSpec? matrix) =>
        (parsed.GetValue(_timeout) ?? matrix?.TimeoutSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}

/// <summary>Where a verb writes its directory.</summary>
internal sealed class OutOption : Option<string?>
{
    public OutOption(string description)
        : base("--out")
    {
        Description = description;
        HelpName = "DIR";
    }

    /// <exception cref="UsageException">It is a file.</exception>
    public void Validate(ParseResult parsed)
    {
        if (parsed.GetValue(this) is { } directory && File.Exists(directory))
        {
            throw new UsageException($"--out: {directory} is a file; give a directory");
        }
    }

    /// <summary>Absolute.</summary>
    public string Path(ParseResult parsed, string byDefault) => Files.FullPath(parsed.GetValue(this) ?? byDefault);
}
