using CliWrap;
using Harness.Tests.Boot;
using Harness.Tests.Support;

namespace Harness.Tests.Scripts;

/// <summary>scripts/harness of a checkout in which everything is built, with a stand-in for dotnet.</summary>
public sealed class LauncherTests
{
    /// <summary>Bash itself sets COLUMNS anew, once it has waited for a program in a terminal (checkwinsize).</summary>
    [Test]
    public async Task The_width_that_a_user_gives_reaches_the_harness()
    {
        TmuxTerminal.Require();
        using var checkout = new TemporaryDirectory();
        foreach (var script in new[] { "scripts/harness", "scripts/lib/launch.bash" })
        {
            checkout.Write(script, await File.ReadAllTextAsync(Path.Combine(RealRun.Repository.Path, script)));
        }
        checkout.Write("Makefile", "build:\n");
        Programs.Copy("dotnet-width", checkout["dotnet"]);
        await using var terminal = await TmuxTerminal.OpenAsync(
            checkout.Path, new Command("bash").WithArguments("scripts/harness"), 80, 24, $"PATH={checkout.Path}:$PATH");
        Assert.That(await terminal.RunAsync("COLUMNS=61 harness list"), Does.Contain("columns: 61\n"));
        Assert.That(await terminal.RunAsync("harness list"), Does.Contain("columns: none\n"));
    }
}
