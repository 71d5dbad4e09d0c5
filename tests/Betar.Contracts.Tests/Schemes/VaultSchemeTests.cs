using Betar.Contracts.Tests.Support;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402;
using Betar.X402.Facilitating;
using Betar.X402.Schemes.Vault;
using Betar.X402.Settling;
using Betar.X402.Wire;

namespace Betar.Contracts.Tests.Schemes;

/// <summary>"betar-vault" from the buyer's signature to the money's last step.</summary>
public sealed class VaultSchemeTests(Anvil anvil) : SchemeTest(anvil)
{
    private const uint Day = 86_400;
    private static readonly Hash32 Answer = TypedData.Label("the answer");

    private VaultDeployment Deployment => new(Asset, World.Vault.Address);

    private VaultScheme Scheme => field ??= new VaultScheme(new VaultOptions { Vaults = [Deployment], Chains = Chains }, Time);

    private VaultClient Client => new(new LocalSigner(Account.Buyer.Key), [Deployment], Time);

    [Fact]
    public async Task Deposit_and_release()
    {
        var escrow = await DepositedAsync();
        await StandsAsync(escrow, VaultState.Open);
        await HaveAsync(seller: 0, buyer: 0);

        await RefusedAsync(Account.Seller, escrow.Release());
        await DoneAsync(Account.Buyer, escrow.Release());

        await StandsAsync(escrow, VaultState.Released);
        await HaveAsync(seller: Price, buyer: 0);
    }

    [Fact]
    public async Task Deposit_and_refund()
    {
        var escrow = await DepositedAsync();

        await RefusedAsync(Account.Buyer, escrow.Refund());
        await DoneAsync(Account.Seller, escrow.Refund());

        await StandsAsync(escrow, VaultState.Refunded);
        await HaveAsync(seller: 0, buyer: Price);
    }

    [Fact]
    public async Task Without_a_receipt_the_deadline_pays_the_buyer_whoever_rings()
    {
        var escrow = await DepositedAsync();
        await RefusedAsync(Account.Stranger, escrow.TimeOut(receipted: false));

        await Anvil.WarpAsync(escrow.Terms.Deadline);
        await DoneAsync(Account.Stranger, escrow.TimeOut(receipted: false));

        await StandsAsync(escrow, VaultState.Refunded);
        await HaveAsync(seller: 0, buyer: Price);
    }

    [Fact]
    public async Task With_the_buyers_receipt_the_clock_pays_the_seller()
    {
        var escrow = await DepositedAsync();
        var receipt = (await Client.SignReceiptAsync(escrow, Answer, default))!;
        Assert.True(receipt.IsFor(escrow));

        await RefusedAsync(Account.Seller, escrow.ShowReceipt(receipt with { Answer = TypedData.Label("another answer") }));
        await DoneAsync(Account.Seller, escrow.ShowReceipt(receipt));
        await StandsAsync(escrow, VaultState.Delivered);
        await Anvil.WarpAsync((await escrow.ReadAsync(Chain, default)).Value.Until);
        await DoneAsync(Account.Relayer, escrow.TimeOut(receipted: true));

        await StandsAsync(escrow, VaultState.Released);
        await HaveAsync(seller: Price, buyer: 0);
    }

    [Fact]
    public async Task The_arbiter_divides_what_is_disputed()
    {
        var escrow = await DepositedAsync();
        await RefusedAsync(Account.Buyer, escrow.Dispute());
        await DoneAsync(Account.Seller, escrow.Dispute());
        await StandsAsync(escrow, VaultState.Disputed);

        await RefusedAsync(Account.Seller, escrow.Resolve(Price));
        await DoneAsync(Account.Arbiter, escrow.Resolve(400));

        await StandsAsync(escrow, VaultState.Resolved);
        await HaveAsync(seller: 400, buyer: Price - 400);
    }

    [Fact]
    public async Task A_deposit_that_somebody_else_brings_first_counts_once()
    {
        var call = await SignedAsync();
        Assert.True(Scheme.Read(call, out var payment).IsAccepted);
        await DoneAsync(Account.Stranger, Scheme.ToSettlement(payment!)!);

        Assert.Equal(SettlementStatus.Settled, (await ChannelOf(Account.Relayer).LookUpAsync(Scheme.ToSettlement(payment!)!, default)).Status);
        var facilitator = Facilitator(Scheme);
        Assert.Equal("invalid_exact_evm_nonce_already_used", (await facilitator.VerifyAsync(call, default)).InvalidReason);
        Assert.False((await facilitator.SettleAsync(call, null, default)).Success);
        await HaveAsync(seller: 0, buyer: 0);
    }

    /// <summary>The buyer's money is in the vault then, but no escrow holds it for the seller.</summary>
    [Fact]
    public async Task A_transfer_under_the_escrows_nonce_is_no_deposit()
    {
        var call = await SignedAsync();
        Assert.True(Scheme.Read(call, out var payment).IsAccepted);
        var request = Scheme.ToSettlement(payment!)!;
        var signature = World.Signer.Transfer(Account.Buyer, Account.Buyer.Address, World.Vault.Address, Price, request.Key.Nonce.Value);
        var transfer = new SignedTransferAuthorization(Account.Buyer.Address, World.Vault.Address, Price, 0, TokenSigner.Never, request.Key.Nonce.Value, signature);
        await DoneAsync(Account.Buyer, request with { Call = new Eip3009Token(Chain, World.Usdc.Address).Settle(transfer), Event = null });

        var found = await ChannelOf(Account.Relayer).LookUpAsync(request, default);

        Assert.Equal(SettlementStatus.Used, found.Status);
        await StandsAsync(Scheme.EscrowOf(call)!, VaultState.None);
    }

    [Fact]
    public async Task A_buyer_without_the_money_is_told_so()
    {
        await World.Usdc.SendAsync(Account.Buyer, "transfer", Account.Stranger.Address, (UInt256)World.BuyersMoney);

        Assert.Equal("invalid_exact_evm_insufficient_balance", (await Facilitator(Scheme).VerifyAsync(await SignedAsync(), default)).InvalidReason);
    }

    private async Task<VaultEscrow> DepositedAsync()
    {
        var call = await SignedAsync();
        await PaysAsync(Facilitator(Scheme), call);
        return Scheme.EscrowOf(call)!;
    }

    private async Task<FacilitatorCall> SignedAsync()
    {
        var offer = Offer(
            "betar-vault", ("vault", World.Vault.Address.ToString()), ("arbiter", Account.Arbiter.Address.ToString()), ("order", TypedData.Label("an order").ToString()),
            ("workTime", Day), ("disputeWindow", 2 * Day), ("arbiterWindow", 5 * Day));
        var signed = await Client.SignAsync(offer, WireVersions.Current, Policy, default);
        Assert.True(signed.IsSigned, $"{signed.Refusal}");
        return Call(offer, signed.Payload.Value);
    }

    private async Task StandsAsync(VaultEscrow escrow, VaultState state) => Assert.Equal(state, (await escrow.ReadAsync(Chain, default)).Value.State);
}
