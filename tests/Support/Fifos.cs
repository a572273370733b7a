using CliWrap;
using Harness.Processes;

namespace Harness.Tests.Support;

/// <summary>Files that nobody writes: to open one waits for ever.</summary>
internal static class Fifos
{
    public static Task MakeAsync(string path) =>
        new Command("mkfifo").WithArguments([path]).RunAsync(CancellationToken.None);
}
