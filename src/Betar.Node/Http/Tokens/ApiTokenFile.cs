using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Http.Tokens;

/// <summary>The tokens of a data folder, hashed, in a file for its owner alone.</summary>
internal sealed class ApiTokenFile(string path)
{
    public const int MaxTokens = 1_000;
    private const int MaxBytes = 1024 * 1024;

    /// <summary>What tells one content of the file from another, without reading it.</summary>
    public (DateTime Written, long Length) Stamp => new FileInfo(path) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    public Checked<IReadOnlyList<ApiToken>> Read()
    {
        if (!File.Exists(path))
            return Checked.Of<IReadOnlyList<ApiToken>>([]);
        Checked<byte[]> bytes = SecretFile.Read(path, MaxBytes);
        if (!bytes.IsOk)
            return bytes.Refusal;
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes.Value);
            return Checked.Of<IReadOnlyList<ApiToken>>([.. document.RootElement.EnumerateArray().Select(Read)]);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            return ErrorCatalog.TokenFileWrong.Refuse($"{path} is not a list of tokens") with { Cause = fault };
        }
    }

    public void Write(IReadOnlyList<ApiToken> tokens)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartArray();
            foreach (ApiToken token in tokens)
            {
                writer.WriteStartObject();
                writer.WriteString("id", token.Id);
                writer.WriteString("name", token.Name);
                writer.WriteString("role", token.Role.ToString().ToLowerInvariant());
                writer.WriteString("sha256", Convert.ToHexStringLower(token.Hash));
                writer.WriteString("made", token.Made.ToString("O", CultureInfo.InvariantCulture));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        SecretFile.Replace(path, buffer.WrittenSpan);
    }

    private static ApiToken Read(JsonElement row) => new(
        row.GetProperty("id").GetString() ?? "",
        row.GetProperty("name").GetString() ?? "",
        Enum.Parse<ApiRole>(row.GetProperty("role").GetString() ?? "", ignoreCase: true),
        Convert.FromHexString(row.GetProperty("sha256").GetString() ?? ""),
        DateTimeOffset.Parse(row.GetProperty("made").GetString() ?? "", CultureInfo.InvariantCulture));
}
