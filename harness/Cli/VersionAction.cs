using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;

namespace Harness.Cli;

/// <summary><c>harness --version</c>: the version, the commit, and the runtime that it runs on.</summary>
internal sealed class VersionAction(Terminal terminal) : SynchronousCommandLineAction
{
    /// <summary>No verb is missing beside this option.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var build = HarnessBuild.Current;
        terminal.Out.WriteLine($"harness {build.Version}");
        terminal.Out.WriteLine($"commit {build.Commit ?? "unknown"}");
        terminal.Out.WriteLine(
            $"runtime {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        return ExitCodes.AsExpected;
    }
}
