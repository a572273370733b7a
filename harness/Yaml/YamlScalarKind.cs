namespace Harness.Yaml;

/// <summary>What a scalar is to a program that knows no more than YAML 1.2 (YAML 1.2.2, section 10.3.2).</summary>
internal enum YamlScalarKind
{
    Null,
    Boolean,
    Number,
    Text,
}
