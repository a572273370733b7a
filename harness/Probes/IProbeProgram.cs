using Harness.Machines;
using Harness.Yaml;

namespace Harness.Probes;

/// <summary>
/// The native side of a probe: the static programs that ask its questions inside a guest, one by one. A program
/// has the same table on every machine, so that one which cannot run here is asked through its build for
/// <see cref="MachineList.Default"/>.
/// </summary>
public interface IProbeProgram
{
    /// <summary>
    /// Finds the programs that a run asks with on the kernels of <see cref="ProgramRequest.Machine"/>, and builds those
    /// that are not there yet.
    /// </summary>
    /// <exception cref="YamlFileException">
    /// The matrix names what is not installed; the message has each problem with its place.
    /// </exception>
    /// <exception cref="ProgramException">
    /// A program is not built for that machine, cannot be built, or does not answer.
    /// </exception>
    Task<ProbePrograms> PrepareAsync(ProgramRequest request, CancellationToken cancellation);
}
