namespace Harness.Tests.Architecture;

/// <summary>A place in a source text that names a namespace of the harness.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Namespace">The namespace, <c>Harness.Kernels.Debian</c>.</param>
internal sealed record NamespaceUse(int Line, string Namespace);
