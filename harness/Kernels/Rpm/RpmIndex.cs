using System.Text.Json.Serialization;

namespace Harness.Kernels.Rpm;

/// <summary>The wanted packages of a repository, as the cache keeps them.</summary>
/// <param name="IsSigned">A key that may sign the repository covers the packages' hashes.</param>
public sealed record RpmIndex(DateTimeOffset CheckedAt, bool IsSigned, IReadOnlyList<RpmPackage> Packages);

[JsonSerializable(typeof(RpmIndex))]
[JsonSourceGenerationOptions(
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class RpmIndexJson : JsonSerializerContext;
