namespace Harness.Kernels.Archives;

/// <summary>
/// What a server said of a version of a file, to ask later whether there is another (RFC 9110, section 13.1).
/// </summary>
public sealed record Validator(string? ETag, DateTimeOffset? LastModified);
