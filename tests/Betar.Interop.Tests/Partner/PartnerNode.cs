using System.Text.Json.Nodes;

namespace Betar.Interop.Tests.Partner;

/// <summary>One js-libp2p node of the partner.</summary>
internal sealed class PartnerNode(PartnerProcess process, JsonObject started) : IAsyncDisposable
{
    private readonly int _id = started["node"]!.GetValue<int>();

    public string PeerId { get; } = started["peerId"]!.GetValue<string>();

    public IReadOnlyList<string> Addresses { get; } = started["addresses"].Strings();

    public string Address => Addresses[0];

    public JsonObject Versions { get; } = started["versions"]!.AsObject();

    public Task<JsonObject> AskAsync(string command, object? fields = null) => process.AskAsync(command, _id, fields);

    public Task<JsonObject> DialAsync(string address) => AskAsync("dial", new { address });

    /// <summary>Opens a stream to a connected peer; the number names it in further commands.</summary>
    public async Task<PartnerStream> OpenAsync(string peer, params string[] protocols) =>
        new(this, await AskAsync("open", new { peer, protocols }));

    public async ValueTask DisposeAsync() => await AskAsync("stop");
}
