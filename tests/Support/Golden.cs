namespace Harness.Tests.Support;

/// <summary>
/// Expected files under <c>tests/Golden</c>. <c>UPDATE_GOLDEN=1</c> writes them anew; the diff is then to be read.
/// </summary>
internal static class Golden
{
    public static void Matches(string name, string actual)
    {
        var path = Path.Combine(Repository.Find().Path, "tests", "Golden", name);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }
        Assert.That(path, Does.Exist, "run the tests with UPDATE_GOLDEN=1, and read what it wrote");
        Assert.That(actual, Is.EqualTo(File.ReadAllText(path)),
            $"differs from tests/Golden/{name}; if that is meant, run with UPDATE_GOLDEN=1");
    }
}
