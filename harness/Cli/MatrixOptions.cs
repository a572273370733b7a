using System.CommandLine;
using Harness.Runs;

namespace Harness.Cli;

/// <summary>The options by which a verb is told its matrix.</summary>
internal sealed class MatrixOptions
{
    private readonly Option<string?> _kernels = new("--kernels")
    {
        Description = "The matrix. Default: the checkout's kernels.yaml",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _only = new("--only")
    {
        Description = "Just the kernels with such an id, such as 'debian-6.1.*' (repeatable)",
        HelpName = "GLOB",
    };

    private readonly Option<string?> _mirror = new("--mirror")
    {
        Description = "The Debian archive to use instead of this machine's own",
        HelpName = "URL",
    };

    private readonly Option<string?> _keyring = new("--keyring")
    {
        Description = "The keys that may sign the Debian archive, as gpgv takes them, instead of this machine's own",
        HelpName = "FILE",
    };

    private readonly Option<bool> _locked = new("--locked")
    {
        Description = "Just what the lock beside the matrix pins",
    };

    private readonly Option<string?> _lock = new("--lock")
    {
        Description = "Just what this lock pins, which `harness lock` wrote beside a matrix",
        HelpName = "FILE",
    };

    private readonly Option<bool> _refresh = new("--refresh")
    {
        Description = "Ask the archive for new kernels even when its index was read in the last 12 hours",
    };

    /// <param name="withLock">Whether <c>--locked</c> is one of the verb's options.</param>
    public void AddTo(System.CommandLine.Command command, bool withLock = true)
    {
        command.Add(_kernels);
        command.Add(_only);
        command.Add(_mirror);
        command.Add(_keyring);
        command.Add(_refresh);
        if (withLock)
        {
            command.Add(_locked);
            command.Add(_lock);
        }
    }

    public MatrixSelection Read(ParseResult parsed) => new()
    {
        File = parsed.GetValue(_kernels),
        Only = parsed.GetValue(_only) ?? [],
        Mirror = parsed.GetValue(_mirror),
        Keyring = parsed.GetValue(_keyring),
        Locked = parsed.GetValue(_locked),
        Lock = parsed.GetValue(_lock),
        Refresh = parsed.GetValue(_refresh),
    };
}
