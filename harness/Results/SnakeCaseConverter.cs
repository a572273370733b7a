using System.Text.Json;
using System.Text.Json.Serialization;

namespace Harness.Results;

/// <summary><c>boot_failed</c> for <c>BootFailed</c>; a number is refused.</summary>
internal sealed class SnakeCaseConverter<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
