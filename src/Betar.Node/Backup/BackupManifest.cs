using System.Text.Json;
using Betar.Node.Cli;

namespace Betar.Node.Backup;

/// <summary>The first file of a backup: what it holds, and what each file must be.</summary>
internal sealed record BackupManifest(string Version, DateTimeOffset CreatedAt, string PeerId, IReadOnlyList<BackupEntry> Files)
{
    public const string FileName = "manifest.json";
    public const int Largest = 4 * 1024 * 1024;
    private const int Format = 1;

    public byte[] Write()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", Format);
            writer.WriteString("version", Version);
            writer.WriteString("createdAt", CreatedAt);
            writer.WriteString("peerId", PeerId);
            writer.WriteStartArray("files");
            foreach (var file in Files)
            {
                writer.WriteStartObject();
                writer.WriteString("name", file.Name);
                writer.WriteNumber("size", file.Size);
                writer.WriteString("sha256", file.Sha256);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Null when it is none, or names a file that must not be.</summary>
    public static BackupManifest? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || root.Text("format") != "1" || !root.TryGetProperty("createdAt", out var time) || !time.TryGetDateTimeOffset(out var created))
                return null;
            BackupEntry[] files =
            [
                .. root.GetProperty("files").EnumerateArray().Select(file => new BackupEntry(file.Text("name"), file.GetProperty("size").GetInt64(), file.Text("sha256"))),
            ];
            return files.All(file => IsSafe(file.Name) && file.Size >= 0) && files.DistinctBy(file => file.Name).Count() == files.Length
                ? new BackupManifest(root.Text("version"), created, root.Text("peerId"), files)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Inside the folder, by plain names.</summary>
    private static bool IsSafe(string name) => name.Length is > 0 and <= 512 && !name.Contains('\\', StringComparison.Ordinal) && !name.Any(char.IsControl)
        && name.Split('/').All(part => part.Length > 0 && part is not ("." or ".."));
}
