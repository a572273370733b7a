namespace Harness.Site;

/// <summary>The directory cannot hold the site. Nothing in it was changed.</summary>
public sealed class SiteException(string message) : HarnessException(message, ExitCodes.Usage);
