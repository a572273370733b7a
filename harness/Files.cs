using System.Text;

namespace Harness;

/// <summary>What is done to files in more than one place.</summary>
internal static class Files
{
    /// <summary>Absolute, without a slash at its end: the form in which directories are compared and kept.</summary>
    public static string FullPath(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    /// <summary>Writes a file so that its readers see the old text or the new one, never a part.</summary>
    public static void Replace(string path, string text)
    {
        File.WriteAllText(path + ".tmp", text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
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
