using System.Text.Json;
using Betar.Contracts.Tests.Support;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Facilitating;
using Betar.X402.Networks;
using Betar.X402.Schemes;
using Betar.X402.Settling;
using Betar.X402.Wire;

namespace Betar.Contracts.Tests.Schemes;

/// <summary>A way to pay, on the chain: a facilitator in this process and an account that sends.</summary>
public abstract class SchemeTest(Anvil anvil) : ChainTest(anvil)
{
    private protected const ulong Price = 1_000;
    private readonly List<DirectSettlementChannel> channels = [];

    private protected static NetworkId Network { get; } = new(Anvil.ChainId);

    private protected ChainTime Time { get; } = new();

    private protected MiningChain Chain => field ??= new MiningChain(Anvil);

    private protected IChains Chains => new Chains(new Dictionary<NetworkId, IChainClient> { [Network] = Chain });

    private protected PaymentAsset Asset => new(Network, World.Usdc.Address, "USDC", "2");

    private protected PaymentAssets Assets => new([Asset]);

    private protected OfferPolicy Policy => new() { Assets = Assets, Network = Network, Payee = Account.Seller.Address, ListedPrice = Price, Cap = Price };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await TellTimeAsync();
    }

    private protected async Task TellTimeAsync() => Time.Seconds = await Anvil.NextTimeAsync();

    /// <summary>Sends from this account, each transaction in a block of its own.</summary>
    private protected DirectSettlementChannel ChannelOf(Account account)
    {
        var channel = new DirectSettlementChannel(
            Chain, new LocalSigner(account.Key), new DirectSettlementOptions { PollInterval = TimeSpan.FromMilliseconds(1) }, TimeProvider.System);
        channels.Add(channel);
        return channel;
    }

    private protected LocalFacilitator Facilitator(IPaymentScheme scheme, Account? settler = null) => new(
        [scheme], ChannelOf(settler ?? Account.Relayer), new MemorySettlementBook(Time), new LocalFacilitatorOptions { Networks = [Network] }, TimeProvider.System);

    /// <summary>A stand-in for a contract of others, at the address where theirs is everywhere.</summary>
    private protected async Task PlaceAsync(string artifact, Address at)
    {
        var made = await Contract.DeployAsync(Anvil, Artifact.Load(artifact));
        var code = await Anvil.Chain.GetCodeAsync(made.Address, default);
        await Anvil.RequestAsync("anvil_setCode", at.ToString(), "0x" + Convert.ToHexStringLower(code));
    }

    private protected Requirement Offer(string scheme, params (string Name, object Value)[] extra) => new()
    {
        Scheme = scheme,
        Network = Network.ToString(),
        Amount = $"{Price}",
        Asset = World.Usdc.Address.ToString(),
        PayTo = Account.Seller.Address.ToString(),
        MaxTimeoutSeconds = 300,
        Extra = JsonSerializer.SerializeToElement(
            new Dictionary<string, object>(extra.Select(member => KeyValuePair.Create(member.Name, member.Value))) { ["name"] = "USDC", ["version"] = "2" }),
    };

    private protected static FacilitatorCall Call(Requirement offer, JsonElement payload) => new()
    {
        Payment = new PaymentPayload { Scheme = offer.Scheme, Network = offer.Network, Accepted = offer, Payload = payload }, Requirement = offer,
    };

    private protected static async Task PaysAsync(LocalFacilitator facilitator, FacilitatorCall call)
    {
        var verified = await facilitator.VerifyAsync(call, default);
        Assert.True(verified.IsValid, verified.InvalidReason);
        var settled = await facilitator.SettleAsync(call, null, default);
        Assert.True(settled.Success, settled.ErrorReason + settled.ErrorMessage);
    }

    private protected async Task DoneAsync(Account by, SettlementRequest step) => Assert.Equal(SettlementStatus.Settled, (await ChannelOf(by).SettleAsync(step, default)).Status);

    private protected async Task RefusedAsync(Account by, SettlementRequest step) => Assert.Equal(SettlementStatus.Reverted, (await ChannelOf(by).SettleAsync(step, default)).Status);

    private protected async Task HaveAsync(ulong seller, ulong buyer)
    {
        Assert.Equal(seller, await World.BalanceAsync(Account.Seller.Address));
        Assert.Equal(World.BuyersMoney - Price + buyer, await World.BalanceAsync(Account.Buyer.Address));
    }

    public override Task DisposeAsync()
    {
        channels.ForEach(channel => channel.Dispose());
        return base.DisposeAsync();
    }
}
