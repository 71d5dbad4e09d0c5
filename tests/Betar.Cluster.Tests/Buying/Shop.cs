using Betar.Cluster.Tests.Support;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Buying;
using Betar.Grains.Buying;
using Betar.X402.Protocol;
using Betar.X402.Serving;

namespace Betar.Cluster.Tests.Buying;

/// <summary>A world in which the buyer's grains buy from the world's own desk, until a test says otherwise.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private Shop(World world, Address wallet)
    {
        World = world;
        Wallet = wallet;
        world.Sellers.OnRequest = async (request, _, token) => new SellerAnswer(await world.Desk.HandleRequestAsync(request, Call(), token), "");
        world.Sellers.OnPay = async (request, _, token) => new SellerAnswer(await world.Desk.HandlePaidRequestAsync(request, Call(), token), "");
        world.Sellers.OnPayInPieces = async (request, _, pieces, token) =>
            new SellerAnswer(await world.Desk.HandlePaidRequestAsync(request, Call() with { Pieces = pieces }, token), "");
    }

    public World World { get; }

    public Address Wallet { get; }

    public PurchaseIntent Intent => new()
    {
        Seller = "seller",
        AgentId = World.Agent,
        Input = "work",
        Wallet = Wallet.ToString(),
        MaxAmount = $"{World.Price}",
        PayTo = World.PayTo.ToString(),
    };

    public IBudgetGrain Budget => World.Grains.GetGrain<IBudgetGrain>(Wallet.ToString());

    public static Task<Shop> OpenAsync(TestExecutor executor, short silos = 1) => OpenAsync(executor, new WorldOptions { Silos = silos });

    public static async Task<Shop> OpenAsync(TestExecutor executor, WorldOptions options)
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(executor, options);
        Address wallet = world.Wallets.Add();
        await world.Chain.FundAsync(wallet, 1_000_000);
        return new Shop(world, wallet);
    }

    public IPurchaseGrain Purchase(string id) => World.Grains.GetGrain<IPurchaseGrain>(id);

    public Task<PurchaseResult> BuyAsync(string id) => Purchase(id).Buy(Intent);

    /// <summary>The seller demands something else than it lists.</summary>
    public void ChangeOffer(Func<PaymentRequirements, PaymentRequirements?> change)
    {
        Func<X402Request, int, CancellationToken, Task<SellerAnswer>> desk = World.Sellers.OnRequest;
        World.Sellers.OnRequest = async (request, number, token) =>
        {
            var quote = (PaymentRequired)(await desk(request, number, token)).Reply!;
            return new SellerAnswer(quote with { Requirements = change(quote.Requirements!) }, "");
        };
    }

    public async Task AssertNothingSpentAsync()
    {
        Assert.Empty(World.Sellers.Shown);
        Assert.Equal(1_000_000ul, await World.Chain.BalanceAsync(Wallet));
        BudgetStatus budget = await Budget.GetStatus();
        Assert.Equal(("0", "0"), (budget.SpentToday, budget.Reserved));
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private X402Call Call() => new("buyer-node", World.Clock.GetUtcNow());
}
