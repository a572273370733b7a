namespace Harness.Story;

/// <summary>
/// Text for people, in phrases. It may be anything a guest said: each format escapes it in its own way.
/// </summary>
public sealed record Sentence(params IReadOnlyList<Phrase> Phrases)
{
    /// <summary>The words alone, without signs.</summary>
    public string Words => string.Concat(Phrases.Select(p => p.Text));

    /// <summary>Takes a text of our own in which backticks set off code.</summary>
    public static Sentence Marked(string text) => new(
    [
        .. text.Split('`').Index().Where(part => part.Item.Length > 0)
            .Select(part => part.Index % 2 == 0 ? Phrase.Plain(part.Item) : Phrase.Code(part.Item)),
    ]);

    /// <summary>Puts sentences together, with a text between each two.</summary>
    public static Sentence Join(string between, IEnumerable<Sentence> sentences) => new(
        [.. sentences.SelectMany((s, i) => i == 0 ? s.Phrases : [Phrase.Plain(between), .. s.Phrases])]);

    public static Sentence FromString(string text) => new(Phrase.Plain(text));

    public static implicit operator Sentence(string text) => FromString(text);

    public static Sentence Add(Sentence left, Sentence right) => new([.. left.Phrases, .. right.Phrases]);

    public static Sentence operator +(Sentence left, Sentence right) => Add(left, right);

    public bool Equals(Sentence? other) => other is not null && Phrases.SequenceEqual(other.Phrases);

    public override int GetHashCode() => Phrases.Aggregate(0, HashCode.Combine);
}
