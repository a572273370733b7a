using System.Text.Json.Serialization;
using Harness.Cache;
using Harness.Machines;

namespace Harness.Runs;

/// <summary>
/// Images that reach the prober only when they are booted as their vendor ships them, kept in the user's cache so
/// that the shorter way is not tried again each time. Another accelerator, or other parameters, are another question.
/// </summary>
public sealed class PlainImages
{
    private readonly string _path;
    private readonly HashSet<string> _images;
    private readonly Lock _gate = new();

    private readonly IReadOnlySet<KernelArea> _doesWithout;
    private readonly int _cpus;

    private PlainImages(string path, HashSet<string> images, IReadOnlySet<KernelArea> doesWithout, int cpus) =>
        (_path, _images, _doesWithout, _cpus) = (path, images, doesWithout, cpus);

    /// <param name="doesWithout">What every probe of these boots does without.</param>
    /// <param name="cpus">The CPUs of each guest.</param>
    public static PlainImages Read(string cacheRoot, IReadOnlySet<KernelArea> doesWithout, int cpus = 1)
    {
        var path = Path.Combine(cacheRoot, "plain-images.json");
        return new PlainImages(
            path, CacheFile.Read(path, PlainImagesJson.Default.HashSetString) ?? [], doesWithout, cpus);
    }

    /// <param name="sha256">The image's.</param>
    public bool Contains(string sha256, Machine machine, Accelerator accelerator)
    {
        lock (_gate)
        {
            return _images.Contains(Key(sha256, machine, accelerator));
        }
    }

    public void Remember(string sha256, Machine machine, Accelerator accelerator)
    {
        lock (_gate)
        {
            if (_images.Add(Key(sha256, machine, accelerator)))
            {
                CacheFile.Write(_path, _images, PlainImagesJson.Default.HashSetString);
            }
        }
    }

    private string Key(string sha256, Machine machine, Accelerator accelerator) =>
        $"{sha256} {accelerator.ToString().ToLowerInvariant()} "
            + string.Join(' ', KernelParameters.For(machine, accelerator, lean: true, _doesWithout, _cpus));
}

[JsonSerializable(typeof(HashSet<string>))]
internal sealed partial class PlainImagesJson : JsonSerializerContext;
