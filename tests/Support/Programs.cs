namespace Harness.Tests.Support;

/// <summary>Scripts that stand in for programs: the files in <c>tests/Fixtures/programs</c>.</summary>
internal static class Programs
{
    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <param name="name">The file's name.</param>
    /// <param name="path">Where the program is to be found.</param>
    public static void Copy(string name, string path)
    {
        File.WriteAllText(path, File.ReadAllText(
            Path.Combine(Repository.Find().Path, "tests", "Fixtures", "programs", name)));
        File.SetUnixFileMode(path, Executable);
    }
}
