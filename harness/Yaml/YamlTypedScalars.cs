using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Harness.Yaml;

/// <summary>
/// Reads texts and numbers by what YAML 1.2 takes them for, as an editor does that knows the file's schema. Otherwise
/// <c>1e10</c> would be a text here, and a number there.
/// </summary>
internal sealed class YamlTypedScalars : INodeDeserializer
{
    public bool Deserialize(
        IParser parser, Type expectedType, Func<IParser, Type, object?> nestedObjectDeserializer, out object? value,
        ObjectDeserializer rootDeserializer)
    {
        value = null;
        if (expectedType != typeof(string) && expectedType != typeof(double) && expectedType != typeof(int)
            && expectedType != typeof(VersionText))
        {
            return false;
        }
        if (!parser.TryConsume<Scalar>(out var scalar))
        {
            throw YamlErrors.WrongType(parser.Current!);
        }
        var kind = YamlCoreSchema.KindOf(scalar, out var number);
        value = expectedType == typeof(double) ? Number(scalar, kind, number)
            : expectedType == typeof(int) ? Whole(scalar, kind, number)
            : kind == YamlScalarKind.Null ? null
            : expectedType == typeof(string) ? Text(scalar, kind)
            : Version(scalar, kind, number);
        return true;
    }

    private static double Number(Scalar scalar, YamlScalarKind kind, double number) =>
        kind == YamlScalarKind.Number ? number : throw YamlErrors.NoNumber(scalar);

    private static int Whole(Scalar scalar, YamlScalarKind kind, double number) =>
        kind == YamlScalarKind.Number && number is >= int.MinValue and <= int.MaxValue
            && number == Math.Truncate(number) ? (int)number : throw YamlErrors.NoWholeNumber(scalar);

    private static string Text(Scalar scalar, YamlScalarKind kind) =>
        kind == YamlScalarKind.Text ? scalar.Value : throw YamlErrors.NoText(scalar, kind);

    private static VersionText Version(Scalar scalar, YamlScalarKind kind, double number) => kind switch
    {
        YamlScalarKind.Text => new VersionText(scalar.Value),
        YamlScalarKind.Number when number is >= VersionText.Least and <= VersionText.Most =>
            new VersionText(scalar.Value),
        _ => throw YamlErrors.NoText(scalar, kind),
    };
}
