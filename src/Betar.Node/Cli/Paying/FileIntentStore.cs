using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.X402;
using Betar.X402.Http.Buying;

namespace Betar.Node.Cli.Paying;

/// <summary>
/// What was signed for which intent, a file each, on the disk before it is sent: who runs the same intent again shows the same payment. The
/// files are as good as money until their payments are settled, so they are their owner's alone.
/// </summary>
internal sealed class FileIntentStore(DataFolder folder) : IIntentStore, IDisposable
{
    private FileStream? held;

    private string Root => Path.Combine(folder.Root, "intents");

    /// <exception cref="CliRefusedException">Another process has the intent, or its file cannot be read.</exception>
    public Task<IntentRecord?> BeginAsync(string intent, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            held = new FileStream(PathOf(intent) + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new CliRefusedException(ErrorCatalog.FolderInUse.Refuse($"Another betar pay is at work on the intent {intent}", "wait for it, and run this again"));
        }

        return Task.FromResult(Find(intent));
    }

    public Task SaveAsync(string intent, IntentRecord record, CancellationToken cancellationToken)
    {
        using var text = new StringWriter();
        JsonOutput.WriteLine(text, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("origin", record.Origin);
            writer.WriteString("header", record.Header);
            writer.WriteString("value", record.Value);
            writer.WriteString("payment", record.Key.ToString());
            writer.WriteString("amount", record.Amount.ToString());
            writer.WriteNumber("validBefore", record.ValidBefore.ToUnixTimeSeconds());
            writer.WriteEndObject();
        });
        SecretFile.Replace(PathOf(intent), Encoding.UTF8.GetBytes(text.ToString()));
        return Task.CompletedTask;
    }

    public Task AbandonAsync(string intent, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What was signed for it; null when nothing was.</summary>
    public IntentRecord? Find(string intent)
    {
        var path = PathOf(intent);
        if (!File.Exists(path))
            return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            if (!PaymentKey.TryParse(root.GetProperty("payment").GetString(), out var key))
                throw new FormatException("Not a payment's key.");
            return new IntentRecord(
                root.GetProperty("origin").GetString()!, root.GetProperty("header").GetString()!, root.GetProperty("value").GetString()!,
                key, AtomicAmount.Parse(root.GetProperty("amount").GetString()!),
                DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("validBefore").GetInt64()));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new CliRefusedException(ErrorCatalog.KeyFileMalformed.Refuse($"{path} does not say what was signed", "use another intent only if you know that nothing was paid") with { Cause = fault });
        }
    }

    public void Dispose() => held?.Dispose();

    private string PathOf(string intent) => Path.Combine(Root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(intent))) + ".json");
}
