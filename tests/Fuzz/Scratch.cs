namespace Harness.Tests.Fuzz;

/// <summary>A directory for the files that a target's reader wants to open.</summary>
internal sealed class Scratch
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("harness-fuzz-").FullName;

    public Scratch() =>
        AppDomain.CurrentDomain.ProcessExit += (_, _) => System.IO.Directory.Delete(Directory, recursive: true);

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
