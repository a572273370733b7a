using Harness.Results;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>
/// results.json: it is refused with its place, or what was read is written and read again as it was.
/// </summary>
internal sealed class ResultsTarget : FuzzTarget
{
    private readonly Scratch _scratch = new();

    public override int LongestInput => 16384;

    protected override void Run(byte[] input)
    {
        var path = _scratch.Write(ResultsFile.Name, input);
        RunDocument document;
        try
        {
            document = ResultsFile.Read(path);
        }
        catch (ResultsException e)
        {
            Require(e.Message.StartsWith(path, StringComparison.Ordinal), "a problem has its file");
            return;
        }
        var first = WriteAgain(path, document);
        var second = WriteAgain(path, first.Document);
        Require(first.Text.AsSpan().SequenceEqual(second.Text), "a document is written and read again");
        var entry = new RunDirectoryEntry(_scratch.Directory, "run");
        Require(RunHeader.Read(entry)?.Id == document.Run.Id, "the header is that of the document");
    }

    private static (RunDocument Document, byte[] Text) WriteAgain(string path, RunDocument document)
    {
        ResultsFile.Write(path, document);
        return (ResultsFile.Read(path), File.ReadAllBytes(path));
    }
}
