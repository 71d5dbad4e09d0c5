using Betar.Contracts.Tests.Support;
using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Settling;

namespace Betar.Contracts.Tests.Schemes;

/// <summary>Many authorisations in one transaction, by a stand-in for the multicall: each is told apart from its neighbours by the token's own words.</summary>
public sealed class CrowdedTransactionTests(Anvil anvil) : SchemeTest(anvil)
{
    private const string At = "0xcA11bde05977b3631167028862bE2a173976CA11";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await PlaceAsync("MulticallDouble", Address.Parse(At));
    }

    [Fact]
    public async Task Each_is_settled_by_its_own_use_and_one_that_fails_leaves_its_neighbours_alone()
    {
        SettlementRequest[] all = [Payment(1, Account.Seller), Payment(2, Account.Seller), Payment(3, Account.Seller)];
        await SendAsync(Payment(2, Account.Stranger).Call);
        var crowd = await SendAsync([.. all.Select(payment => payment.Call)]);
        Assert.True(crowd.Succeeded);

        Assert.Equal([SettlementStatus.Settled, SettlementStatus.Used, SettlementStatus.Settled], await StandAsync(all));
        Assert.Equal(2 * Price, await World.BalanceAsync(Account.Seller.Address));
    }

    /// <summary>The payer uses one nonce for an account of its own, beside a payment that it makes to the seller: two events, one price paid.</summary>
    [Fact]
    public async Task A_neighbours_transfer_does_not_pay_for_a_nonce_that_was_used_otherwise()
    {
        var (paid, unpaid) = (Payment(1, Account.Seller), Payment(2, Account.Seller));
        var elsewhere = Payment(2, Account.Stranger);
        Assert.True((await SendAsync(paid.Call, elsewhere.Call)).Succeeded);
        Assert.Equal([SettlementStatus.Settled, SettlementStatus.Used, SettlementStatus.Settled], await StandAsync(paid, unpaid, elsewhere));

        var (alsoPaid, alsoUnpaid) = (Payment(3, Account.Seller), Payment(4, Account.Seller));
        Assert.True((await SendAsync(Payment(4, Account.Stranger).Call, alsoPaid.Call)).Succeeded);
        Assert.Equal([SettlementStatus.Settled, SettlementStatus.Used], await StandAsync(alsoPaid, alsoUnpaid));
        Assert.Equal(2 * Price, await World.BalanceAsync(Account.Seller.Address));
    }

    private async Task<SettlementStatus[]> StandAsync(params SettlementRequest[] payments)
    {
        var reader = new SettlementReader(Chain);
        var found = new List<SettlementStatus>();
        foreach (var payment in payments)
            found.Add((await reader.OfAuthorizationAsync(payment, default)).Status);
        return [.. found];
    }

    private SettlementRequest Payment(int number, Account payee)
    {
        var nonce = TypedData.Label($"crowd {number}");
        var signature = World.Signer.Transfer(Account.Buyer, Account.Buyer.Address, payee.Address, Price, nonce);
        var authorization = new SignedTransferAuthorization(Account.Buyer.Address, payee.Address, Price, 0, TokenSigner.Never, nonce, signature);
        return new SettlementRequest
        {
            Key = new PaymentKey(Network, World.Usdc.Address, Account.Buyer.Address, new Nonce(nonce)),
            Call = Eip3009Token.Settle(World.Usdc.Address, authorization),
            Transfer = new ExpectedTransfer(World.Usdc.Address, Account.Buyer.Address, payee.Address, Price),
            ValidBefore = authorization.ValidBefore,
            Authorization = authorization,
        };
    }

    private async Task<TransactionReceipt> SendAsync(params ContractCall[] calls)
    {
        var aggregate = Artifact.Load("MulticallDouble").Abi.Function("aggregate3");
        var crowd = Multicall3.Together(Address.Parse(At), calls);
        Assert.Equal(aggregate.Encode((object)calls.Select(object (call) => new object[] { call.To, true, call.Data.ToArray() }).ToArray()), crowd.Data.ToArray());
        var nonce = await Chain.GetTransactionCountAsync(Account.Relayer.Address, BlockTag.Latest, default);
        return await Anvil.IncludeAsync(
            crowd.ToTransaction(Anvil.ChainId, nonce, UInt256.Zero, UInt256.Zero).Sign(Account.Relayer.Key));
    }
}
