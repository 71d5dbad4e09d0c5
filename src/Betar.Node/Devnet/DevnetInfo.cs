using System.Text;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Node.Cli;
using Betar.Node.Folder;

namespace Betar.Node.Devnet;

/// <summary>Where a running devnet or anvil is: the first line that it prints, and what its data folder keeps about it.</summary>
/// <param name="Url">Where it answers JSON-RPC.</param>
/// <param name="ChainId">The id of the chain.</param>
/// <param name="Token">The contract of its USDC.</param>
/// <param name="ProcessId">The process that runs it.</param>
/// <param name="StopKey">Who knows this may stop it; it stands in the folder's file only.</param>
/// <param name="Vault">The contract that holds escrows; null where there is none.</param>
internal sealed record DevnetInfo(Uri Url, ulong ChainId, Address Token, int ProcessId, string? StopKey = null, Address? Vault = null)
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("url", Url.ToString());
        writer.WriteNumber("chainId", ChainId);
        writer.WriteString("token", Token.ToString());
        if (Vault is { } vault)
            writer.WriteString("vault", vault.ToString());
        writer.WriteNumber("pid", ProcessId);
        if (StopKey is not null)
            writer.WriteString("stopKey", StopKey);
        writer.WriteEndObject();
    }

    public static DevnetInfo? TryParse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && Uri.TryCreate(Text(root, "url"), UriKind.Absolute, out var url) && url.IsLoopback
                && root.TryGetProperty("chainId", out var chain) && chain.TryGetUInt64(out var chainId)
                && root.TryGetProperty("pid", out var pid) && pid.TryGetInt32(out var processId)
                && Address.TryParse(Text(root, "token"), out var token)
                ? new DevnetInfo(url, chainId, token, processId, Text(root, "stopKey"), Address.TryParse(Text(root, "vault"), out var vault) ? vault : null)
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>What the folder says about its devnet; null when it says nothing or the process is gone.</summary>
    public static DevnetInfo? Read(DataFolder folder) => ReadFile(folder.DevnetInfo);

    /// <summary>The same of its anvil.</summary>
    public static DevnetInfo? ReadAnvil(DataFolder folder) => ReadFile(folder.AnvilInfo);

    /// <summary>Whether it answers: after a crash its process id may be another program's.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            using var http = new HttpClient { Timeout = AnswerTime };
            using var answer = await http.GetAsync(Url, cancellation);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>For the owner alone, whole or not at all.</summary>
    public void Publish(string path)
    {
        using var text = new StringWriter();
        JsonOutput.WriteLine(text, WriteTo);
        SecretFile.Replace(path, Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static DevnetInfo? ReadFile(string path)
    {
        try
        {
            return File.Exists(path) && TryParse(File.ReadAllText(path)) is { } info && ProcessTable.IsAlive(info.ProcessId) ? info : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
