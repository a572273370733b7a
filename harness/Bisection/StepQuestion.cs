using Harness.Probes;
using Harness.Results;
using Harness.Runs;

namespace Harness.Bisection;

/// <summary>What a step asks: one case of one program.</summary>
/// <param name="Prepared">What the program was prepared with.</param>
/// <param name="Boot">With the deadline of the matrix, where that gives one.</param>
public sealed record StepQuestion(string Case, ProgramTask Program, RunPrograms Prepared, BootSettings Boot)
{
    /// <summary>What the case wants of a kernel.</summary>
    public Outcome Want => Program.Cases.FirstOrDefault(c => c.Id == Case)?.Want ?? Outcome.Accept;

    /// <summary>What a kernel is built with for the case.</summary>
    public KernelOptions KernelOptions => Prepared.OptionsFor(Case, Program.Program);

    /// <exception cref="HarnessException">Options, the matrix or a program are at fault.</exception>
    public static async Task<StepQuestion> PrepareAsync(
        BisectOptions options, RunPlanner planner, CancellationToken cancellation)
    {
        options.Boot.Validate();
        HostFacts.RequireTools();
        var matrix = options.Selection.File is null ? null : planner.Matrices.Load(options.Selection);
        var prepared = await planner
            .ProgramsAsync(matrix, planner.EntriesOf(matrix, options.Probes), cancellation).ConfigureAwait(false);
        var boot = options.Boot with { Jobs = 1, TimeoutSeconds = options.Boot.Timeout(matrix)?.TotalSeconds };
        return new StepQuestion(
            options.Case, BisectArguments.Tasks(options.Case, false, prepared)[0], prepared, boot);
    }

    public RunPlan Plan(RunPlanner planner, string id, DateTimeOffset startedAt, string directory) =>
        planner.Plan(new StepwiseOptions
        {
            Id = id,
            StartedAt = startedAt,
            Directory = directory,
            Case = Case,
            Programs = [Program],
            Prepared = Prepared,
            Boot = Boot,
        });
}
