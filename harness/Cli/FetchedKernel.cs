using System.Text.Json.Serialization;
using Harness.Kernels;

namespace Harness.Cli;

/// <summary>What became of one kernel's image, as <c>fetch --json</c> gives it.</summary>
/// <param name="Status">
/// <c>here</c>, <c>built</c>, <c>downloaded</c>, <c>unavailable</c> or <c>failed</c>.
/// </param>
/// <param name="Path">The image's path; <c>null</c> where there is none.</param>
/// <param name="Sha256">Of the image as its vendor ships it; <c>null</c> where there is none.</param>
/// <param name="Note">What a reader should know of the choice; <c>null</c> for nothing.</param>
/// <param name="Problem">Why there is no image; <c>null</c> where there is one.</param>
internal sealed record FetchedKernel(
    string Id, string Status, string? Path, string? Sha256, string? Note, string? Problem)
{
    private const string Downloaded = "downloaded";

    /// <summary>The same for people, as <c>fetch</c> prints it.</summary>
    [JsonIgnore]
    public string InWords
    {
        get
        {
            var state = Status == Downloaded ? "downloaded and verified" : Status;
            var problem = Problem is null ? "" : $": {Problem}";
            var note = Note is null ? "" : $" ({Note})";
            return $"{Id}: {state}{problem}{note}";
        }
    }

    public static FetchedKernel Of(Kernel kernel, ImageResult result)
    {
        var image = (result as ImageResult.Available)?.Image;
        var status = result switch
        {
            ImageResult.Available { FromCache: true } => "here",
            ImageResult.Available => kernel.Source.Builds ? "built" : Downloaded,
            ImageResult.Unavailable => "unavailable",
            ImageResult.Failed => "failed",
            _ => throw new InvalidOperationException($"{result} is not known"),
        };
        return new FetchedKernel(kernel.Id, status, image?.Path, image?.Sha256, kernel.Note, result.Problem);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<FetchedKernel>))]
internal sealed partial class FetchJson : JsonSerializerContext;
