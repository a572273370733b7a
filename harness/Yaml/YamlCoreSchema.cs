using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Harness.Yaml;

/// <summary>
/// The core schema of YAML 1.2, which says what a scalar without quotes is: <c>30</c> and <c>5.10</c> are numbers,
/// <c>true</c> is a truth value, and <c>6.1.192</c> and <c>yes</c> are texts. Editors read files by it, and hold what
/// they read against a JSON schema.
/// </summary>
internal static partial class YamlCoreSchema
{
    private const string TagStart = "tag:yaml.org,2002:";

    /// <param name="number">The value, of a number; else 0.</param>
    public static YamlScalarKind KindOf(Scalar scalar, out double number) =>
        KindOf(scalar.Value, scalar.Style, scalar.Tag, out number);

    /// <param name="tag">Empty where the scalar has none; then its style and its text say what it is.</param>
    /// <param name="number">The value, of a number; else 0.</param>
    public static YamlScalarKind KindOf(string text, ScalarStyle style, TagName tag, out double number)
    {
        number = 0;
        var isPlain = style == ScalarStyle.Plain && tag.IsEmpty;
        return !isPlain && (tag.IsEmpty || !HasCoreTag(tag)) ? YamlScalarKind.Text
            : text is "" or "~" or "null" or "Null" or "NULL" ? YamlScalarKind.Null
            : text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE" ? YamlScalarKind.Boolean
            : TryNumber(text, out number) ? YamlScalarKind.Number
            : YamlScalarKind.Text;
    }

    /// <summary>Tags by which a scalar is read as if it were plain; <c>!!str</c> makes a text of any.</summary>
    private static bool HasCoreTag(TagName tag) => !tag.IsNonSpecific && tag.Value is
        TagStart + "null" or TagStart + "bool" or TagStart + "int" or TagStart + "float";

    private static bool TryNumber(string text, out double number)
    {
        number = 0;
        if (Decimal().IsMatch(text))
        {
            number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
            return true;
        }
        if (Special().Match(text) is { Success: true } special)
        {
            number = special.Groups["nan"].Success ? double.NaN
                : text[0] == '-' ? double.NegativeInfinity
                : double.PositiveInfinity;
            return true;
        }
        if (Based().IsMatch(text))
        {
            var bits = text[1] == 'x' ? 16 : 8;
            number = text[2..].Aggregate(0d, (sum, digit) => (sum * bits) + Convert.ToInt32(digit.ToString(), 16));
            return true;
        }
        return false;
    }

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^([-+]?\.(inf|Inf|INF)|(?<nan>\.(nan|NaN|NAN)))\z", RegexOptions.CultureInvariant)]
    private static partial Regex Special();

    [GeneratedRegex(@"^0(o[0-7]+|x[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Based();
}
