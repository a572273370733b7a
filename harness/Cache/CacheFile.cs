using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Harness.Cache;

/// <summary>
/// A value that is remembered in the user's cache, as JSON. Remembering only saves time: errors of reading and writing
/// are ignored, and the value is found out again.
/// </summary>
internal static class CacheFile
{
    /// <summary>The value; <c>null</c> when there is no file or it cannot be read.</summary>
    public static T? Read<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), type);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Replaces the value. A reader in another process sees the old text or the new one.</summary>
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Files.Replace(path, file => JsonSerializer.Serialize(file, value, type));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is not remembered.
        }
    }
}
