using Harness.Machines;

namespace Harness.Probes;

/// <summary>The native side of a probe whose one program is built already, whatever the matrix says.</summary>
/// <param name="probe">The probe's name.</param>
/// <param name="path">The path of the executable for a machine's guests.</param>
public sealed class BuiltProgram(string probe, Func<ProgramRequest, string> path) : IProbeProgram
{
    /// <inheritdoc/>
    public async Task<ProbePrograms> PrepareAsync(ProgramRequest request, CancellationToken cancellation)
    {
        var here = request with { Machine = MachineList.Default };
        var program = await NativeProgram.LoadAsync(probe, path(here), cancellation).ConfigureAwait(false);
        return new(request.Machine == MachineList.Default
            ? program
            : await program.BuiltForAsync(request.Machine, path(request), cancellation).ConfigureAwait(false));
    }
}
