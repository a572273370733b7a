using System.Runtime.InteropServices;

namespace Harness.Cli;

/// <summary>Job control of the shell: which job the terminal belongs to (credentials(7), tcgetpgrp(3)).</summary>
internal static partial class TerminalJob
{
    private const int StandardOutput = 1;

    /// <summary>
    /// This process is in the job that the terminal belongs to. One that was started with <c>&amp;</c> is not: what it
    /// draws again would go over what the user types.
    /// </summary>
    public static bool IsForeground() => GetForegroundGroup(StandardOutput) == GetGroup();

    [LibraryImport("libc", EntryPoint = "tcgetpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetForegroundGroup(int descriptor);

    [LibraryImport("libc", EntryPoint = "getpgrp")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetGroup();
}
