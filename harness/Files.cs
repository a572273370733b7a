using System.Text;

namespace Harness;

/// <summary>What is done to files in more than one place.</summary>
internal static class Files
{
    /// <summary>Absolute, without a slash at its end: the form in which directories are compared and kept.</summary>
    public static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>
    /// Absolute, with every symbolic link on the way resolved, as realpath(1) does it; a part that is not there stays as it
    /// is written, and so does a link that leads in a circle.
    /// </summary>
    public static string RealPath(string path)
    {
        const int MostLinks = 40; // as the kernel follows (MAXSYMLINKS)
        var real = "/";
        var parts = new Stack<string>(FullPath(path).Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        for (var links = 0; parts.TryPop(out var part);)
        {
            var next = Path.Combine(real, part);
            if (new FileInfo(next).LinkTarget is { } target && links++ < MostLinks)
            {
                foreach (var more in Path.GetFullPath(target, real).Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
                {
                    parts.Push(more);
                }
                real = "/";
                continue;
            }
            real = next;
        }
        return real;
    }

    /// <summary>Writes a file so that its readers see the old text or the new one, never a part.</summary>
    public static void Replace(string path, string text) => Replace(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>The same, for what is written bit by bit.</summary>
    public static void Replace(string path, Action<Stream> write)
    {
        using (var file = new FileStream(path + ".tmp", FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 64 * 1024))
        {
            write(file);
        }
        File.Move(path + ".tmp", path, overwrite: true);
    }

    /// <summary>Removes a directory and all that is in it, if it is there.</summary>
    public static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
