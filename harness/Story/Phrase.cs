namespace Harness.Story;

/// <summary>A part of a sentence that looks alike.</summary>
/// <param name="Mark">The sign before it, of a status or a chip.</param>
public sealed record Phrase(PhraseKind Kind, string Text, Mark Mark = Mark.None)
{
    public static Phrase Plain(string text) => new(PhraseKind.Plain, text);

    public static Phrase Cited(string text) => new(PhraseKind.Cited, text);

    public static Phrase Code(string text) => new(PhraseKind.Code, text);

    public static Phrase Strong(string text) => new(PhraseKind.Strong, text);

    public static Phrase Emphasis(string text) => new(PhraseKind.Emphasis, text);

    public static Phrase Status(Mark mark, string text) => new(PhraseKind.Status, text, mark);

    public static Phrase Chip(Mark mark, string text) => new(PhraseKind.Chip, text, mark);

    public static Phrase FromString(string text) => Plain(text);

    public static implicit operator Phrase(string text) => Plain(text);
}
