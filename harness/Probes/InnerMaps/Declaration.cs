namespace Harness.Probes.InnerMaps;

/// <summary>A way to declare a struct-typed value that people ask about, and how it went.</summary>
/// <param name="Declared">What stands in the BPF object, or in the template; backticks set off code.</param>
/// <param name="Made">How the inner map is made; backticks set off code.</param>
/// <param name="Toolchains">The compilers, where they matter.</param>
/// <param name="Answers">One, unless libbpf versions or map types differ.</param>
/// <param name="WorksOn">The number of kernels, where all that could be asked accept it; 0 where some do not.</param>
public sealed record Declaration(
    string Declared, string Made, IReadOnlyList<string> Toolchains, IReadOnlyList<DeclarationAnswer> Answers,
    int WorksOn);
