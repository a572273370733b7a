using System.Text.Json.Serialization;

namespace Harness.Kernels.Choice;

/// <summary>Which kernels of each series a rule takes.</summary>
public enum Pick
{
    Newest,
    Oldest,

    [JsonStringEnumMemberName("oldest-and-newest")]
    OldestAndNewest,
    All,
}
