using System.Text.Json.Nodes;
using Betar.Ethereum;
using Betar.X402.Schemes.Vault;
using Betar.X402.Settling;
using Betar.X402.Tests.Support;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Tests.Schemes;

/// <summary>A payment into a vault, and each row with its one fault.</summary>
public sealed class VaultRowTests : IDisposable
{
    private readonly VaultBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task The_right_payment_is_deposited()
    {
        var verified = await _bench.Facilitator.VerifyAsync(_bench.Call(), default);
        var settled = await _bench.Facilitator.SettleAsync(_bench.Call(), null, default);

        Assert.Equal((true, null), (verified.IsValid, verified.InvalidReason));
        Assert.True(settled.Success);
        var id = VaultHasher.Id(VaultBench.Network, VaultBench.Vault, VaultBench.Terms);
        Assert.Equal(
            (VaultBench.Vault.ToString(), id.ToString(), (ulong)VaultBench.End + VaultBench.WorkTime),
            (settled.Extra!.Value.GetProperty("vault").GetString(), settled.Extra.Value.GetProperty("escrow").GetString(), settled.Extra.Value.GetProperty("deadline").GetUInt64()));
        var request = Assert.Single(_bench.Channel.Settled);
        Assert.Equal((VaultBench.Vault, VaultBench.Vault, id.ToString()), (request.Call.To, request.Transfer!.To, request.Key.Nonce.ToString()));
        Assert.Equal((VaultBench.Vault, id), (request.Event!.Contract, request.Event.Subject));
    }

    [Theory]
    [InlineData("betar_vault_scheme", "payment")]
    [InlineData("invalid_exact_evm_network_mismatch", "network")]
    public async Task A_payment_of_another_kind(string reason, string fault)
    {
        var call = _bench.Call();
        var payment = fault == "payment" ? call.Payment with { Scheme = "exact" } : call.Payment with { Network = "eip155:8453" };
        await RefusedAsync(reason, call with { Payment = payment });
    }

    [Theory]
    [InlineData("vault")]
    [InlineData("workTime")]
    [InlineData("disputeWindow")]
    [InlineData("arbiterWindow")]
    public async Task A_term_that_is_missing_or_in_another_form(string member)
    {
        await RefusedAsync("betar_vault_terms_malformed", _bench.Call(extra => extra.Remove(member)));
        await RefusedAsync("betar_vault_terms_malformed", _bench.Call(extra => extra[member] = -1));
    }

    [Theory]
    [InlineData("workTime", 0)]
    [InlineData("workTime", (89 * 86400) + 1)]
    [InlineData("disputeWindow", (90 * 86400) + 1)]
    [InlineData("arbiterWindow", (90 * 86400) + 1)]
    [InlineData("arbiter", 7)]
    [InlineData("order", 7)]
    public async Task A_term_that_is_out_of_range(string member, int value) =>
        await RefusedAsync("betar_vault_terms_malformed", _bench.Call(extra => extra[member] = value));

    [Fact]
    public async Task A_vault_that_is_none_of_ours() =>
        await RefusedAsync("betar_vault_not_known", _bench.Call(extra => extra["vault"] = Vectors.Other));

    [Theory]
    [InlineData(Vectors.Payer)]
    [InlineData(Vectors.Seller)]
    public async Task An_arbiter_who_is_one_of_the_two(string arbiter) =>
        await RefusedAsync("betar_vault_parties", _bench.Call(extra => extra["arbiter"] = arbiter));

    [Theory]
    [InlineData("0", null)]
    [InlineData(null, "0x5FbDB2315678afecb367f032d93F642f64180aa3")]
    [InlineData(null, "0x0000000000000000000000000000000000000000")]
    public async Task What_the_vault_would_refuse(string? amount, string? payee)
    {
        var call = _bench.Call(change: terms => amount is null ? terms : terms with { Value = 0 });
        await RefusedAsync("betar_vault_parties", call with { Requirement = call.Requirement with { Amount = amount ?? call.Requirement.Amount, PayTo = payee ?? call.Requirement.PayTo } });
    }

    [Fact]
    public async Task A_payer_who_is_the_payee_or_blocked()
    {
        var call = _bench.Call();
        await RefusedAsync("invalid_payload", call with { Requirement = call.Requirement with { PayTo = Vectors.Payer } }, "betar_self_payment");
        var careful = new VaultScheme(
            new VaultOptions { Vaults = [VaultBench.Deployment], Verification = new VerificationOptions { BlockList = new EverybodyBlocked() } }, _bench.Time);
        Assert.Equal("betar_payer_blocked", careful.Read(call, out _).Reason?.Text);
        Assert.Equal("betar_field_too_long", _bench.Scheme.Read(_bench.Call(signature: "0x" + new string('1', 1023)), out _).Reason?.Text);
    }

    [Fact]
    public async Task Times_price_and_payee()
    {
        await RefusedAsync("betar_vault_recipient_mismatch", _bench.Call(change: terms => terms with { To = Vectors.SellerAddress }));
        await RefusedAsync("invalid_exact_evm_payload_authorization_valid_before", _bench.Call(change: terms => terms with { ValidBefore = VaultBench.End - 295 }));
        await RefusedAsync("invalid_exact_evm_payload_authorization_valid_after", _bench.Call(change: terms => terms with { ValidAfter = VaultBench.End - 299 }));
        await RefusedAsync("invalid_exact_evm_payload_authorization_value_mismatch", _bench.Call(change: terms => terms with { Value = 49999 }));
        await RefusedAsync("invalid_exact_evm_payload_authorization_value_mismatch", _bench.Call(change: terms => terms with { Value = 50001 }));
        await RefusedAsync("invalid_exact_evm_payload_authorization_valid_before", _bench.Call(change: terms => terms with { ValidBefore = VaultBench.End + 16 }), "betar_window_too_long");
    }

    /// <summary>In time at its ends; the escrow is another then.</summary>
    [Fact]
    public async Task The_ends_of_the_window_are_in_it()
    {
        foreach (var end in new[] { VaultBench.End - 294, VaultBench.End + 15 })
            await RefusedAsync("betar_vault_escrow_mismatch", _bench.Call(change: terms => terms with { ValidBefore = (ulong)end }));
        Assert.True((await _bench.Facilitator.VerifyAsync(_bench.Call(change: terms => terms with { ValidAfter = VaultBench.End - 300 }), default)).IsValid);
    }

    [Theory]
    [InlineData("arbiter")]
    [InlineData("order")]
    public async Task A_payment_whose_terms_lack_what_the_demand_has_not(string member) =>
        await RefusedAsync("betar_vault_escrow_mismatch", _bench.Call(extra => extra.Remove(member)));

    [Theory]
    [InlineData("order", "0xc5534a7cf503af4335d72d612aa1033e375b997c19ac8dabcdcacfbfd4a5c3e2")]
    [InlineData("arbiter", "0x779449E5B6AaB499bc0F3e6c7F3Da9cb1b59c75e")]
    public async Task A_payment_for_another_order_or_arbiter(string member, string value) =>
        await RefusedAsync("betar_vault_escrow_mismatch", _bench.Call(extra => extra[member] = value));

    [Theory]
    [InlineData("workTime")]
    [InlineData("disputeWindow")]
    [InlineData("arbiterWindow")]
    public async Task A_payment_for_other_times(string member) =>
        await RefusedAsync("betar_vault_escrow_mismatch", _bench.Call(extra => extra[member] = 4000));

    [Fact]
    public async Task A_nonce_that_is_no_escrows() =>
        await RefusedAsync("betar_vault_escrow_mismatch", _bench.Call(change: terms => terms with { Nonce = Nonce.Parse(Vectors.Nonce) }));

    [Fact]
    public async Task A_salt_that_is_not_the_escrows() =>
        await RefusedAsync("betar_vault_escrow_mismatch", _bench.Call(content: json => json["saltNonce"] = Vectors.Nonce));

    [Fact]
    public async Task A_signature_of_somebody_else_or_in_another_form()
    {
        using var stranger = Vectors.Key("marketplace other seller");
        await RefusedAsync("invalid_exact_evm_signature", _bench.Call(signer: stranger));
        await RefusedAsync("invalid_exact_evm_signature", _bench.Call(signature: Vectors.HighS), "betar_signature_high_s");
        await RefusedAsync("invalid_exact_evm_signature", _bench.Call(signature: Vectors.Compact), "betar_signature_malformed");
        await RefusedAsync("invalid_payload", _bench.Call(content: json => json["saltNonce"] = "9"));
        await RefusedAsync("invalid_payload", _bench.Call(content: json => json.Remove("authorization")));
        await RefusedAsync("unsupported_payload_type", _bench.Call(content: json => json.Remove("saltNonce")));
    }

    [Fact]
    public async Task A_signature_for_a_transfer_is_no_deposit()
    {
        var (terms, transfer) = (VaultBench.Authorization, new byte[32]);
        Betar.X402.Eip712.TransferAuthorizationHasher.Digest(Betar.X402.Networks.PaymentAsset.BaseSepoliaUsdc.Domain, in terms, transfer);
        var signature = new byte[65];
        _bench.Payer.Sign(transfer, signature);
        signature[64] += 27;
        await RefusedAsync("invalid_exact_evm_signature", _bench.Call(signature: "0x" + Convert.ToHexStringLower(signature)));
    }

    [Fact]
    public async Task The_chain_has_its_say()
    {
        _bench.Chain.Answers["e94a0102"] = FacilitatorBench.Word(UInt256.One);
        await RefusedAsync("invalid_exact_evm_nonce_already_used", _bench.Call(), fresh: true);
        _bench.Chain.Answers["e94a0102"] = FacilitatorBench.Word(UInt256.Zero);
        _bench.Chain.Answers[VaultBench.Deposit] = FacilitatorBench.Revert;
        await RefusedAsync("invalid_exact_evm_transaction_simulation_failed", _bench.Call(), fresh: true);
        _bench.Chain.Answers["70a08231"] = FacilitatorBench.Word(49999);
        await RefusedAsync("invalid_exact_evm_insufficient_balance", _bench.Call(), fresh: true);
        _bench.Chain.Answers[VaultBench.Deposit] = RpcOutcome.Unreachable<byte[]>();
        await RefusedAsync("unexpected_verify_error", _bench.Call(), fresh: true);
    }

    [Fact]
    public void Money_without_the_vaults_own_event_is_no_deposit()
    {
        Assert.True(_bench.Scheme.Read(_bench.Call(), out var payment).IsAccepted);
        var request = _bench.Scheme.ToSettlement(payment!)!;
        var transfer = Log(Golden.Usdc, "Transfer(address,address,uint256)", Word(Vectors.Payer), Word(VaultBench.Vault.ToString()), UInt256.Parse("50000"));
        var deposited = Log(
            VaultBench.Vault.ToString(), "Deposited(bytes32,address,address,(address,address,address,uint256,uint40,uint32,uint32,bytes32))",
            VaultHasher.Id(VaultBench.Network, VaultBench.Vault, VaultBench.Terms), Hash32.Zero, UInt256.Zero);

        var filter = AuthorizationEvent.UsedFilter(request.Use!.Token, request.Use.Authorizer, request.Use.Nonce, 0);
        var used = transfer with { Topics = [.. filter.Topics.Select(topic => topic!.Value)], Data = Array.Empty<byte>() };

        Assert.True(request.IsProvenBy([used, transfer, deposited]));
        Assert.False(request.IsProvenBy([used, transfer]));
        Assert.False(request.IsProvenBy([used, deposited]));
        Assert.False(request.IsProvenBy([transfer, deposited]));
        Assert.False(request.IsProvenBy([used with { Topics = [used.Topics[0], used.Topics[1], Hash32.Zero] }, transfer, deposited]));
        Assert.False(request.IsProvenBy([transfer, used, deposited]));
        Assert.False(request.IsProvenBy([used, transfer with { Data = deposited.Data }, transfer, deposited]));
        Assert.False(request.IsProvenBy([used, transfer, deposited with { Address = Address.Parse(Golden.Usdc) }]));
        Assert.False(request.IsProvenBy([used, transfer, deposited with { Topics = [deposited.Topics[0], Hash32.Zero] }]));
        Assert.False((request with { Transfer = null, Event = null }).IsProvenBy([transfer, deposited, used]));
    }

    [Fact]
    public void An_end_has_the_schemes_word() => Assert.Equal(
        ["settlement_pending", null, "betar_vault_deposit_failed", "betar_vault_deposit_failed", "invalid_exact_evm_nonce_already_used", "betar_vault_deposit_failed", "betar_vault_deposit_failed"],
        Enum.GetValues<SettlementStatus>().Select(_bench.Scheme.ReasonOf));

    private async Task RefusedAsync(string reason, FacilitatorCall call, string? message = null, bool fresh = false)
    {
        var verified = await _bench.Facilitator.VerifyAsync(call, default);
        Assert.Equal((false, reason), (verified.IsValid, verified.InvalidReason));
        if (message is not null)
            Assert.Equal(message, verified.InvalidMessage);
        if (!fresh)
            Assert.False((await _bench.Facilitator.SettleAsync(call, null, default)).Success);
        Assert.Empty(_bench.Channel.Settled);
    }

    private sealed class EverybodyBlocked : IPayerBlockList
    {
        public bool IsBlocked(Address payer) => true;
    }

    private static Hash32 Word(string address) => Hash32.Parse("0x" + new string('0', 24) + address[2..]);

    private static LogEntry Log(string contract, string signature, Hash32 first, Hash32 second, UInt256 data)
    {
        var bytes = new byte[32];
        data.WriteBigEndian(bytes);
        return new LogEntry(Address.Parse(contract), [new Hash32(Betar.Crypto.Keccak256.Hash(System.Text.Encoding.ASCII.GetBytes(signature))), first, second], bytes, 1, Hash32.Zero, Hash32.Zero, 0, 0);
    }
}
