namespace Harness.Tests.Matrix.Generated;

/// <summary>A YAML value that a test puts together, changes and writes.</summary>
internal abstract record YamlNode
{
    /// <summary>The value in flow style.</summary>
    public sealed override string ToString() => Text();

    /// <summary>A copy that shares nothing.</summary>
    public abstract YamlNode Copy();

    protected abstract string Text();

    /// <param name="Raw">As it stands in the file, with its quotes.</param>
    public sealed record Scalar(string Raw) : YamlNode
    {
        public override YamlNode Copy() => this;

        protected override string Text() => Raw;
    }

    public sealed record Sequence(List<YamlNode> Items) : YamlNode
    {
        public override YamlNode Copy() => new Sequence([.. Items.Select(item => item.Copy())]);

        protected override string Text() => $"[{string.Join(", ", Items)}]";
    }

    public sealed record Mapping(List<(string Key, YamlNode Value)> Keys) : YamlNode
    {
        public override YamlNode Copy() => new Mapping([.. Keys.Select(key => (key.Key, key.Value.Copy()))]);

        protected override string Text() => $"{{{string.Join(", ", Keys.Select(key => $"{key.Key}: {key.Value}"))}}}";
    }
}
