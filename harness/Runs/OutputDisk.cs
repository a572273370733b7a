namespace Harness.Runs;

/// <summary>
/// The disk that takes what guests write. QEMU drops what does not fit on it and says nothing, and a kernel whose
/// report is lost looks like one that did not boot.
/// </summary>
internal static class OutputDisk
{
    /// <summary>In bytes: more than a line of a report, less than any disk that is not full has left.</summary>
    private const int Room = 64 << 10;

    /// <summary>Why a guest's last lines may be missing.</summary>
    /// <param name="directory">On that disk; it is there.</param>
    /// <returns><c>null</c> when there is room.</returns>
    public static string? Problem(string directory)
    {
        var path = Path.Combine(directory, "room");
        try
        {
            using var file = File.Create(path);
            file.Write(new byte[Room]);
            file.Flush(flushToDisk: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"what the guest wrote may be lost: {e.Message}";
        }
        finally
        {
            File.Delete(path);
        }
    }
}
