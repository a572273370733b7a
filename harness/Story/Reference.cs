namespace Harness.Story;

/// <summary>What a text may name and what has a page elsewhere, such as a commit or an issue.</summary>
/// <param name="Pattern">
/// A regular expression that .NET and JavaScript read alike. Its first group is what stands in the address; without a
/// group, all that it matches.
/// </param>
/// <param name="Address">The page's address, with <c>{0}</c> for what the pattern found.</param>
public sealed record Reference(string Pattern, string Address);
