using Betar.Contracts.Tests.Support;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402;
using Betar.X402.Schemes.AuthCapture;
using Betar.X402.Settling;
using Betar.X402.Wire;

namespace Betar.Contracts.Tests.Schemes;

/// <summary>"auth-capture" on a stand-in for its escrow, version 1.0: collected, captured, voided, refunded, reclaimed.</summary>
public sealed class EscrowSchemeTests(Anvil anvil) : SchemeTest(anvil)
{
    private const ulong Day = 86_400;

    private static AuthCaptureDeployment Deployment => AuthCaptureDeployment.V10;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await PlaceAsync("EscrowDouble", Deployment.Escrow);
        await PlaceAsync("EscrowCollectorDouble", Deployment.Eip3009Collector);
        await PlaceAsync("RefundCollectorDouble", Deployment.RefundCollector!.Value);
    }

    [Fact]
    public async Task A_part_is_captured_with_its_fee_and_the_rest_goes_back()
    {
        var payment = await CollectedAsync();
        await RefusedAsync(Account.Seller, payment.Capture(Price, 100, Account.Owner.Address, Nonce.Random()));
        await RefusedAsync(Account.Relayer, payment.Capture(Price, 201, Account.Owner.Address, Nonce.Random()));
        await DoneAsync(Account.Relayer, payment.Capture(600, 100, Account.Owner.Address, Nonce.Random()));
        await StandsAsync(payment, capturable: 400, refundable: 600);
        await RefusedAsync(Account.Relayer, payment.Capture(401, 100, Account.Owner.Address, Nonce.Random()));

        await DoneAsync(Account.Relayer, payment.Void(Nonce.Random()));

        await StandsAsync(payment, capturable: 0, refundable: 600);
        await HaveAsync(seller: 594, buyer: 400);
        Assert.Equal(6UL, await World.BalanceAsync(Account.Owner.Address));
    }

    [Fact]
    public async Task Captured_money_is_refunded_out_of_the_operators()
    {
        var payment = await CollectedAsync();
        await DoneAsync(Account.Relayer, payment.Capture(Price, 0, Account.Owner.Address, Nonce.Random()));
        await RefusedAsync(Account.Relayer, payment.Refund(300, Nonce.Random()));
        await World.Usdc.SendAsync(Account.Seller, "transfer", Account.Relayer.Address, (UInt256)300UL);
        await World.Usdc.SendAsync(Account.Relayer, "approve", Deployment.RefundCollector!.Value, (UInt256)300UL);

        await RefusedAsync(Account.Seller, payment.Refund(300, Nonce.Random()));
        await DoneAsync(Account.Relayer, payment.Refund(300, Nonce.Random()));

        await StandsAsync(payment, capturable: 0, refundable: Price - 300);
        await HaveAsync(seller: Price - 300, buyer: 300);
    }

    [Fact]
    public async Task The_payer_takes_back_what_nobody_captured_in_time()
    {
        var payment = await CollectedAsync();
        await RefusedAsync(Account.Buyer, payment.Reclaim(Nonce.Random()));
        await Anvil.WarpAsync(payment.Info.AuthorizationExpiry);
        await RefusedAsync(Account.Relayer, payment.Capture(Price, 0, Account.Owner.Address, Nonce.Random()));

        await DoneAsync(Account.Buyer, payment.Reclaim(Nonce.Random()));

        await HaveAsync(seller: 0, buyer: Price);
    }

    [Fact]
    public async Task A_transfer_to_the_collector_under_the_payments_nonce_is_no_payment()
    {
        var (scheme, call) = await SignedAsync();
        Assert.True(scheme.Read(call, out var payment).IsAccepted);
        var request = scheme.ToSettlement(payment!)!;
        var signature = World.Signer.Transfer(Account.Buyer, Account.Buyer.Address, Deployment.Eip3009Collector, Price, request.Key.Nonce.Value);
        var transfer = new SignedTransferAuthorization(
            Account.Buyer.Address, Deployment.Eip3009Collector, Price, 0, TokenSigner.Never, request.Key.Nonce.Value, signature);
        await DoneAsync(Account.Buyer, request with { Call = new Eip3009Token(Chain, World.Usdc.Address).Settle(transfer), Event = null, Sender = null });

        Assert.Equal(SettlementStatus.Used, (await ChannelOf(Account.Relayer).LookUpAsync(request, default)).Status);
    }

    private async Task<EscrowedPayment> CollectedAsync()
    {
        var (scheme, call) = await SignedAsync();
        await PaysAsync(Facilitator(scheme), call);
        var payment = scheme.EscrowedBy(call)!;
        await StandsAsync(payment, capturable: Price, refundable: 0);
        return payment;
    }

    private async Task<(AuthCaptureScheme Scheme, FacilitatorCall Call)> SignedAsync()
    {
        var now = Time.Seconds;
        var offer = Offer(
            "auth-capture", ("captureAuthorizer", Account.Relayer.Address.ToString()), ("captureDeadline", now + (2 * Day)), ("refundDeadline", now + (4 * Day)),
            ("feeRecipient", Account.Owner.Address.ToString()), ("minFeeBps", 0), ("maxFeeBps", 200), ("authCaptureEscrow", Deployment.Escrow.ToString()));
        var scheme = new AuthCaptureScheme(new AuthCaptureOptions { Assets = Assets, Chains = Chains }, Time);
        var signed = await new AuthCaptureClient(new LocalSigner(Account.Buyer.Key), Time).SignAsync(offer, WireVersions.Current, Policy, default);
        Assert.True(signed.IsSigned, $"{signed.Refusal}");
        return (scheme, Call(offer, signed.Payload.Value));
    }

    private async Task StandsAsync(EscrowedPayment payment, ulong capturable, ulong refundable) =>
        Assert.Equal(new EscrowStanding(true, capturable, refundable), (await payment.ReadAsync(Chain, default)).Value);
}
