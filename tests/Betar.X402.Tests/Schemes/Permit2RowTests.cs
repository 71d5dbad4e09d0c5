using Betar.Ethereum;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;

namespace Betar.X402.Tests.Schemes;

/// <summary>Each row of a permit with its one fault, and exactly its reason; "upto" has the same rows and one more.</summary>
public sealed class Permit2RowTests : IDisposable
{
    private readonly FacilitatorBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(false, Vectors.Permit2Digest, Vectors.Permit2Signature)]
    [InlineData(true, Vectors.UptoDigest, Vectors.UptoSignature)]
    public async Task The_published_permit(bool upto, string digest, string signature)
    {
        using var payer = Vectors.PayerKey();

        Assert.Equal(digest, Permit2Hasher.Data(NetworkId.BaseSepolia, Permits.Right(upto)).Digest.ToString());
        Assert.Equal(signature, Permits.Sign(Permits.Right(upto), payer));
        await _bench.AssertAcceptedAsync(Permits.Call(upto, signature: signature));
    }

    [Theory]
    [InlineData(false, "unsupported_payload_type")]
    [InlineData(true, "invalid_upto_evm_scheme")]
    public Task Another_scheme(bool upto, string reason)
    {
        var call = Permits.Call(upto);
        return _bench.AssertRefusedAsync(reason, call with { Payment = call.Payment with { Scheme = "other" } });
    }

    [Theory]
    [InlineData(false, "invalid_exact_evm_network_mismatch")]
    [InlineData(true, "invalid_upto_evm_network_mismatch")]
    public Task Another_network(bool upto, string reason)
    {
        var call = Permits.Call(upto);
        return _bench.AssertRefusedAsync(reason, call with { Payment = call.Payment with { Network = "eip155:8453" } });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Spender_payee_times_and_token(bool upto)
    {
        var now = _bench.Time.GetUtcNow().ToUnixTimeSeconds();
        (string Reason, Func<Permit2Terms, Permit2Terms> Change)[] faults =
        [
            ("invalid_permit2_spender", t => t with { Spender = Address.Parse(Vectors.Other) }),
            ("invalid_permit2_recipient_mismatch", t => t with { To = Address.Parse(Vectors.Other) }),
            ("permit2_deadline_expired", t => t with { Deadline = (ulong)now + 5 }),
            ("permit2_not_yet_valid", t => t with { ValidAfter = (ulong)now + 1 }),
            ("permit2_amount_mismatch", t => t with { Amount = 49999 }),
            ("permit2_token_mismatch", t => t with { Token = Address.Parse(Vectors.Other) }),
            ("invalid_exact_evm_payload_authorization_valid_before", t => t with { Deadline = (ulong)now + 316 }),
        ];
        foreach (var (reason, change) in faults)
            await _bench.AssertRefusedAsync(reason, Permits.Call(upto, change));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_ends_of_the_window_are_taken(bool upto)
    {
        var now = (ulong)_bench.Time.GetUtcNow().ToUnixTimeSeconds();
        await _bench.AssertAcceptedAsync(Permits.Call(upto, t => t with { ValidAfter = now }));
        await _bench.AssertAcceptedAsync(Permits.Call(upto, t => t with { Deadline = now + 6 }));
        await _bench.AssertAcceptedAsync(Permits.Call(upto, t => t with { Deadline = now + 315 }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_payer_who_is_the_payee_or_blocked(bool upto)
    {
        var call = Permits.Call(upto, t => t with { To = Address.Parse(Vectors.Payer) });
        await _bench.AssertRefusedAsync("invalid_payload", call with { Requirement = call.Requirement with { PayTo = Vectors.Payer } }, "betar_self_payment");
        var verification = new VerificationOptions { BlockList = new EverybodyBlocked() };
        Betar.X402.Schemes.IPaymentScheme careful = upto
            ? new Betar.X402.Schemes.Upto.UptoScheme(new Betar.X402.Schemes.Upto.UptoOptions { Facilitators = [Address.Parse(Vectors.Other)], Verification = verification }, _bench.Time)
            : new Betar.X402.Schemes.ExactPermit2.ExactPermit2Scheme(new Betar.X402.Schemes.ExactPermit2.ExactPermit2Options { Verification = verification }, _bench.Time);
        Assert.Equal((VerificationReasons.PayerBlocked, null), (careful.Read(Permits.Call(upto), out var payment).Reason, payment));
    }

    [Fact]
    public async Task More_than_was_asked_is_refused_as_less_is()
    {
        await _bench.AssertRefusedAsync("permit2_amount_mismatch", Permits.Call(false, t => t with { Amount = 50001 }));
        var upto = await _bench.Facilitator.VerifyAsync(Permits.Call(true, t => t with { Amount = 50001 }), CancellationToken.None);
        Assert.Equal("permit2_amount_mismatch", upto.InvalidReason);
    }

    [Fact]
    public Task The_named_facilitator_is_not_here() =>
        _bench.AssertRefusedAsync("upto_facilitator_mismatch", Permits.Call(true, t => t with { Facilitator = Vectors.SellerAddress }));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Somebody_else_signed(bool upto)
    {
        using var stranger = Vectors.Key("marketplace other seller");
        using var payer = Vectors.PayerKey();

        await _bench.AssertRefusedAsync("invalid_permit2_signature", Permits.Call(upto, signer: stranger));
        await _bench.AssertRefusedAsync("invalid_permit2_signature", Permits.Call(upto, signature: Permits.Sign(Permits.Right(upto), payer, 8453)));
        await _bench.AssertRefusedAsync("invalid_exact_evm_signature", Permits.Call(upto, signature: Vectors.HighS), "betar_signature_high_s");
        await _bench.AssertRefusedAsync("invalid_exact_evm_signature", Permits.Call(upto, signature: "0x" + new string('0', 128) + "1b"), "betar_signature_range");
        await _bench.AssertRefusedAsync("invalid_exact_evm_signature", Permits.Call(upto, signature: Vectors.Compact), "betar_signature_malformed");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_contract_at_the_tokens_address(bool upto)
    {
        _bench.Chain.Code = [];
        await _bench.AssertRefusedAsync("asset_not_deployed_contract", Permits.Call(upto));
    }

    [Theory]
    [InlineData("PERMIT2()", null, "permit2_proxy_not_deployed")]
    [InlineData("balanceOf(address)", "49999", "permit2_insufficient_balance")]
    [InlineData("allowance(address,address)", "49999", "permit2_allowance_required")]
    [InlineData("nonceBitmap(address,uint256)", "21267647932558653966460912964485513216", "permit2_simulation_failed")]
    [InlineData("nonceBitmap(address,uint256)", "all", "permit2_invalid_nonce")]
    [InlineData("", "", "permit2_simulation_failed")]
    public async Task The_settlement_would_fail(string function, string? answer, string reason)
    {
        var answers = _bench.Chain.Answers;
        answers[FacilitatorBench.ExactSettle] = answers[FacilitatorBench.UptoSettle] = FacilitatorBench.Revert;
        answers[FacilitatorBench.Selector("balanceOf(address)")] = FacilitatorBench.Word(50000);
        answers[FacilitatorBench.Selector("allowance(address,address)")] = FacilitatorBench.Word(50000);
        answers[FacilitatorBench.Selector("nonceBitmap(address,uint256)")] = FacilitatorBench.Word(UInt256.Zero);
        if (function.Length > 0)
            answers[FacilitatorBench.Selector(function)] = answer switch
            {
                null => RpcOutcome.Value(Array.Empty<byte>()),
                "all" => FacilitatorBench.Word(UInt256.MaxValue),
                _ => FacilitatorBench.Word(UInt256.Parse(answer)),
            };

        await _bench.AssertRefusedAsync(reason, Permits.Call(false));
        await _bench.AssertRefusedAsync(reason, Permits.Call(true));
    }

    [Fact]
    public async Task A_call_to_a_proxy_that_is_not_there_succeeds_and_moves_nothing()
    {
        _bench.Chain.Answers[FacilitatorBench.Selector("PERMIT2()")] = RpcOutcome.Value(Array.Empty<byte>());

        await _bench.AssertRefusedAsync("permit2_proxy_not_deployed", Permits.Call(false));
    }

    [Fact]
    public async Task Whose_token_cannot_be_looked_at_is_not_taken_by_the_simulation_alone()
    {
        _bench.Chain.Code = null;
        await _bench.AssertRefusedAsync("unexpected_verify_error", Permits.Call(false), "betar_chain_unreachable");
    }

    [Fact]
    public async Task Nonces_that_cannot_be_read_are_not_said_to_be_used()
    {
        foreach (var function in new[] { "balanceOf(address)", "allowance(address,address)" })
            _bench.Chain.Answers[FacilitatorBench.Selector(function)] = FacilitatorBench.Word(50000);
        _bench.Chain.Answers[FacilitatorBench.ExactSettle] = FacilitatorBench.Revert;
        _bench.Chain.Answers[FacilitatorBench.Selector("nonceBitmap(address,uint256)")] = RpcOutcome.Value(Array.Empty<byte>());
        await _bench.AssertRefusedAsync("permit2_simulation_failed", Permits.Call(false));
    }

    [Fact]
    public async Task A_chain_that_does_not_answer_is_no_verdict()
    {
        _bench.Chain.Answers[FacilitatorBench.ExactSettle] = RpcOutcome.Unreachable<byte[]>();
        await _bench.AssertRefusedAsync("unexpected_verify_error", Permits.Call(false));
        _bench.Chain.Code = null;
        await _bench.AssertRefusedAsync("unexpected_verify_error", Permits.Call(false));
    }

    [Theory]
    [InlineData("permit2Authorization")]
    [InlineData("signature")]
    [InlineData("permit2Authorization.permitted")]
    [InlineData("permit2Authorization.permitted.token")]
    [InlineData("permit2Authorization.permitted.amount")]
    [InlineData("permit2Authorization.from")]
    [InlineData("permit2Authorization.spender")]
    [InlineData("permit2Authorization.nonce")]
    [InlineData("permit2Authorization.deadline")]
    [InlineData("permit2Authorization.witness")]
    [InlineData("permit2Authorization.witness.to")]
    [InlineData("permit2Authorization.witness.facilitator")]
    [InlineData("permit2Authorization.witness.validAfter")]
    public async Task A_member_that_is_missing_or_in_another_form(string path)
    {
        using var payer = Vectors.PayerKey();
        var call = Permits.Call(true);
        foreach (var value in new System.Text.Json.Nodes.JsonNode?[] { null, 7, "x", new string('1', 1025) })
        {
            var json = Permits.Json(Permits.Right(true), Permits.Sign(Permits.Right(true), payer));
            var parts = path.Split('.');
            var parent = parts[..^1].Aggregate((System.Text.Json.Nodes.JsonNode)json, (node, part) => node[part]!);
            if (value is null)
                parent.AsObject().Remove(parts[^1]);
            else
                parent[parts[^1]] = value.DeepClone();
            var verified = await _bench.Facilitator.VerifyAsync(
                call with { Payment = call.Payment with { Payload = FacilitatorBench.Json(json) } }, CancellationToken.None);
            Assert.False(verified.IsValid);
            Assert.Contains(verified.InvalidReason, new[] { "invalid_payload", "unsupported_payload_type", "invalid_exact_evm_signature" });
        }
    }

    [Fact]
    public async Task Exactly_what_was_permitted_is_moved()
    {
        var settled = await _bench.Facilitator.SettleAsync(Permits.Call(false), null, CancellationToken.None);

        var request = Assert.Single(_bench.Channel.Settled);
        Assert.Equal((true, null), (settled.Success, settled.Amount));
        Assert.Equal(Permit2Contracts.ExactProxy, request.Call.To);
        Assert.Equal(((ulong)Vectors.ValidBefore, (ulong)Vectors.ValidBefore - 300 - 600), (request.ValidBefore, request.Since));
        Assert.Equal((Address.Parse(Golden.Usdc), Vectors.SellerAddress, (AtomicAmount)50000), (request.Transfer!.Token, request.Transfer.To, request.Transfer.Value));
        Assert.Equal((Permit2Contracts.Permit2, Vectors.Nonce), (request.Key.Asset, request.Key.Nonce.ToString()));
    }

    [Theory]
    [InlineData("50000", "50000", 1)]
    [InlineData("12345", "12345", 1)]
    [InlineData("1", "1", 1)]
    [InlineData("0", "0", 0)]
    public async Task Upto_charges_what_was_used(string used, string charged, int transactions)
    {
        var call = Permits.Call(true);

        var settled = await _bench.Facilitator.SettleAsync(call with { Requirement = call.Requirement with { Amount = used } }, null, CancellationToken.None);

        Assert.Equal((true, charged), (settled.Success, settled.Amount));
        Assert.Equal(transactions, _bench.Channel.Settled.Count);
        Assert.All(_bench.Channel.Settled, request => Assert.Equal(used, request.Transfer!.Value.ToString()));
        Assert.Equal(transactions == 0, settled.Transaction.Length == 0);
    }

    [Fact]
    public async Task Upto_never_charges_more_than_was_permitted()
    {
        var call = Permits.Call(true);

        var settled = await _bench.Facilitator.SettleAsync(call with { Requirement = call.Requirement with { Amount = "50001" } }, null, CancellationToken.None);

        Assert.Equal((false, "invalid_upto_evm_payload_settlement_exceeds_amount"), (settled.Success, settled.ErrorReason));
        Assert.Empty(_bench.Channel.Settled);
    }

    [Fact]
    public async Task Exact_charges_nothing_else()
    {
        var call = Permits.Call(false);

        var settled = await _bench.Facilitator.SettleAsync(call with { Requirement = call.Requirement with { Amount = "1" } }, null, CancellationToken.None);

        Assert.Equal((false, "permit2_amount_mismatch"), (settled.Success, settled.ErrorReason));
    }

    private sealed class EverybodyBlocked : IPayerBlockList
    {
        public bool IsBlocked(Address payer) => true;
    }
}
