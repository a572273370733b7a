using Harness.Results;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>
/// A journal that a killed run left: a resumed run appends to it and loses no kernel that was there, and what it reads
/// makes a document that can be read again.
/// </summary>
internal sealed class JournalTarget : FuzzTarget
{
    private readonly Scratch _scratch = new();
    private readonly RunDocument _any = ResultsFile.Read(Inputs.Run);

    public override int LongestInput => 8192;

    protected override void Run(byte[] input)
    {
        File.Delete(_scratch[ResultsFile.Name]);
        _scratch.Write(Journal.Name, input);
        _ = Journal.IsUnbegun(_scratch.Directory);
        _ = RunHeader.Read(new RunDirectoryEntry(_scratch.Directory, "run"));
        RunRequest request;
        IReadOnlyList<KernelResult> kernels;
        try
        {
            (request, kernels) = Journal.Read(_scratch.Directory);
        }
        catch (ResultsException)
        {
            return;
        }
        Require(kernels.Count == 0 || !Journal.IsUnbegun(_scratch.Directory), "a journal with a kernel is begun");
        RequireResumable(request, kernels);
        var path = _scratch[ResultsFile.Name];
        ResultsFile.Write(path, _any with { Kernels = kernels, Ranges = [], Transitions = [] });
        Require(ResultsFile.Read(path).Kernels.Count == kernels.Count, "its kernels make a document");
    }

    private void RequireResumable(RunRequest request, IReadOnlyList<KernelResult> kernels)
    {
        var added = _any.Kernels[0] with { Id = "the-next" };
        using (var journal = Journal.Open(_scratch.Directory, request))
        {
            journal.Append(added);
        }
        var (_, after) = Journal.Read(_scratch.Directory);
        var ids = after.Select(k => k.Id).ToHashSet();
        // A last line without its end may be whole; it is tested again.
        Require(ids.Contains(added.Id) && kernels.SkipLast(1).All(k => ids.Contains(k.Id)), "no kernel is lost");
    }
}
