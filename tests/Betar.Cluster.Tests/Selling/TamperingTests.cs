using System.Numerics;
using Betar.Cluster.Tests.Support;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Selling;

/// <summary>One changed field each, shown to the desk: the table's reason, and nothing is kept, run or moved.</summary>
public sealed class TamperingTests(TamperingTests.SharedWorld shared) : IClassFixture<TamperingTests.SharedWorld>
{
    private static readonly BigInteger s_order = BigInteger.Parse(
        "115792089237316195423570985008687907852837564279074904382605163141518161494337", System.Globalization.CultureInfo.InvariantCulture);

    public sealed class SharedWorld : IAsyncLifetime
    {
        internal World World { get; private set; } = null!;

        internal TestExecutor Executor { get; private set; } = null!;

        public async Task InitializeAsync() => (World, Executor) = await World.WithAgentAsync(TestExecutor.Echo());

        public async Task DisposeAsync() => await World.DisposeAsync();
    }

    [Fact]
    public Task Value() => Refuses(
        request => request.WithAuthorization(a => a with { Value = "999" }), StreamErrorCode.PaymentAmountWrong,
        "invalid_exact_evm_payload_authorization_value_mismatch");

    [Fact]
    public Task Value_signed_by_the_payer() => RefusesSigned(
        (_, a) => a with { Value = "999" }, StreamErrorCode.PaymentAmountWrong, "invalid_exact_evm_payload_authorization_value_mismatch");

    [Fact]
    public Task Value_above_the_price() => RefusesSigned(
        (_, a) => a with { Value = "1001" }, StreamErrorCode.PaymentAmountWrong, "invalid_exact_evm_payload_authorization_value_mismatch");

    [Fact]
    public Task To() => RefusesSigned(
        (buyer, a) => a with { To = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1" }, StreamErrorCode.PaymentInvalid,
        "invalid_exact_evm_recipient_mismatch");

    [Fact]
    public Task To_the_payer() => RefusesSigned(
        (buyer, a) => a with { To = buyer.Address.ToString() }, StreamErrorCode.PaymentInvalid, "betar_self_payment");

    [Fact]
    public Task Nonce() => Refuses(
        request => request.WithAuthorization(a => a with { Nonce = Flipped(a.Nonce) }), StreamErrorCode.PaymentNonceMismatch,
        "betar_server_nonce_mismatch");

    [Fact]
    public Task Nonce_of_our_own_choice() => Refuses(
        request => request.WithAuthorization(a => a with { Nonce = Flipped(a.Nonce) })
            .WithPayment(p => p with { ServerNonce = Flipped(p.ServerNonce) }),
        StreamErrorCode.PaymentNonceMismatch, "betar_challenge_mismatch");

    [Fact]
    public Task Nonce_chosen_by_the_payer_where_that_is_off() => Refuses(
        request => request.WithPayment(p => p with { ServerNonce = PaymentEnvelope.Preemptive }), StreamErrorCode.PaymentInvalid,
        "betar_first_use_not_allowed");

    [Fact]
    public Task Nonce_in_capitals() => Refuses(
        request => request.WithAuthorization(a => a with { Nonce = "0x" + a.Nonce[2..].ToUpperInvariant() }),
        StreamErrorCode.PaymentNonceMismatch, "betar_server_nonce_mismatch");

    [Fact]
    public Task Valid_before_in_the_past() => RefusesSigned(
        (_, a) => a with { ValidBefore = $"{shared.World.Clock.GetUtcNow().ToUnixTimeSeconds()}" }, StreamErrorCode.PaymentInvalid,
        "invalid_exact_evm_payload_authorization_valid_before");

    [Fact]
    public Task Valid_after_in_the_future() => RefusesSigned(
        (_, a) => a with { ValidAfter = $"{shared.World.Clock.GetUtcNow().ToUnixTimeSeconds() + 30}" }, StreamErrorCode.PaymentInvalid,
        "invalid_exact_evm_payload_authorization_valid_after");

    [Fact]
    public Task Window_of_a_year() => RefusesSigned(
        (_, a) => a with { ValidBefore = $"{shared.World.Clock.GetUtcNow().AddYears(1).ToUnixTimeSeconds()}" }, StreamErrorCode.PaymentInvalid,
        "betar_window_too_long");

    [Fact]
    public Task Signature_changed() => Refuses(
        request => request.WithSignature(Signature(request, bytes => bytes[40] ^= 1)), StreamErrorCode.PaymentInvalid, "invalid_exact_evm_signature");

    [Fact]
    public Task Signature_with_high_s() => Refuses(
        request => request.WithSignature(Signature(request, HighS)), StreamErrorCode.PaymentInvalid, "betar_signature_high_s");

    [Fact]
    public Task Signature_with_another_v() => Refuses(
        request => request.WithSignature(Signature(request, bytes => bytes[64] = 29)), StreamErrorCode.PaymentInvalid, "betar_signature_v");

    [Fact]
    public Task Signature_with_the_other_v() => Refuses(
        request => request.WithSignature(Signature(request, bytes => bytes[64] = (byte)(55 - bytes[64]))), StreamErrorCode.PaymentInvalid,
        "invalid_exact_evm_signature");

    [Fact]
    public Task Signature_with_r_zero() => Refuses(
        request => request.WithSignature(Signature(request, bytes => bytes.AsSpan(0, 32).Clear())), StreamErrorCode.PaymentInvalid,
        "betar_signature_range");

    [Fact]
    public Task Signature_cut() => Refuses(
        request => request.WithSignature(request.Payment!.Payload!.Signature[..^2]), StreamErrorCode.PaymentInvalid, "betar_signature_malformed");

    [Fact]
    public Task Payer_text() => Refuses(
        request => request.WithPayment(p => p with { Payer = p.Payer.ToLowerInvariant() }), StreamErrorCode.PaymentInvalid, "betar_payer_mismatch");

    [Fact]
    public Task From() => Refuses(
        request => request.WithAuthorization(a => a with { From = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1" })
            .WithPayment(p => p with { Payer = "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1" }),
        StreamErrorCode.PaymentInvalid, "invalid_exact_evm_signature");

    [Fact]
    public Task Network() => Refuses(
        request => request.WithPayment(p => p with { Network = "eip155:8453" }), StreamErrorCode.PaymentInvalid, "invalid_exact_evm_network_mismatch");

    [Fact]
    public Task Scheme() => Refuses(
        request => request.WithPayment(p => p with { Scheme = "upto" }), StreamErrorCode.PaymentInvalid, "invalid_exact_evm_scheme");

    [Fact]
    public Task Body() => Refuses(
        request => request with { Body = new TaskBody("other", World.Agent).Write() }, StreamErrorCode.PaymentNonceMismatch, "betar_challenge_mismatch");

    [Fact]
    public Task Correlation() => Refuses(
        request => request with { CorrelationId = "other" }, StreamErrorCode.PaymentNonceMismatch, "betar_challenge_mismatch");

    [Fact]
    public Task Peer() => Refuses(request => request, StreamErrorCode.PaymentNonceMismatch, "betar_challenge_mismatch", fromPeer: "peer-b");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_v_of_0_or_1_is_as_good_as_27_and_28(int _)
    {
        TestBuyer buyer = await shared.World.BuyerAsync();
        PaidRequest request = await buyer.SignAsync("v");
        Answers.Delivered(await buyer.PayAsync(request.WithSignature(Signature(request, bytes => bytes[64] -= 27))), "did: v");
    }

    private async Task Refuses(Func<PaidRequest, PaidRequest> change, StreamErrorCode code, string reason, string? fromPeer = null)
    {
        TestBuyer buyer = await shared.World.BuyerAsync();
        await Refuses(buyer, change(await buyer.SignAsync()), code, reason, fromPeer);
    }

    private async Task RefusesSigned(Func<TestBuyer, Authorization, Authorization> change, StreamErrorCode code, string reason)
    {
        TestBuyer buyer = await shared.World.BuyerAsync();
        PaidRequest request = await buyer.SignAsync();
        await Refuses(buyer, buyer.Resign(request, terms => change(buyer, terms)), code, reason, null);
    }

    private async Task Refuses(TestBuyer buyer, PaidRequest request, StreamErrorCode code, string reason, string? fromPeer)
    {
        int starts = shared.Executor.Starts;

        Answers.Refused(await buyer.PayAsync(request, fromPeer: fromPeer), code, reason);

        Assert.Equal(starts, shared.Executor.Starts);
        Assert.Equal(1_000_000ul, await buyer.BalanceAsync());
        Assert.Equal(0, await shared.World.OrdersOfAsync(buyer.Address));
    }

    private static string Signature(PaidRequest request, Action<byte[]> change)
    {
        byte[] bytes = request.SignatureBytes();
        change(bytes);
        return "0x" + Convert.ToHexStringLower(bytes);
    }

    /// <summary>The twin that off-chain recovery accepts and the token refuses.</summary>
    private static void HighS(byte[] signature)
    {
        var s = new BigInteger(signature.AsSpan(32, 32), isUnsigned: true, isBigEndian: true);
        byte[] twin = (s_order - s).ToByteArray(isUnsigned: true, isBigEndian: true);
        signature.AsSpan(32, 32).Clear();
        twin.CopyTo(signature.AsSpan(64 - twin.Length));
        signature[64] = (byte)(55 - signature[64]);
    }

    private static string Flipped(string hex) => hex[..^1] + (hex[^1] == '0' ? '1' : '0');
}
