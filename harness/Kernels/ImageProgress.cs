namespace Harness.Kernels;

/// <summary>Who is told how far an image is.</summary>
/// <param name="Received">Is told the number of bytes downloaded so far.</param>
/// <param name="Retrying">Is told of each attempt that is repeated, before the wait.</param>
/// <param name="Building">Is told what a build is at, from several threads.</param>
public sealed record ImageProgress(IProgress<long> Received, Action<Retry> Retrying, Action<BuildProgress> Building)
{
    public static ImageProgress None { get; } = new(new Progress<long>(), _ => { }, _ => { });
}
