using Harness.Machines.Images;
using Harness.Processes;

namespace Harness.Doctor;

/// <summary>The programs that unpack kernels. Without its program a kernel unpacks itself in the guest.</summary>
internal sealed class DecompressorCheck : IMachineCheck
{
    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        const string Check = "decompressors";
        var missing = string.Join(", ", Compression.Programs.Where(d => CommandExecution.Find(d) is null));
        var slower = $"no {missing}: kernels packed so unpack themselves, about a second slower each";
        IReadOnlyList<Finding> findings = missing.Length == 0
            ? [Finding.Ok(Check, string.Join(", ", Compression.Programs))]
            : [Finding.Note(Check, slower, MachineDoctor.SetUp)];
        return Task.FromResult(findings);
    }
}
