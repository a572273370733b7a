using System.Globalization;
using System.Runtime.InteropServices;

namespace Harness.Cli;

/// <summary>
/// The size of the terminal that standard output is. .NET's Console knows it too, but asking it switches the terminal's
/// keys to application mode (<c>ESC[?1h</c>), which outlives the process.
/// </summary>
/// <param name="Columns">Columns of the screen.</param>
/// <param name="Rows">Rows of the screen.</param>
internal readonly partial record struct TerminalSize(int Columns, int Rows)
{
    /// <summary>Less than this is a mistake, or cannot be drawn to.</summary>
    private const int LeastColumns = 20;

    private const int StandardOutput = 1;

    /// <summary>TIOCGWINSZ of ioctl_tty(2), on all machines that .NET runs on under Linux.</summary>
    private const nuint GetWindowSize = 0x5413;

    /// <summary>What a terminal is taken for that does not say its size.</summary>
    public static TerminalSize Default { get; } = new(80, 24);

    /// <summary>The size at this moment: a window may be resized at any time.</summary>
    public static TerminalSize Now() =>
        GetSize(StandardOutput, GetWindowSize, out var window) == 0 && window is { Columns: > 0, Rows: > 0 }
            ? new TerminalSize(window.Columns, window.Rows)
            : Default;

    /// <summary>Where text is folded: <c>COLUMNS</c> (POSIX) where it is set, else the screen's.</summary>
    public static int ColumnsOf(string? columns, TerminalSize screen) =>
        int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) && wanted >= LeastColumns
            ? wanted
            : Math.Max(screen.Columns, LeastColumns);

    [LibraryImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetSize(int descriptor, nuint request, out WindowSize window);

    /// <summary><c>struct winsize</c> of ioctl_tty(2).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct WindowSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort Width;
        public ushort Height;
    }
}
