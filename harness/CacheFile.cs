using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Harness;

/// <summary>What is remembered in the user's cache, as JSON. Without it things take longer and are no worse, so that no error here is anybody's.</summary>
internal static class CacheFile
{
    /// <summary>What is remembered; <c>null</c> when nothing is, or nothing that can be read.</summary>
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

    /// <summary>Another process's reader sees the old text or the new one.</summary>
    public static void Write<T>(string path, T value, JsonTypeInfo<T> type)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var temporary = $"{path}.{Environment.ProcessId}.tmp";
            File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(value, type));
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is not remembered.
        }
    }
}
