namespace Harness.Probes;

/// <summary>The native side of a probe whose one program is built already, whatever the matrix says.</summary>
/// <param name="probe">The probe's name.</param>
/// <param name="path">The path of the executable, given the checkout.</param>
public sealed class BuiltProgram(string probe, Func<Repository, string> path) : IProbeProgram
{
    /// <inheritdoc/>
    public async Task<ProbePrograms> PrepareAsync(ProgramRequest request, CancellationToken cancellation) =>
        new(await NativeProgram.LoadAsync(probe, path(request.Repository), cancellation).ConfigureAwait(false));
}
