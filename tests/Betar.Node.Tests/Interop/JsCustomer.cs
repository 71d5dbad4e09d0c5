using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Betar.Ethereum;
using Betar.Interop.Tests.Partner;
using Betar.Libp2p.Multiformats;

namespace Betar.Node.Tests.Interop;

/// <summary>A js-libp2p buyer: it asks, signs with viem, and shows what it signed as often as it is told to.</summary>
internal sealed class JsCustomer : IAsyncDisposable
{
    /// <summary>Whom it says to be when it asks.</summary>
    public const string ClaimedName = "did:key:somebody-else";

    private readonly PartnerNode _node;
    private readonly string _key;
    private readonly string _seller;

    private JsCustomer(PartnerNode node, string key, Address account, string seller) => (_node, _key, Account, _seller) = (node, key, account, seller);

    public Address Account { get; }

    public string PeerId => _node.PeerId;

    public static async Task<JsCustomer> StartAsync(PartnerProcess process, Multiaddr seller)
    {
        PartnerNode node = await process.StartNodeAsync(new { listen = Array.Empty<string>() });
        string key = "0x" + RandomNumberGenerator.GetHexString(64, lowercase: true);
        Address account = Address.Parse((await node.AskAsync("account", new { key })).Text("address"));
        await node.DialAsync(seller.ToString());
        return new JsCustomer(node, key, account, seller.Peer!.ToString()!);
    }

    public async Task<JsonObject> ListedAsync(string name) =>
        (await _node.AskAsync("list", new { peer = _seller }))["listings"]!.AsArray().Single(listing => listing!["name"]!.GetValue<string>() == name)!.AsObject();

    public Task<JsonObject> QuoteAsync(string resource, string input, string correlation) =>
        _node.AskAsync("quote", new { peer = _seller, resource, input, correlation });

    public Task<JsonObject> IdentifyAsync() => _node.AskAsync("identify", new { peer = _seller });

    /// <summary>What our node answers to a message of the marketplace's own protocol.</summary>
    public async Task<string> MarketAsync(string type, string json) => (await _node.AskAsync("market", new { peer = _seller, type, json })).Text("answer");

    /// <param name="agent">As listed.</param>
    /// <param name="input">The task.</param>
    /// <param name="otherwise">What it does unlike an honest buyer, as the program's <c>sign</c> knows it.</param>
    public async Task<(string Frame, JsonObject Payment)> SignAsync(JsonObject agent, string input, JsonObject? otherwise = null)
    {
        string resource = agent["id"]!.GetValue<string>(), correlation = Guid.NewGuid().ToString();
        JsonObject quoted = await QuoteAsync(resource, input, correlation);
        Assert.Equal("x402.payment_required", quoted.Text("type"));
        var fields = new JsonObject { ["key"] = _key, ["demand"] = quoted["message"]!.DeepClone(), ["resource"] = resource, ["input"] = input, ["correlation"] = correlation, ["caller"] = ClaimedName };
        foreach ((string name, JsonNode? value) in otherwise ?? [])
            fields[name] = value!.DeepClone();
        JsonObject signed = await _node.AskAsync("sign", fields);
        return (signed.Text("frame"), signed["payment"]!.AsObject());
    }

    /// <summary>The same frame until the answer is an end.</summary>
    public async Task<(string Type, JsonObject Message)> ShowAsync(string frame)
    {
        using var patience = new CancellationTokenSource(PartnerProcess.Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            (string type, JsonObject message) = await ShowOnceAsync(frame);
            if (type == "x402.response" || !message.Is("retryable"))
                return (type, message);
            await pause.WaitForNextTickAsync(patience.Token);
        }
    }

    public async Task<(string Type, JsonObject Message)> ShowOnceAsync(string frame)
    {
        JsonObject answer = await _node.AskAsync("show", new { peer = _seller, frame });
        return (answer.Text("type"), answer["message"]!.AsObject());
    }

    public Task<PartnerStream> OpenAsync() => _node.OpenAsync(_seller, "/x402/libp2p/1.0.0");

    public ValueTask DisposeAsync() => _node.DisposeAsync();
}
