namespace Harness.Vm;

/// <summary>
/// How much a guest may write to this machine. A healthy guest writes a hundredth of it; one that writes more is ended.
/// </summary>
public sealed record OutputLimits
{
    public static OutputLimits Default { get; } = new();

    /// <summary>The limits of a guest that writes several reports.</summary>
    public OutputLimits ForReports(int count) => this with { Channel = Channel * count, Lines = Lines * count };

    /// <summary>Of the console, in bytes.</summary>
    public long Console { get; init; } = 16 << 20;

    /// <summary>Of the channel, in bytes.</summary>
    public long Channel { get; init; } = 8 << 20;

    /// <summary>Of one line on the channel, in bytes.</summary>
    public int Line { get; init; } = 64 << 10;

    /// <summary>Lines on the channel.</summary>
    public int Lines { get; init; } = 100_000;

    /// <summary>Bytes that the launcher and QEMU may say on standard error: a guest can make QEMU complain.</summary>
    public long Error { get; init; } = 1 << 20;
}
