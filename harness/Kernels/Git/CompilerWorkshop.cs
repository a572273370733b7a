using System.Globalization;

namespace Harness.Kernels.Git;

/// <summary>Where commits are built with one compiler.</summary>
/// <param name="Compiler"><c>null</c> for the one that make takes by itself.</param>
/// <param name="Identity">Of configuration and toolchain (<see cref="BuildTools.IdentityAsync"/>).</param>
public sealed record CompilerWorkshop(Compiler? Compiler, KernelWorkshop Workshop, string Identity)
{
    /// <summary>
    /// A workshop for each compiler, in their order. They also build patched and reverted trees, whose objects they
    /// share.
    /// </summary>
    /// <param name="compilers">Empty for the one that make takes by itself.</param>
    public static async Task<(IReadOnlyList<CompilerWorkshop> Workshops, OwnObjects Objects)> WithObjectsAsync(
        GitRepository repository, BuildSettings settings, IReadOnlyList<Compiler> compilers, string cacheRoot,
        CancellationToken cancellation)
    {
        OwnObjects? objects = null;
        var workshops = new List<CompilerWorkshop>();
        foreach (var compiler in compilers.Cast<Compiler?>().DefaultIfEmpty())
        {
            var own = settings with { Compiler = compiler };
            var identity = await BuildTools.IdentityAsync(own, cancellation).ConfigureAwait(false);
            // Both workshops are one directory.
            objects ??= new OwnObjects(repository, Path.Combine(
                new KernelWorkshop(repository, own, identity, cacheRoot).Directory, "made-objects"));
            workshops.Add(new CompilerWorkshop(
                compiler, new KernelWorkshop(objects.Reader, own, identity, cacheRoot), identity));
        }
        return (workshops, objects!);
    }

    /// <summary>
    /// The same workshops as often as builds may run at a time, each beside the others: one more than are built ahead,
    /// as what is asked for may still be built in one of them.
    /// </summary>
    /// <param name="ahead">How many are built ahead.</param>
    public static IReadOnlyList<IReadOnlyList<CompilerWorkshop>> Beside(
        IReadOnlyList<CompilerWorkshop> workshops, int ahead)
    {
        // The processors are shared with the build that is waited for.
        var jobs = Math.Max(1, Environment.ProcessorCount / (ahead + 1));
        return
        [
            .. Enumerable.Range(1, ahead + 1).Select(slot => (IReadOnlyList<CompilerWorkshop>)
            [
                .. workshops.Select(one => one with
                {
                    Workshop = one.Workshop.Beside(
                        string.Create(CultureInfo.InvariantCulture, $"ahead-{slot}"), jobs),
                }),
            ]),
        ];
    }

    /// <summary>Of all of them: what the verdicts of a bisection may depend on besides its trees.</summary>
    public static string IdentityOf(IReadOnlyList<CompilerWorkshop> workshops) => workshops.Count == 1
        ? workshops[0].Identity
        : Hashes.Sha256OfText(string.Join('\n', workshops.Select(workshop => workshop.Identity)));
}
