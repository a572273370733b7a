using System.Text.Json.Serialization;
using Harness.Cache;
using Harness.Machines;
using Harness.Results;

namespace Harness.Runs;

/// <summary>
/// How long each image took under each accelerator, kept in the user's cache, so that the longest is started first and
/// no core waits for it at the end. An image is of one machine. Only the order depends on it: a file that cannot be
/// read or written is ignored.
/// </summary>
public sealed class BootTimes
{
    private readonly string _path;
    private readonly Dictionary<string, double> _seconds;

    private BootTimes(string path, Dictionary<string, double> seconds) => (_path, _seconds) = (path, seconds);

    public static BootTimes Read(string cacheRoot)
    {
        var path = Path.Combine(cacheRoot, "boot-seconds.json");
        return new BootTimes(path, CacheFile.Read(path, BootTimesJson.Default.DictionaryStringDouble) ?? []);
    }

    /// <param name="sha256">Of the image, lower-case hex.</param>
    /// <returns>
    /// Seconds; infinity for an image that was never tested so, as it may turn out to be the longest.
    /// </returns>
    public double Expected(string sha256, Accelerator accelerator) =>
        _seconds.GetValueOrDefault(Key(sha256, accelerator), double.PositiveInfinity);

    public void Remember(IEnumerable<(KernelResult Kernel, Accelerator Accelerator)> measured)
    {
        foreach (var (kernel, accelerator) in measured.Where(m => m.Kernel.Status == KernelStatus.Tested))
        {
            if (kernel is { Sha256: { } sha256, Known: null })
            {
                _seconds[Key(sha256, accelerator)] = Math.Round(kernel.Seconds, 3);
            }
        }
        CacheFile.Write(_path, _seconds, BootTimesJson.Default.DictionaryStringDouble);
    }

    private static string Key(string sha256, Accelerator accelerator) =>
        $"{sha256} {accelerator.ToString().ToLowerInvariant()}";
}

[JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class BootTimesJson : JsonSerializerContext;
