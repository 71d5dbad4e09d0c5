using System.Text.Json;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Settlement;
using Betar.Grains.Selling;
using Betar.Grains.Settlement;
using Betar.X402;
using Betar.X402.Facilitating;
using Betar.X402.Networks;
using Betar.X402.Wire;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Tests.Settlement;

/// <summary>What a facilitator is asked, and what is made of its word beside the chain's.</summary>
public sealed class FacilitatorSettlingTests : IFacilitator, ISettlerGrain
{
    private const string Payment = "eip155:84532/0xabc/0xdef/0x1";

    private static readonly TransferOrder s_transfer = new()
    {
        Asset = PaymentAsset.BaseSepoliaUsdc.Address.ToString(), From = "0x01", To = "0x02", Value = "1000", ValidAfter = 10, ValidBefore = 70, Nonce = "0x03", Signature = "04",
    };

    private readonly SettlementResult _settled = new() { State = SettlementState.Settled, TransactionHash = "0x05" };
    private SettleResponse _answer = new() { Success = true, Network = "eip155:84532" };
    private SettlementResult _fate = new() { State = SettlementState.Unused };
    private Func<SupportedKinds> _supported = () => new SupportedKinds { Kinds = [new SupportedKind(2, "exact", "eip155:84532")] };
    private (FacilitatorCall Call, string? Attempt)? _asked;

    [Theory]
    [InlineData(SettlementState.Settled)]
    [InlineData(SettlementState.Refused)]
    [InlineData(SettlementState.Pending)]
    public async Task What_the_chain_knows_counts_whatever_the_facilitator_says(SettlementState state)
    {
        _fate = _settled with { State = state };
        Assert.Same(_fate, await SettleAsync());
        _answer = _answer with { Success = false, ErrorReason = "no" };
        Assert.Same(_fate, await SettleAsync());
    }

    [Theory]
    [InlineData(true, null, "unexpected_settle_error")]
    [InlineData(true, "unheard", "unexpected_settle_error")]
    [InlineData(false, "invalid_exact_evm_insufficient_balance", "invalid_exact_evm_insufficient_balance")]
    [InlineData(false, null, "settlement_pending")]
    public async Task What_the_chain_has_not_seen_is_pending_with_what_was_said(bool success, string? said, string reason)
    {
        _answer = _answer with { Success = success, ErrorReason = said };
        SettlementResult result = await SettleAsync();
        Assert.Equal((SettlementState.Pending, reason), (result.State, result.Reason));
    }

    [Fact]
    public async Task What_it_is_asked()
    {
        await SettleAsync();

        (FacilitatorCall call, string? attempt) = _asked!.Value;
        Requirement requirement = call.Requirement;
        Assert.Equal(("exact", "eip155:84532", "1000", s_transfer.Asset, "0x02", 45L),
            (requirement.Scheme, requirement.Network, requirement.Amount, requirement.Asset, requirement.PayTo, requirement.MaxTimeoutSeconds));
        Assert.Equal("""{"name":"USDC","version":"2"}""", requirement.Extra!.Value.GetRawText());
        Assert.Equal(("exact", "eip155:84532", requirement), (call.Payment.Scheme, call.Payment.Network, call.Payment.Accepted));
        Assert.Equal(
            """{"authorization":{"from":"0x01","to":"0x02","value":"1000","validAfter":"10","validBefore":"70","nonce":"0x03"},"signature":"0x04"}""",
            call.Payment.Payload.GetRawText());
        Assert.Equal(Convert.ToHexStringLower(Betar.Crypto.Keccak256.Hash("eip155:84532/0xabc/0xdef/0x1"u8)), attempt);
    }

    [Theory]
    [InlineData(2, "exact", "eip155:84532", null)]
    [InlineData(1, "exact", "eip155:84532", "The facilitator does not settle on eip155:84532")]
    [InlineData(2, "upto", "eip155:84532", "The facilitator does not settle on eip155:84532")]
    [InlineData(2, "exact", "eip155:8453", "The facilitator does not settle on eip155:84532")]
    public async Task One_that_does_not_settle_this_is_an_obstacle(int version, string scheme, string network, string? obstacle)
    {
        _supported = () => new SupportedKinds { Kinds = [new SupportedKind(version, scheme, network)] };
        Assert.Equal(obstacle, await New().FindObstacleAsync(default));
    }

    [Fact]
    public async Task One_that_is_away_is_an_obstacle()
    {
        _supported = () => throw new FacilitatorUnavailableException("away");
        Assert.Equal("The facilitator cannot be reached", await New().FindObstacleAsync(default));
    }

    public Task<SettleResponse> SettleAsync(FacilitatorCall call, string? attempt, CancellationToken cancellationToken)
    {
        _asked = (call, attempt);
        return Task.FromResult(_answer);
    }

    public Task<SupportedKinds> SupportedAsync(CancellationToken cancellationToken) => Task.FromResult(_supported());

    public Task<SettlementResult> Reconcile(TransferOrder order) => Task.FromResult(_fate);

    public Task<VerifyResponse> VerifyAsync(FacilitatorCall call, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<SettlementResult> Settle(TransferOrder order) => throw new NotSupportedException();

    public Task<SettlementResult> SettleCall(CallOrder order) => throw new NotSupportedException();

    public Task<SettlementResult> ReconcileCall(CallOrder order) => throw new NotSupportedException();

    private Task<SettlementResult> SettleAsync() => New().SettleAsync(this, Payment, s_transfer);

    private FacilitatorSettling New() => new(
        this, PaymentAsset.BaseSepoliaUsdc, Options.Create(new SellingOptions { MaxTimeoutSeconds = 45 }),
        Options.Create(new SettlementOptions { ConfirmationTimeout = TimeSpan.Zero }), TimeProvider.System);
}
