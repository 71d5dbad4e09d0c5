using Betar.X402.Settling;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Schemes;

/// <summary>Each scheme's own words for how a settlement ended, and which payments each takes for its own.</summary>
public sealed class SchemeReasonTests : IDisposable
{
    private const string Eip3009 = "invalid_exact_evm_transaction_failed";
    private readonly FacilitatorBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(0, "settlement_pending", null, Eip3009, "invalid_exact_evm_transfer_event_mismatch", "invalid_exact_evm_nonce_already_used", Eip3009, Eip3009)]
    [InlineData(1, "settlement_pending", null, Eip3009, Eip3009, "permit2_invalid_nonce", Eip3009, Eip3009)]
    [InlineData(2, "settlement_pending", null, "invalid_upto_evm_transaction_failed", "invalid_upto_evm_transaction_failed", "permit2_invalid_nonce", "invalid_upto_evm_transaction_failed", "invalid_upto_evm_transaction_failed")]
    public void An_end_has_the_schemes_word(int scheme, params string?[] words) =>
        Assert.Equal(words, Enum.GetValues<SettlementStatus>().Select(_bench.Schemes[scheme].ReasonOf));

    [Fact]
    public void A_payment_is_taken_by_its_content()
    {
        var authorization = _bench.Call().Payment;
        var permit = authorization with { Payload = System.Text.Json.JsonDocument.Parse("""{"permit2Authorization":{}}""").RootElement };

        Assert.Equal([true, false, false], _bench.Schemes.Select(scheme => scheme.Takes(authorization)));
        Assert.Equal([false, true, true], _bench.Schemes.Select(scheme => scheme.Takes(permit)));
    }
}
