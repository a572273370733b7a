using Harness.Vm;

namespace Harness.Tests.Fuzz.Targets;

/// <summary>
/// The reader that follows a guest's channel. It comes to the same whether the file is there at once or grows in
/// pieces; the first byte of the input says how long these are, in units of 8 bytes.
/// </summary>
internal sealed class ChannelTarget : FuzzTarget
{
    private static readonly OutputLimits _limits = new() { Channel = 2048, Line = 256, Lines = 64 };

    private readonly Scratch _scratch = new();

    protected override void Run(byte[] input)
    {
        var piece = 8 * (input.Length == 0 ? 1 : input[0] + 1);
        var content = input.AsSpan(Math.Min(1, input.Length));
        using var whole = new ChannelReader(_scratch.Write("whole", content), "feed", reports: 2, _limits);
        var (results, calls) = (0, 0);
        do
        {
            results = whole.Advance() ?? results;
            Require(++calls <= 2, "a file that does not grow is read to its end");
        }
        while (whole.MayHaveMore);
        Require(whole.Length <= content.Length, "no more is read than there is");
        Require(whole.Excess is not null || whole.Length == content.Length, "all is read while the guest keeps within");
        Require(content.Length <= _limits.Channel || whole.Excess is not null, "a channel that is too long is noticed");
        Require(whole.Excess is not null || results <= content.Count((byte)'\n'), "a result is a line");
        RequireSameInPieces(content, piece, whole, results);
    }

    private void RequireSameInPieces(ReadOnlySpan<byte> content, int piece, ChannelReader whole, int results)
    {
        var path = _scratch.Write("pieces", []);
        using var reader = new ChannelReader(path, "feed", reports: 2, _limits);
        var seen = 0;
        for (var start = 0; start < content.Length && reader.Excess is null; start += piece)
        {
            using (var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
            {
                file.Write(content[start..Math.Min(start + piece, content.Length)]);
            }
            seen = reader.Advance() ?? seen;
        }
        Require(reader.Excess is null == whole.Excess is null, "whether it is too much does not depend on the pieces");
        Require(reader.Excess is not null || (seen == results && reader.HasEnded == whole.HasEnded),
            "what was read does not depend on the pieces");
    }
}
