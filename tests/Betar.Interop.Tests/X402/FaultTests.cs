using System.Text.Json.Nodes;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.Interop.Tests.X402;

/// <summary>The same faulty payments before the official facilitator and before ours.</summary>
[Collection(OfficialCollection.Name)]
public sealed class FaultTests(OfficialFixture official)
{
    private const string Prefix = "invalid_exact_evm_";
    private const string Usdc = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";

    /// <summary>Name, payment, what both say; the few where they differ stand below.</summary>
    private static readonly (string Name, FaultyPayment Payment, string? Reason)[] Same =
    [
        ("right", new(), null),
        ("right, version 1", new() { Version = 1 }, null),
        ("expired", new() { ValidBefore = -1 }, "payload_authorization_valid_before"),
        ("3 s left", new() { ValidBefore = 3 }, "payload_authorization_valid_before"),
        ("3 s left, version 1", new() { ValidBefore = 3, Version = 1 }, "payload_authorization_valid_before"),
        ("not valid yet", new() { ValidAfter = 30 }, "payload_authorization_valid_after"),
        ("49999", new() { Value = 49_999 }, "payload_authorization_value_mismatch"),
        ("50001", new() { Value = 50_001 }, "payload_authorization_value_mismatch"),
        ("49999, version 1", new() { Value = 49_999, Version = 1 }, "authorization_value"),
        ("another payee", new() { To = Vectors.Other }, "recipient_mismatch"),
        ("another chain in the domain", new() { ChainId = 8453 }, "signature"),
        ("another name in the domain", new() { Name = "USD Coin" }, "signature"),
        ("another signer", new() { Signer = "marketplace other seller" }, "signature"),
        ("compact signature", new() { Signature = FaultyPayment.Compact }, "signature"),
        ("no extra", new() { Extra = null }, "missing_eip712_domain"),
        ("no extra, version 1", new() { Extra = null, Version = 1 }, "missing_eip712_domain"),
        ("another scheme", new() { Scheme = "upto" }, "scheme"),
        ("another network", new() { Network = "eip155:8453" }, "network_mismatch"),
        ("a name that is not the token's", new() { Name = "USD Coin", Extra = """{"name":"USD Coin","version":"2"}""" }, "token_name_mismatch"),
        ("more than there is", new() { Value = 2_000_000, Amount = 2_000_000 }, "insufficient_balance"),
    ];

    [Fact]
    public async Task Both_give_the_same_reason()
    {
        var calls = Same.Select(fault => fault.Payment.Build()).ToArray();
        var answers = await JudgeAsync(calls);
        await using var shop = await OurShop.StartAsync();

        var differing = new List<string>();
        for (var i = 0; i < Same.Length; i++)
        {
            var expected = Same[i].Reason is { } reason ? Prefix + reason : null;
            var verified = await shop.Facilitator.VerifyAsync(calls[i], default);
            if (Reason(answers[i]!["verified"]!, "invalidReason") != expected || verified.InvalidReason != expected || verified.IsValid != (expected is null))
                differing.Add($"{Same[i].Name}: expected {expected}, official {answers[i]!["verified"]!.ToJsonString()}, ours {verified.InvalidReason}");
        }

        Assert.True(differing.Count == 0, string.Join('\n', differing));
    }

    [Fact]
    public async Task A_second_settlement_is_a_used_nonce_at_both()
    {
        FaultyPayment[] payments = [new(), new() { Version = 1 }];
        var calls = payments.Select(payment => payment.Build()).ToArray();
        var answers = await JudgeAsync(calls);
        await using var shop = await OurShop.StartAsync();

        for (var i = 0; i < calls.Length; i++)
        {
            var settled = await shop.Facilitator.SettleAsync(calls[i], null, default);
            var again = await shop.Facilitator.SettleAsync(calls[i], null, default);
            Assert.True(settled.Success && answers[i]!["settled"]!["success"]!.GetValue<bool>());
            Assert.Equal(Prefix + "nonce_already_used", again.ErrorReason);
        }

        // The official one says it in words of the token where it speaks version 1.
        Assert.Equal(Prefix + "nonce_already_used", Reason(answers[0]!["again"]!, "errorReason"));
        Assert.Contains("used", Reason(answers[1]!["again"]!, "errorReason")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_high_s_is_refused_by_us_at_once_and_by_them_when_the_token_does()
    {
        var call = new FaultyPayment { Signature = FaultyPayment.HighS }.Build();
        var answer = (await JudgeAsync(call))[0]!;
        await using var shop = await OurShop.StartAsync();

        var verified = await shop.Facilitator.VerifyAsync(call, default);
        var settled = await shop.Facilitator.SettleAsync(call, null, default);

        Assert.Equal(Prefix + "transaction_simulation_failed", Reason(answer["verified"]!, "invalidReason"));
        Assert.Equal(Prefix + "signature", Reason(answer["settled"]!, "errorReason"));
        Assert.Equal((Prefix + "signature", "betar_signature_high_s"), (verified.InvalidReason, verified.InvalidMessage));
        Assert.Equal(Prefix + "signature", settled.ErrorReason);
    }

    [Fact]
    public async Task A_window_beyond_the_offers_is_taken_by_them_and_refused_by_us()
    {
        var call = new FaultyPayment { ValidBefore = 1000 }.Build();
        var answer = (await JudgeAsync(call))[0]!;
        await using var shop = await OurShop.StartAsync();

        var verified = await shop.Facilitator.VerifyAsync(call, default);

        Assert.Null(Reason(answer["verified"]!, "invalidReason"));
        Assert.Equal("betar_window_too_long", verified.InvalidMessage);
    }

    private async Task<JsonArray> JudgeAsync(params FacilitatorCall[] calls)
    {
        var asked = await official.AskAsync("judge", new
        {
            asset = Usdc, account = Vectors.Other, payer = Vectors.Payer, amount = "1000000", calls = calls.Select(call => JsonNode.Parse(WireCodec.Write(call))),
        });
        return asked["answers"]!.AsArray();
    }

    private static string? Reason(JsonNode answer, string member) => answer[member]?.GetValue<string>() ?? answer["thrown"]?.GetValue<string>();
}
