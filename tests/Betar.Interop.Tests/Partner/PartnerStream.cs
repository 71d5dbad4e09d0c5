using System.Text.Json.Nodes;

namespace Betar.Interop.Tests.Partner;

/// <summary>A stream that the partner opened.</summary>
internal sealed class PartnerStream(PartnerNode node, JsonObject opened)
{
    private readonly int _stream = opened["stream"]!.GetValue<int>();

    public string Protocol { get; } = opened["protocol"]!.GetValue<string>();

    public Task SendAsync(ReadOnlySpan<byte> bytes) => node.AskAsync("send", new { stream = _stream, hex = Convert.ToHexString(bytes) });

    public async Task<byte[]> ReadAsync(int count) => (await node.AskAsync("read", new { stream = _stream, count })).Bytes("hex");

    public async Task<byte[]> ReadAllAsync() => (await node.AskAsync("readAll", new { stream = _stream })).Bytes("hex");

    /// <summary>"end", or the name of the error with which the stream ended.</summary>
    public async Task<string> EndingAsync() => (await node.AskAsync("ending", new { stream = _stream })).Text("ended");

    /// <summary>How many bytes had come when the stream ended and nobody had read them.</summary>
    public async Task<int> UnreadAsync() => (await node.AskAsync("ending", new { stream = _stream })).Int("unread");

    public Task CloseWriteAsync() => node.AskAsync("closeWrite", new { stream = _stream });

    public Task ResetAsync() => node.AskAsync("reset", new { stream = _stream });
}
