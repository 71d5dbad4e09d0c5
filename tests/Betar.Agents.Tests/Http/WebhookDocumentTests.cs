using System.Security.Cryptography;
using System.Text;
using Betar.Agents.Http;
using Betar.Agents.Tests.Support;
using Betar.Tests.Shared;

namespace Betar.Agents.Tests.Http;

/// <summary>What docs/executors.md tells a webhook to do with a signature: its text is this file's, and it is right.</summary>
public sealed class WebhookDocumentTests
{
    [Fact]
    public async Task The_check_of_the_document_takes_what_the_node_signs_and_nothing_else()
    {
        await using LoopbackServer server = LoopbackServer.Always(200, "ok");
        var time = new ManualTime();
        IExecutor executor = Executors.Make("http", $$"""{ "url": "{{server.Url}}", "allowPrivate": true, "secret": "env:HOOK" }""",
            new ExecutorTools { Time = time, Secrets = new TestSecrets(("env:HOOK", "s3cret")) });
        await executor.RunAsync("töst");
        HttpExchange got = Assert.Single(server.Requests);
        string timestamp = got.Header(WebhookSignature.TimeHeader)!, signature = got.Header(WebhookSignature.Header)!;
        DateTimeOffset now = time.GetUtcNow();

        Assert.True(IsBetars("s3cret", timestamp, signature, got.Body, now));
        Assert.True(IsBetars("s3cret", timestamp, signature, got.Body, now.AddSeconds(300)));
        Assert.False(IsBetars("s3cret", timestamp, signature, got.Body, now.AddSeconds(301)));
        Assert.False(IsBetars("s3cret", timestamp, signature, got.Body, now.AddSeconds(-301)));
        Assert.False(IsBetars("other", timestamp, signature, got.Body, now));
        Assert.False(IsBetars("s3cret", timestamp + "0", signature, got.Body, now));
        Assert.False(IsBetars("s3cret", timestamp, signature[..^1], got.Body, now));
        Assert.False(IsBetars("s3cret", timestamp, signature, [.. got.Body, 0], now));
    }

    [Fact]
    public void Its_text_is_that_of_the_document()
    {
        string text = File.ReadAllText(Path.Combine(Repository, "docs", "executors.md")), own = File.ReadAllText(Path.Combine(Repository, "tests", "Betar.Agents.Tests", "Http", "WebhookDocumentTests.cs"));
        const string Begin = "static bool IsBetars(string";
        string snippet = text[text.IndexOf(Begin, StringComparison.Ordinal)..];
        snippet = snippet[..snippet.IndexOf("```", StringComparison.Ordinal)].TrimEnd();

        Assert.Contains(string.Join('\n', snippet.Split('\n').Select(line => line.Length == 0 ? line : "    " + line)).Replace("    " + Begin, "    private " + Begin, StringComparison.Ordinal), own, StringComparison.Ordinal);
    }

    private static string Repository
    {
        get
        {
            string folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Betar.Orleans.sln")))
                folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The repository was not found.");
            return folder;
        }
    }

    private static bool IsBetars(string secret, string timestamp, string signature, byte[] body, DateTimeOffset now)
    {
        byte[] expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes(timestamp + "."), .. body]);
        return long.TryParse(timestamp, out long seconds) && Math.Abs(now.ToUnixTimeSeconds() - seconds) <= 300
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(signature), Encoding.ASCII.GetBytes("v1=" + Convert.ToHexStringLower(expected)));
    }
}
