using System.Text.Json.Nodes;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Buying;
using Betar.Interop.Tests.Partner;
using Betar.Node.Composition;
using Betar.Node.Configuration;
using Betar.Node.Demo;
using Betar.Node.Tests.Support;
using Betar.Storage.Ledger;
using Betar.X402;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Tests.Interop;

/// <summary>A whole node of ours on its chain, which sells and buys, and a js-libp2p program with viem that knows the wire and nothing of us.</summary>
public sealed class TradeWorld : IAsyncLifetime
{
    private const uint Money = 1_000_000;

    private readonly TempFolder _folder = new();
    private DemoWebhook _webhook = null!;
    private ChainLink _chain = null!;
    private DemoSeller _seller = null!;
    private PartnerProcess _process = null!;

    /// <summary>What the node logged that looks like a signature.</summary>
    internal SignatureWatch Log { get; } = new();

    internal SellerNode Node => _seller.Node;

    internal string Wallet => Address.FromKey(Node.Keys.Payee).ToString();

    /// <summary>What a demand of this chain looks like; each test has its own to spoil.</summary>
    internal JsonObject Demand(string amount, string payTo) => new()
    {
        ["scheme"] = "exact", ["network"] = _chain.Asset.Network.ToString(), ["amount"] = amount, ["asset"] = _chain.Asset.Address.ToString(),
        ["payTo"] = payTo, ["maxTimeoutSeconds"] = 60,
        ["extra"] = new JsonObject { ["name"] = _chain.Asset.Domain.Name, ["version"] = _chain.Asset.Domain.Version },
    };

    public async Task InitializeAsync()
    {
        var context = new NodeContext(TimeProvider.System, new LineLoggerFactory(Log, LogLevel.Trace, TimeProvider.System), _ => null);
        _folder.Data.Prepare().OrThrow();
        _chain = (await ChainOpener.OpenAsync(_folder.Data, NetworksFile.Find(_folder.Data, ChainOpener.Devnet).OrThrow(), context, default)).OrThrow();
        _webhook = await DemoWebhook.StartAsync(default);
        await File.WriteAllTextAsync(DemoAgents.FileOf(_folder.Data), DemoAgents.Declare(_webhook.Url));
        _seller = new DemoSeller(_folder.Data, _chain, context);
        await _seller.StartAsync(default);
        await _chain.FillAsync(Address.FromKey(Node.Keys.Payee), Money, default);
        _process = PartnerProcess.Start();
    }

    public async Task DisposeAsync()
    {
        await _process.DisposeAsync();
        await _seller.DisposeAsync();
        await _webhook.DisposeAsync();
        await _chain.StopAsync();
        await _chain.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A js peer that may sell.</summary>
    internal Task<PartnerNode> PeerAsync(object? options = null) => _process.StartNodeAsync(options);

    /// <summary>A js peer that has money and is connected with our node.</summary>
    internal async Task<JsCustomer> CustomerAsync(uint money = Money)
    {
        JsCustomer customer = await JsCustomer.StartAsync(_process, _seller.Address);
        await _chain.FillAsync(customer.Account, money, default);
        return customer;
    }

    internal async Task<long> BalanceAsync(Address account) => (long)(ulong)(await _chain.Token.BalanceOfAsync(account, default)).Value;

    internal async Task<LedgerKind[]> EntriesAsync(JsonObject payment)
    {
        string nonce = payment["payload"]!["authorization"]!["nonce"]!.GetValue<string>(), from = payment["payload"]!["authorization"]!["from"]!.GetValue<string>();
        var key = new PaymentKey(_chain.Asset.Network, _chain.Asset.Address, Address.Parse(from), Nonce.Parse(nonce));
        return [.. (await Node.Ledger.ReadAsync(key, default)).Select(entry => entry.Kind)];
    }

    /// <summary>Our node's purchase of a task from that js peer, at a price and to a payee that somebody listed.</summary>
    internal IPurchaseGrain Purchase() => Node.Grains.GetGrain<IPurchaseGrain>(Guid.NewGuid().ToString());

    internal PurchaseIntent Intent(PartnerNode seller, string price, string payTo) => new()
    {
        Seller = seller.Address, AgentId = "did:key:js", Input = "hello", Wallet = Wallet, MaxAmount = price, PayTo = payTo,
    };
}
