using CliWrap;
using Harness.Processes;
using Harness.Vm;

namespace Harness.Tests.Support;

/// <summary>
/// Stands in for virtme-run: a kernel "image" is a piece of shell that says what its guest does, in the words below.
/// Everything that the harness relies on is taken from the arguments, as virtme-run and QEMU would.
/// </summary>
internal sealed class FakeLauncher
{
    private readonly string _directory;

    public FakeLauncher(string directory)
    {
        _directory = directory;
        Path = System.IO.Path.Combine(directory, "virtme-run");
        Directory.CreateDirectory(directory);
        Programs.Copy("virtme-run", Path);
    }

    public string Path { get; }

    public VirtualMachine Machine => new(Path);

    /// <summary>A command of which this launcher boots the kernels, and whose cache is its own.</summary>
    /// <param name="cacheHome">What <c>XDG_CACHE_HOME</c> is to it.</param>
    public Command Serve(Command command, string cacheHome) => command
        .WithEnvironmentVariable("PATH", $"{_directory}:{Environment.GetEnvironmentVariable("PATH")}")
        .WithEnvironmentVariable("XDG_CACHE_HOME", cacheHome);

    /// <summary>The images launched and under which accelerator, in order: <c>6.1.5 tcg</c>.</summary>
    public IReadOnlyList<string> Launched =>
        System.IO.Path.Combine(_directory, "launched") is var path && File.Exists(path) ? File.ReadAllLines(path) : [];

    /// <summary>A kernel whose guest does this.</summary>
    public string Image(string name, string guest)
    {
        var path = System.IO.Path.Combine(_directory, name);
        File.WriteAllText(path, guest + "\n");
        return path;
    }
}
