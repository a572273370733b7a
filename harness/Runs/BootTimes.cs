using System.Text.Json.Serialization;
using Harness.Cache;
using Harness.Results;

namespace Harness.Runs;

/// <summary>
/// How long each image took, kept in the user's cache, so that the longest is started first and no core waits for it at
/// the end. Only the order depends on it: a file that cannot be read or written is ignored.
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
    /// <returns>Seconds; infinity for an image that was never tested, as it may turn out to be the longest.</returns>
    public double Expected(string sha256) => _seconds.GetValueOrDefault(sha256, double.PositiveInfinity);

    public void Remember(IEnumerable<KernelResult> kernels)
    {
        foreach (var kernel in kernels.Where(k => k is { Status: KernelStatus.Tested, Sha256: not null }))
        {
            _seconds[kernel.Sha256!] = Math.Round(kernel.Seconds, 3);
        }
        CacheFile.Write(_path, _seconds, BootTimesJson.Default.DictionaryStringDouble);
    }
}

[JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class BootTimesJson : JsonSerializerContext;
