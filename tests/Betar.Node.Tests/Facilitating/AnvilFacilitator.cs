using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Node.Anvil;
using Betar.Node.Devnet;
using Betar.Node.Tests.Support;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Facilitating;
using Betar.X402.Networks;
using Betar.X402.Schemes;
using Betar.X402.Schemes.AuthCapture;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Wire;

namespace Betar.Node.Tests.Facilitating;

/// <summary>
/// A facilitator as a process of its own on a real EVM, where stand-ins of ours are at the addresses of the contracts that the schemes expect,
/// and a buyer with money.
/// </summary>
internal sealed class AnvilFacilitator : IDisposable
{
    public const ulong Price = 1_000;
    public static readonly Address Seller = Address.Parse("0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1");

    private readonly TempFolder _temp = new();
    private readonly HttpClient _http = new();
    private readonly PrivateKey _buyer = PrivateKey.Generate();
    private readonly NodeProgram _chain;
    private NodeProgram? _facilitator;

    private AnvilFacilitator() => _chain = NodeProgram.Start("chain", "up", "--data", _temp.Path, "--json", "--fund", Address.FromKey(_buyer).ToString());

    public DevnetInfo Anvil { get; private set; } = null!;

    public JsonElement Start { get; private set; }

    public JsonRpcChainClient Chain { get; private set; } = null!;

    public Address Buyer => Address.FromKey(_buyer);

    public PrivateKey Key => _buyer;

    public LocalSigner Signer => new(_buyer);

    public NetworkId Network => new(Anvil.ChainId);

    public PaymentAsset Asset => new(Network, Anvil.Token, "USDC", "2");

    public OfferPolicy Policy => new() { Assets = new PaymentAssets([Asset]), Network = Network, Payee = Seller, ListedPrice = Price, Cap = Price };

    public HttpFacilitator Facilitator => new(_http, new HttpFacilitatorOptions { Address = new Uri(Start.GetProperty("url").GetString()!) }, TimeProvider.System);

    /// <summary>The accounts that send.</summary>
    public IReadOnlyList<Address> Signers => [.. Start.GetProperty("signers").EnumerateArray().Select(signer => Address.Parse(signer.GetString()!))];

    public static async Task<AnvilFacilitator> StartAsync(bool withDoubles, params string[] more)
    {
        var user = new AnvilFacilitator();
        try
        {
            string? line = await user._chain.ReadLineAsync();
            Assert.True(line is not null, line is null ? (await user._chain.EndAsync()).Error : "");
            user.Anvil = DevnetInfo.TryParse(line!)!;
            user.Chain = AnvilNode.Client(user._http, user.Anvil.Url, TimeProvider.System);
            if (withDoubles)
                await AnvilDoubles.PlaceAsync(user._http, user.Anvil);
            await user.StartAgainAsync(more);
            return user;
        }
        catch
        {
            user.Dispose();
            throw;
        }
    }

    /// <summary>Killed without any chance to put things in order, and started again.</summary>
    public async Task KillAndRestartAsync(params string[] more)
    {
        await _facilitator!.SignalAsync("KILL");
        await _facilitator.EndAsync();
        _facilitator.Dispose();
        await StartAgainAsync(more);
    }

    public Requirement Offer(string scheme, params (string Name, object Value)[] extra) => new()
    {
        Scheme = scheme, Network = Network.ToString(), Amount = $"{Price}", Asset = Anvil.Token.ToString(), PayTo = Seller.ToString(), MaxTimeoutSeconds = 300,
        Extra = JsonSerializer.SerializeToElement(
            new Dictionary<string, object>(extra.Select(member => KeyValuePair.Create(member.Name, member.Value))) { ["name"] = "USDC", ["version"] = "2" }),
    };

    public async Task<FacilitatorCall> SignAsync(ISchemeClient client, Requirement offer)
    {
        SignedRequirement signed = await client.SignAsync(offer, WireVersions.Current, Policy, default);
        Assert.True(signed.IsSigned, $"{signed.Refusal}");
        return Call(offer, signed.Payload.Value);
    }

    public static FacilitatorCall Call(Requirement offer, JsonElement payload) => new()
    {
        Payment = new PaymentPayload { Scheme = offer.Scheme, Network = offer.Network, Accepted = offer, Payload = payload }, Requirement = offer,
    };

    public async Task<ulong> BalanceAsync(Address account) => (ulong)(await new Eip3009Token(Chain, Anvil.Token).BalanceOfAsync(account, default)).Value;

    /// <summary>How many transactions the facilitator has sent from all its accounts.</summary>
    public async Task<ulong> SentAsync()
    {
        ulong sent = 0;
        foreach (Address signer in Signers)
            sent += await Chain.GetTransactionCountAsync(signer, BlockTag.Latest, default);
        return sent;
    }

    /// <summary>The buyer allows a contract to take its tokens.</summary>
    public Task ApproveAsync(Address spender) =>
        SendAsync(_buyer, Anvil.Token, ContractArtifact.Load("TestUsdc").Abi.Function("approve").Encode(spender, UInt256.MaxValue));

    public Task<TransactionReceipt> SendAsync(PrivateKey from, Address? to, byte[] data) => AnvilDoubles.SendAsync(Chain, Anvil.ChainId, from, to, data);

    public void Dispose()
    {
        _facilitator?.Dispose();
        _chain.Dispose();
        _http.Dispose();
        _buyer.Dispose();
        _temp.Dispose();
    }

    private async Task StartAgainAsync(string[] more)
    {
        _facilitator = NodeProgram.Start(["facilitator", "up", "--json", "--network", "anvil", "--data", _temp.Path, .. more]);
        string? line = await _facilitator.ReadLineAsync();
        Assert.True(line is not null, line is null ? (await _facilitator.EndAsync()).Error : "");
        Start = JsonDocument.Parse(line!).RootElement;
    }
}
