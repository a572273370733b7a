using System.Collections.Concurrent;

namespace Harness.Tests.Fuzz;

/// <summary>A directory for the files that a target's reader wants to open.</summary>
internal sealed class Scratch
{
    private static readonly ConcurrentBag<string> _directories = [];

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("harness-fuzz-").FullName;

    static Scratch() => AppDomain.CurrentDomain.ProcessExit += (_, _) => RemoveAll();

    public Scratch() => _directories.Add(Directory);

    /// <summary>Removes what was made so far: the host of the tests is killed before it can exit by itself.</summary>
    public static void RemoveAll()
    {
        while (_directories.TryTake(out var directory))
        {
            System.IO.Directory.Delete(directory, recursive: true);
        }
    }

    public string this[string name] => Path.Combine(Directory, name);

    /// <returns>The file's path.</returns>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var path = this[name];
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        file.Write(content);
        return path;
    }
}
