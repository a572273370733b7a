using CliWrap;
using Harness.Cache;
using Harness.Machines;
using Harness.Machines.Images;
using Harness.Processes;

namespace Harness.Kernels;

/// <summary>
/// Unpacks the kernel inside of an image on the host, once for each image, and keeps it in the user's cache: under
/// emulation a guest that unpacks itself takes about a second longer.
/// </summary>
/// <param name="cacheRoot">The user's cache.</param>
/// <param name="largest">In bytes: nothing beyond that is unpacked.</param>
public sealed class VmlinuxUnpacker(string cacheRoot, long largest = VmlinuxUnpacker.LargestKernel)
{
    /// <summary>In bytes: every kernel of this century is larger.</summary>
    private const int SmallestKernel = 1 << 16;

    /// <summary>
    /// In bytes: ten times as large as any kernel. It only keeps a damaged image from filling the disk. An image may
    /// say that its kernel is smaller; nothing beyond that is unpacked then.
    /// </summary>
    private const long LargestKernel = 1 << 30;

    /// <summary>
    /// The unpacked kernel, or <c>null</c> when there is no gain or no way: the image holds no compressed kernel, its
    /// decompressor is not installed, or QEMU does not boot what is inside. The image itself boots in any case.
    /// </summary>
    /// <exception cref="OperationCanceledException">Interrupted; nothing half-written is left in place.</exception>
    public async Task<string?> UnpackAsync(BootImage image, Machine machine, CancellationToken cancellation)
    {
        var path = Path.Combine(CacheKind.UnpackedKernels.In(cacheRoot), image.Sha256);
        if (File.Exists(path))
        {
            CachePruning.Used(path);
            return path;
        }
        var temporary = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!await TryUnpackAsync(image.Path, machine, temporary, cancellation).ConfigureAwait(false))
            {
                return null;
            }
            Flush(temporary);
            File.Move(temporary, path, overwrite: true);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CommandException
            or InvalidDataException)
        {
            return null;
        }
        finally
        {
            Forget(temporary);
        }
    }

    /// <summary>
    /// Deletes an unpacked kernel that QEMU did not boot, because it may be damaged. It is unpacked again when it is
    /// wanted next.
    /// </summary>
    public static void Forget(string vmlinux)
    {
        try
        {
            File.Delete(vmlinux);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The image itself boots in any case.
        }
    }

    /// <summary>Writes the file to the disk, so that a power cut leaves no name without its content.</summary>
    private static void Flush(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }

    private async Task<bool> TryUnpackAsync(
        string image, Machine machine, string unpacked, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(image);
        if (machine.Images.FormatOf(file) is not { } format
            || format.Payload(file) is not { Compression.Command: var command } payload
            || CommandExecution.Find(command[0]) is null)
        {
            return false;
        }
        var most = Math.Min(payload.Size ?? largest, largest);
        var (length, result) = await new Command(command[0]).WithArguments(command.Skip(1))
            .WithStandardInputWriter(input => CopyAsync(file, payload, input))
            .ReadOutputAsync(output => SaveAsync(output, unpacked, most), cancellation).ConfigureAwait(false);
        return result.IsSuccess && length >= SmallestKernel && (payload.Size is null || payload.Size == length)
            && format.BootsUnpacked(unpacked);
    }

    /// <returns>The number of bytes.</returns>
    /// <exception cref="InvalidDataException">There are more bytes than there may be.</exception>
    private static async Task<long> SaveAsync(Stream kernel, string path, long most)
    {
        await using var bounded = new BoundedStream(kernel, most);
        await using var file = File.Create(path);
        await bounded.CopyToAsync(file).ConfigureAwait(false);
        return file.Length;
    }

    private static async Task CopyAsync(FileStream image, BootPayload payload, Stream to)
    {
        var buffer = new byte[1 << 16];
        image.Position = payload.Offset;
        for (var left = payload.Length; left > 0;)
        {
            var wanted = (int)Math.Min(buffer.Length, left);
            var read = await image.ReadAsync(buffer.AsMemory(0, wanted)).ConfigureAwait(false);
            if (read == 0)
            {
                return;
            }
            await to.WriteAsync(buffer.AsMemory(0, read)).ConfigureAwait(false);
            left -= read;
        }
    }
}
