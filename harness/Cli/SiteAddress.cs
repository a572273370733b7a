namespace Harness.Cli;

/// <summary>Where the site that <c>harness publish</c> writes is served.</summary>
internal static class SiteAddress
{
    /// <param name="option">The option that gives it, for the message.</param>
    /// <returns>With a slash at its end.</returns>
    /// <exception cref="UsageException">The text is no address of the web.</exception>
    public static Uri Parse(string option, string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            ? url
            : throw new UsageException($"{option}: '{text}' is no address such as https://example.org/kernels");
}
