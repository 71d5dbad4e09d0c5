using Betar.Ethereum;
using Betar.X402.Networks;
using Betar.X402.Tests.Support;

namespace Betar.X402.Tests.Schemes;

/// <summary>Each row of the scheme with its one fault, and exactly its reason.</summary>
public sealed class Eip3009RowTests : IDisposable
{
    private readonly FacilitatorBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task The_right_payment_is_accepted(int version) => _bench.AssertAcceptedAsync(_bench.Call(version: version));

    [Fact]
    public Task The_published_signature_is_accepted() =>
        _bench.AssertAcceptedAsync(FacilitatorBench.Call(FacilitatorBench.RightAuthorization, Vectors.Signature));

    [Fact]
    public async Task The_published_payment_is_settled_by_the_published_calldata()
    {
        var settled = await _bench.Facilitator.SettleAsync(FacilitatorBench.Call(FacilitatorBench.RightAuthorization, Vectors.Signature), null, CancellationToken.None);

        Assert.Equal((true, ScriptedChannel.Transaction.ToString(), Vectors.Payer), (settled.Success, settled.Transaction, settled.Payer));
        Assert.Equal(Vectors.Calldata, "0x" + Convert.ToHexStringLower(Assert.Single(_bench.Channel.Settled).Call.Data.Span));
    }

    [Fact]
    public async Task Row_1_the_payment_has_another_scheme()
    {
        var call = _bench.Call();
        await _bench.AssertRefusedAsync("invalid_exact_evm_scheme", call with { Payment = call.Payment with { Scheme = "upto" } });
    }

    [Fact]
    public async Task Row_1_nobody_takes_the_requirements_scheme()
    {
        var call = _bench.Call();
        await _bench.AssertRefusedAsync("unsupported_scheme", call with { Requirement = FacilitatorBench.Offer with { Scheme = "barter" } });
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":"USDC"}""")]
    [InlineData("""{"version":"2"}""")]
    [InlineData("""{"name":"","version":"2"}""")]
    [InlineData("""{"name":7,"version":"2"}""")]
    public Task Row_2_the_domain_is_not_stated(string extra) => _bench.AssertRefusedAsync(
        "invalid_exact_evm_missing_eip712_domain",
        _bench.Call() with { Requirement = FacilitatorBench.Offer with { Extra = System.Text.Json.JsonDocument.Parse(extra).RootElement } });

    [Fact]
    public async Task Row_3_the_networks_differ()
    {
        var call = _bench.Call();
        await _bench.AssertRefusedAsync("invalid_exact_evm_network_mismatch", call with { Payment = call.Payment with { Network = "eip155:8453" } });
    }

    [Fact]
    public async Task Row_4_somebody_else_signed()
    {
        using var stranger = Vectors.Key("marketplace other seller");
        await _bench.AssertRefusedAsync("invalid_exact_evm_signature", _bench.Call(signer: stranger));
    }

    [Theory]
    [InlineData("USD Coin", 84532)]
    [InlineData("USDC", 8453)]
    public Task Row_4_signed_under_another_domain(string name, ulong chain) => _bench.AssertRefusedAsync(
        "invalid_exact_evm_signature",
        _bench.Call(domain: new PaymentAsset(new NetworkId(chain), Address.Parse(Golden.Usdc), name, "2")));

    [Fact]
    public Task Row_4_the_signature_of_another_chain() => _bench.AssertRefusedAsync(
        "invalid_exact_evm_signature", FacilitatorBench.Call(FacilitatorBench.RightAuthorization, Vectors.SignatureOnBase));

    [Fact]
    public Task Row_4_a_wallet_that_is_not_deployed() => _bench.AssertRefusedAsync(
        "eip6492_factory_not_allowed",
        FacilitatorBench.Call(FacilitatorBench.RightAuthorization, "0x" + new string('0', 64) + "6492649264926492649264926492649264926492649264926492649264926492"));

    [Theory]
    [InlineData(Vectors.HighS, "betar_signature_high_s")]
    [InlineData(Vectors.Compact, "betar_signature_malformed")]
    [InlineData("0x", "betar_signature_malformed")]
    public Task The_twins_of_a_signature_are_refused(string signature, string word) =>
        _bench.AssertRefusedAsync("invalid_exact_evm_signature", FacilitatorBench.Call(FacilitatorBench.RightAuthorization, signature), word);

    [Theory]
    [InlineData("00", true)]
    [InlineData("01", true)]
    [InlineData("1b", true)]
    [InlineData("1c", true)]
    [InlineData("02", false)]
    [InlineData("1d", false)]
    public async Task V_is_one_of_four(string v, bool known)
    {
        var verified = await _bench.Facilitator.VerifyAsync(
            FacilitatorBench.Call(FacilitatorBench.RightAuthorization, Vectors.Signature[..^2] + v), CancellationToken.None);

        Assert.Equal(v is "01" or "1c", verified.IsValid);
        Assert.Equal(known ? null : "betar_signature_v", verified.InvalidMessage);
    }

    [Theory]
    [InlineData("r")]
    [InlineData("s")]
    public Task Zero_is_no_scalar(string half)
    {
        var signature = half == "r"
            ? "0x" + new string('0', 64) + Vectors.Signature[66..]
            : Vectors.Signature[..66] + new string('0', 64) + "1c";
        return _bench.AssertRefusedAsync("invalid_exact_evm_signature", FacilitatorBench.Call(FacilitatorBench.RightAuthorization, signature), "betar_signature_range");
    }

    [Fact]
    public Task Row_5_another_payee() =>
        _bench.AssertRefusedAsync("invalid_exact_evm_recipient_mismatch", _bench.Call(a => a with { To = Vectors.Other }));

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(5)]
    public Task Row_6_too_little_time_left(long seconds) => _bench.AssertRefusedAsync(
        "invalid_exact_evm_payload_authorization_valid_before",
        _bench.Call(a => a with { ValidBefore = $"{Vectors.ValidBefore - 200 + seconds}" }));

    [Fact]
    public Task Row_6_six_seconds_are_enough() => _bench.AssertAcceptedAsync(_bench.Call(a => a with { ValidBefore = $"{Vectors.ValidBefore - 194}" }));

    [Fact]
    public Task Row_7_not_valid_yet() => _bench.AssertRefusedAsync(
        "invalid_exact_evm_payload_authorization_valid_after", _bench.Call(a => a with { ValidAfter = $"{Vectors.ValidBefore - 199}" }));

    [Theory]
    [InlineData("49999", 2, "invalid_exact_evm_payload_authorization_value_mismatch")]
    [InlineData("50001", 2, "invalid_exact_evm_payload_authorization_value_mismatch")]
    [InlineData("49999", 1, "invalid_exact_evm_authorization_value")]
    [InlineData("50001", 1, "invalid_exact_evm_authorization_value")]
    public Task Row_8_another_value(string value, int version, string reason) =>
        _bench.AssertRefusedAsync(reason, _bench.Call(a => a with { Value = value }, version: version));

    [Fact]
    public async Task Row_9_no_contract()
    {
        _bench.Chain.Code = [];
        await _bench.AssertRefusedAsync("asset_not_deployed_contract", _bench.Call());
    }

    [Theory]
    [InlineData("e94a0102", "1", "invalid_exact_evm_nonce_already_used")]
    [InlineData("e94a0102", "revert", "invalid_exact_evm_eip3009_not_supported")]
    [InlineData("06fdde03", "Other", "invalid_exact_evm_token_name_mismatch")]
    [InlineData("54fd4d50", "9", "invalid_exact_evm_token_version_mismatch")]
    [InlineData("70a08231", "49999", "invalid_exact_evm_insufficient_balance")]
    [InlineData("", "", "invalid_exact_evm_transaction_simulation_failed")]
    public async Task Row_10_the_transfer_would_fail(string selector, string answer, string reason)
    {
        var answers = _bench.Chain.Answers;
        answers["e3ee160e"] = FacilitatorBench.Revert;
        answers["e94a0102"] = FacilitatorBench.Word(UInt256.Zero);
        answers["06fdde03"] = FacilitatorBench.Text("USDC");
        answers["54fd4d50"] = FacilitatorBench.Text("2");
        answers["70a08231"] = FacilitatorBench.Word(50000);
        if (selector.Length > 0)
            answers[selector] = answer == "revert" ? FacilitatorBench.Revert
                : selector is "06fdde03" or "54fd4d50" ? FacilitatorBench.Text(answer)
                : FacilitatorBench.Word(UInt256.Parse(answer));

        await _bench.AssertRefusedAsync(reason, _bench.Call());
    }

    [Fact]
    public async Task A_chain_that_does_not_answer_is_no_verdict()
    {
        _bench.Chain.Code = null;
        await _bench.AssertRefusedAsync("unexpected_verify_error", _bench.Call(), "betar_chain_unreachable");
    }

    [Theory]
    [InlineData("""{"name":"USD Coin","version":"2"}""", "invalid_exact_evm_token_name_mismatch")]
    [InlineData("""{"name":"USDC","version":"1"}""", "invalid_exact_evm_token_version_mismatch")]
    public Task A_seller_that_states_another_domain_is_told(string extra, string reason) => _bench.AssertRefusedAsync(
        reason, _bench.Call() with { Requirement = FacilitatorBench.Offer with { Extra = System.Text.Json.JsonDocument.Parse(extra).RootElement } });

    [Theory]
    [InlineData("network", "invalid_network")]
    [InlineData("asset", "invalid_payment_requirements")]
    [InlineData("payTo", "invalid_payment_requirements")]
    [InlineData("amount", "invalid_payment_requirements")]
    [InlineData("timeout", "invalid_payment_requirements")]
    public Task A_requirement_outside_our_lists_is_refused(string member, string reason)
    {
        var call = _bench.Call();
        var offer = FacilitatorBench.Offer;
        var changed = member switch
        {
            "network" => offer with { Network = "eip155:1" },
            "asset" => offer with { Asset = Vectors.Other },
            "payTo" => offer with { PayTo = "0x12" },
            "amount" => offer with { Amount = "050000" },
            _ => offer with { MaxTimeoutSeconds = 0 },
        };
        return _bench.AssertRefusedAsync(reason, call with { Requirement = changed, Payment = call.Payment with { Network = changed.Network } });
    }

    public static TheoryData<string, string> Fields => new()
    {
        { "from", "0x40D6" }, { "to", "seller" }, { "value", "-1" }, { "value", "01" }, { "validAfter", "1e3" }, { "validBefore", "" }, { "nonce", "0x12" },
        { "value", "115792089237316195423570985008687907853269984665640564039457584007913129639936" }, { "nonce", new string('9', 1025) },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public Task A_field_in_another_form_is_no_payload(string field, string value) => _bench.AssertRefusedAsync("invalid_payload", _bench.Call(a => field switch
    {
        "from" => a with { From = value },
        "to" => a with { To = value },
        "value" => a with { Value = value },
        "validAfter" => a with { ValidAfter = value },
        "validBefore" => a with { ValidBefore = value },
        _ => a with { Nonce = value },
    }));

    [Fact]
    public Task A_window_beyond_the_offers_is_refused() => _bench.AssertRefusedAsync(
        "invalid_exact_evm_payload_authorization_valid_before", _bench.Call(a => a with { ValidBefore = $"{Vectors.ValidBefore + 200}" }), "betar_window_too_long");

    [Fact]
    public Task Nobody_pays_themselves() => _bench.AssertRefusedAsync(
        "invalid_payload", _bench.Call(a => a with { To = Vectors.Payer }) with { Requirement = FacilitatorBench.Offer with { PayTo = Vectors.Payer } }, "betar_self_payment");
}
