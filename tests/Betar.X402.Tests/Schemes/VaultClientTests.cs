using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Buying;
using Betar.X402.Schemes.Vault;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Schemes;

/// <summary>What a buyer signs for a vault, and what it does not.</summary>
public sealed class VaultClientTests : IDisposable
{
    private static readonly OfferPolicy Policy = new() { Payee = Vectors.SellerAddress, ListedPrice = 50000, Cap = 50000 };
    private readonly VaultBench _bench = new();
    private readonly VaultClient _client;

    public VaultClientTests() => _client = new VaultClient(new LocalSigner(_bench.Payer), [VaultBench.Deployment], _bench.Time);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_our_client_signs_our_seller_takes(bool named)
    {
        var offer = named ? VaultBench.Offer() : VaultBench.Offer(extra => { extra.Remove("order"); extra.Remove("arbiter"); });

        var signed = await _client.SignAsync(offer, 2, Policy, default);

        Assert.True(_client.Takes(offer, 2) && signed.IsSigned);
        var call = Call(offer, signed);
        Assert.Null((await _bench.Facilitator.VerifyAsync(call, default)).InvalidReason);
        var escrow = _bench.Scheme.EscrowOf(call)!;
        Assert.Equal((signed.Key.Nonce.Value, VaultBench.Vault, VaultBench.Network), (escrow.Id, escrow.Vault, escrow.Network));
        Assert.Equal((Vectors.SellerAddress, (AtomicAmount)50000, (ulong)VaultBench.End + VaultBench.WorkTime), (escrow.Terms.Seller, escrow.Terms.Amount, escrow.Terms.Deadline));
    }

    [Fact]
    public async Task Two_payments_for_one_order_are_two_escrows()
    {
        var first = await _client.SignAsync(VaultBench.Offer(), 2, Policy, default);
        var second = await _client.SignAsync(VaultBench.Offer(), 2, Policy, default);
        Assert.NotEqual(first.Key, second.Key);
    }

    [Fact]
    public async Task What_was_not_asked_for_is_not_signed()
    {
        Assert.Equal(OfferRefusal.Amount, await RefusalAsync(VaultBench.Offer() with { Amount = "50001" }));
        Assert.Equal(OfferRefusal.Payee, await RefusalAsync(VaultBench.Offer() with { PayTo = Vectors.Other }));
        Assert.Equal(OfferRefusal.Domain, await RefusalAsync(VaultBench.Offer(extra => extra["name"] = "USD Coin")));
        Assert.Equal(OfferRefusal.Escrow, await RefusalAsync(VaultBench.Offer(extra => extra["vault"] = Vectors.Other)));
        Assert.Equal(OfferRefusal.Malformed, await RefusalAsync(VaultBench.Offer(extra => extra.Remove("workTime"))));
        Assert.Equal(OfferRefusal.Malformed, await RefusalAsync(VaultBench.Offer(extra => extra["arbiter"] = Vectors.Seller)));
        Assert.Equal(OfferRefusal.Malformed, await RefusalAsync(VaultBench.Offer(extra => extra["arbiter"] = Vectors.Payer)));
        Assert.False(_client.Takes(VaultBench.Offer(), 1));
        Assert.False(_client.Takes(FacilitatorBench.Offer, 2));
    }

    [Fact]
    public async Task A_receipt_is_for_one_escrow_and_one_answer()
    {
        var escrow = new VaultEscrow(VaultBench.Deployment, VaultBench.Terms);
        var other = new VaultEscrow(VaultBench.Deployment, VaultBench.Terms with { Deadline = VaultBench.Terms.Deadline + 1 });
        var receipt = (await _client.SignReceiptAsync(escrow, VaultBench.Order, default))!;
        using var strangersKey = Vectors.Key("marketplace other seller");
        var strangers = await new VaultClient(new LocalSigner(strangersKey), [], _bench.Time).SignReceiptAsync(escrow, VaultBench.Order, default);

        Assert.True(receipt.IsFor(escrow));
        Assert.False(receipt.IsFor(other));
        Assert.False((receipt with { Answer = VaultBench.SaltNonce }).IsFor(escrow));
        Assert.False((receipt with { Signature = new byte[64] }).IsFor(escrow));
        Assert.False(strangers!.IsFor(escrow));
        Assert.DoesNotContain(Convert.ToHexStringLower(receipt.Signature.Span[..8]), receipt.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task How_an_escrow_stands_is_read_or_not_known()
    {
        var escrow = new VaultEscrow(VaultBench.Deployment, VaultBench.Terms);
        var selector = FacilitatorBench.Selector("escrows(bytes32)");
        _bench.Chain.Answers[selector] = RpcOutcome.Value(AbiEncoder.Encode(
            [AbiType.Parse("uint8"), AbiType.Parse("bool"), AbiType.Parse("uint40")], (UInt256)2UL, true, (UInt256)77UL));
        Assert.Equal(new VaultStanding(VaultState.Delivered, true, 77), (await escrow.ReadAsync(_bench.Chain, default)).Value);
        _bench.Chain.Answers[selector] = RpcOutcome.Value(AbiEncoder.Encode(
            [AbiType.Parse("uint8"), AbiType.Parse("bool"), AbiType.Parse("uint40")], (UInt256)7UL, true, (UInt256)77UL));
        Assert.Equal(RpcStatus.InvalidResponse, (await escrow.ReadAsync(_bench.Chain, default)).Status);
        _bench.Chain.Answers[selector] = RpcOutcome.Value(Array.Empty<byte>());
        Assert.Equal(RpcStatus.InvalidResponse, (await escrow.ReadAsync(_bench.Chain, default)).Status);
        _bench.Chain.Answers[selector] = RpcOutcome.TimedOut<byte[]>();
        Assert.Equal(RpcStatus.TimedOut, (await escrow.ReadAsync(_bench.Chain, default)).Status);
    }

    private async Task<OfferRefusal> RefusalAsync(Requirement offer)
    {
        var signed = await _client.SignAsync(offer, 2, Policy, default);
        Assert.False(signed.IsSigned);
        return signed.Refusal;
    }

    private static FacilitatorCall Call(Requirement offer, Betar.X402.Schemes.SignedRequirement signed) => new()
    {
        Payment = new PaymentPayload { Scheme = offer.Scheme, Network = offer.Network, Accepted = offer, Payload = signed.Payload!.Value }, Requirement = offer,
    };
}
