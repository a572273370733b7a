namespace Harness.Cache;

/// <summary>
/// Git's worktrees that lie in the cache. The repository of each, which is a user's, keeps a note of it in
/// <c>worktrees/NAME</c> of its git directory (gitrepository-layout(5)), and <c>git worktree list</c> shows that.
/// </summary>
internal static class LinkedWorktrees
{
    private const string Prefix = "gitdir: ";

    /// <summary>
    /// Removes the repositories' notes of worktrees directly in a directory that is to be removed. It may fail, as in a
    /// repository that this user may only read: git forgets such worktrees by itself after three months.
    /// </summary>
    public static void Forget(string directory)
    {
        foreach (var worktree in Directory.EnumerateDirectories(directory))
        {
            var link = Path.Combine(worktree, ".git");
            try
            {
                if (NoteOf(link) is { } note)
                {
                    Files.Remove(note);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The note stays.
            }
        }
    }

    /// <returns>The note's directory; <c>null</c> unless it and the file that leads to it name each other.</returns>
    private static string? NoteOf(string link)
    {
        if (!File.Exists(link) || File.ReadLines(link).FirstOrDefault() is not { } line
            || !line.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }
        var note = line[Prefix.Length..];
        var back = Path.Combine(note, "gitdir");
        return Path.IsPathFullyQualified(note) && Path.GetFileName(Path.GetDirectoryName(note)) == "worktrees"
            && File.Exists(back) && File.ReadLines(back).FirstOrDefault() == link ? note : null;
    }
}
