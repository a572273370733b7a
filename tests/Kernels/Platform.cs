using System.Runtime.Versioning;

// As the harness itself, whose project says the same.
[assembly: SupportedOSPlatform("linux")]
