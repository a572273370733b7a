using System.Globalization;
using System.Text;

namespace Harness.Vm;

/// <summary>
/// The files that a guest can make QEMU write, watched while it runs: which results came, and whether the guest writes
/// more than it may. A look at them takes a bounded time and a bounded part of memory, however fast they grow.
/// </summary>
/// <param name="errorFile">What the launcher and QEMU say on standard error.</param>
internal sealed class GuestOutput(VmSpec spec, string errorFile) : IDisposable
{
    private readonly ChannelReader _channel = new(spec.ChannelFile, spec.Nonce, spec.Reports, spec.Limits);

    /// <summary>Each report's end marker was seen.</summary>
    public bool HasEnded => _channel.HasEnded;

    /// <summary><see cref="ChannelReader.IsReady"/>.</summary>
    public bool IsReady => _channel.IsReady;

    /// <summary><see cref="ChannelReader.WasAsked"/>.</summary>
    public bool WasAsked => _channel.WasAsked;

    /// <summary>
    /// What the guest wrote too much of, as the rest of a sentence that begins with it; <c>null</c> while all is well.
    /// </summary>
    public string? Excess { get; private set; }

    /// <summary>
    /// Reads what came on the channel since the last call, up to <see cref="ChannelReader.MostAtOnce"/>.
    /// </summary>
    /// <returns>The number of results so far; <c>null</c> when it is the same as before.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public int? Look()
    {
        var results = _channel.Advance();
        Excess ??= _channel.Excess
            ?? ExcessOf(spec.ConsoleFile, spec.Limits.Console, "to its console")
            ?? ExcessOf(errorFile, spec.Limits.Error, "into QEMU's standard error");
        return results;
    }

    /// <summary>Reads the rest of the channel once the VM has ended, and cuts each file down to its limit.</summary>
    /// <returns>As <see cref="Look"/>.</returns>
    public int? Finish()
    {
        int? results = null;
        do
        {
            results = Look() ?? results;
        }
        while (_channel.MayHaveMore && Excess is null);
        Cut(spec.ConsoleFile, spec.Limits.Console);
        Cut(spec.ChannelFile, spec.Limits.Channel);
        Cut(errorFile, spec.Limits.Error);
        return results;
    }

    /// <summary>What came through the channel, up to the place where the guest had written too much.</summary>
    public string ChannelText() => Text(spec.ChannelFile, _channel.Length);

    public string ErrorText() => Text(errorFile, spec.Limits.Error);

    public void Dispose() => _channel.Dispose();

    private static string? ExcessOf(string path, long limit, string where) =>
        new FileInfo(path) is { Exists: true, Length: var length } && length > limit
            ? string.Create(CultureInfo.InvariantCulture, $"wrote more than {limit >> 10} KiB {where}")
            : null;

    private static void Cut(string path, long limit)
    {
        if (!File.Exists(path))
        {
            return;
        }
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        if (file.Length > limit)
        {
            file.SetLength(limit);
        }
    }

    private static string Text(string path, long most)
    {
        if (!File.Exists(path))
        {
            return "";
        }
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[Math.Min(file.Length, most)];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
