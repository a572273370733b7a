using System.Globalization;
using Harness.Processes;

namespace Harness.Tests.Support;

/// <summary>A directory of a test's own, gone when the test has ended.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("harness-test-").FullName;

    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a file, making the directories above it.</summary>
    public string Write(string name, string text)
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>
    /// Kills processes that name the directory on their command line, in their environment or as their working
    /// directory: a test that failed may have left some.
    /// </summary>
    public void KillProcesses()
    {
        foreach (var process in ProcessTable.Naming(Path))
        {
            ProcessTree.Kill(int.Parse(process.Split(' ')[0], CultureInfo.InvariantCulture));
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
