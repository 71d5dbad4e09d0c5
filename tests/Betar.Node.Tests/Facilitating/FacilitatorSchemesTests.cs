using System.Text.Json;
using Betar.Ethereum;
using Betar.Node.Tests.Support;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Schemes.AuthCapture;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Schemes.ExactPermit2;
using Betar.X402.Schemes.Permit2;
using Betar.X402.Schemes.Upto;
using Betar.X402.Schemes.Vault;
using Betar.X402.Wire;

namespace Betar.Node.Tests.Facilitating;

/// <summary><c>betar facilitator up</c> settles every scheme, each payment once, through the accounts that own their transaction nonces.</summary>
public sealed class FacilitatorSchemesTests
{
    private const int Askers = 8;
    private static readonly string[] s_all = ["exact", "upto", "batch-settlement", "betar-vault", "auth-capture"];

    [Fact]
    public async Task Every_scheme_is_offered_verified_and_settled_once_for_all_who_ask()
    {
        using AnvilFacilitator user = await AnvilFacilitator.StartAsync(withDoubles: true, "--settlers", "2");
        await user.ApproveAsync(Permit2Contracts.Permit2);
        Assert.Equal(s_all, Names(user.Start.GetProperty("schemes")));
        SupportedKinds kinds = await user.Facilitator.SupportedAsync(default);
        Assert.All(s_all, scheme => Assert.True(kinds.Has(WireVersions.Current, scheme, user.Network.ToString()), scheme));

        foreach ((string name, FacilitatorCall call) in await PaymentsAsync(user))
        {
            VerifyResponse verified = await user.Facilitator.VerifyAsync(call with { Requirement = call.Payment.Accepted! }, default);
            Assert.True(verified.IsValid, $"{name}: {verified.InvalidReason} {verified.InvalidMessage}");
            ulong before = await user.SentAsync();
            SettleResponse[] all = await Task.WhenAll(Enumerable.Range(0, Askers).Select(_ => user.Facilitator.SettleAsync(call, null, default)));

            Assert.True(all.Count(response => response.Success) == 1, $"{name}: {string.Join(", ", all.Select(response => response.ErrorReason + response.ErrorMessage))}");
            Assert.Equal(1ul, await user.SentAsync() - before);
            Assert.False((await user.Facilitator.SettleAsync(call, null, default)).Success);
        }

        // exact by both ways and upto reach the seller; the others wait in their contracts.
        Assert.Equal((2 * AnvilFacilitator.Price) + (AnvilFacilitator.Price / 2), await user.BalanceAsync(AnvilFacilitator.Seller));
        Assert.Equal(AnvilFacilitator.Price, await user.BalanceAsync(user.Anvil.Vault!.Value));
        Assert.Equal(5 * AnvilFacilitator.Price, await user.BalanceAsync(BatchContracts.Settlement));
    }

    [Fact]
    public async Task What_a_killed_process_settled_is_found_and_not_settled_again()
    {
        using AnvilFacilitator user = await AnvilFacilitator.StartAsync(withDoubles: true);
        await user.ApproveAsync(Permit2Contracts.Permit2);
        foreach ((string name, FacilitatorCall call) in await PaymentsAsync(user))
        {
            SettleResponse settled = await user.Facilitator.SettleAsync(call, "mine", default);
            Assert.True(settled.Success, $"{name}: {settled.ErrorReason} {settled.ErrorMessage}");
            await user.KillAndRestartAsync();
            SettleResponse again = await user.Facilitator.SettleAsync(call, "mine", default);
            Assert.Equal((name, true, settled.Transaction), (name, again.Success, again.Transaction));
        }

        Assert.Equal(6ul, await user.SentAsync());
    }

    [Fact]
    public async Task What_only_another_account_may_settle_is_not_promised()
    {
        using AnvilFacilitator user = await AnvilFacilitator.StartAsync(withDoubles: true);
        await user.ApproveAsync(Permit2Contracts.Permit2);
        FacilitatorCall upto = await user.SignAsync(new UptoClient(user.Signer, TimeProvider.System), user.Offer("upto", ("facilitatorAddress", user.Buyer.ToString())));
        FacilitatorCall escrow = await EscrowAsync(user, user.Buyer);
        foreach (FacilitatorCall call in new[] { upto, escrow })
        {
            Assert.False((await user.Facilitator.VerifyAsync(call, default)).IsValid);
            Assert.False((await user.Facilitator.SettleAsync(call, null, default)).Success);
        }

        Assert.Equal(0ul, await user.SentAsync());
    }

    [Fact]
    public async Task A_scheme_whose_contract_is_not_there_is_not_offered()
    {
        using AnvilFacilitator user = await AnvilFacilitator.StartAsync(withDoubles: false);
        Assert.Equal(["exact", "betar-vault"], Names(user.Start.GetProperty("schemes")));
        SupportedKinds kinds = await user.Facilitator.SupportedAsync(default);
        Assert.False(kinds.Has(WireVersions.Current, "upto", user.Network.ToString()));

        FacilitatorCall permit = await user.SignAsync(new ExactPermit2Client(user.Signer, TimeProvider.System), user.Offer("exact", ("assetTransferMethod", "permit2")));
        Assert.Equal("unsupported_payload_type", (await user.Facilitator.VerifyAsync(permit, default)).InvalidReason);
        FacilitatorCall upto = await user.SignAsync(
            new UptoClient(user.Signer, TimeProvider.System), user.Offer("upto", ("facilitatorAddress", user.Signers[0].ToString())));
        Assert.False((await user.Facilitator.SettleAsync(upto, null, default)).Success);
    }

    [Fact]
    public async Task Transfers_that_wait_at_the_same_moment_share_a_transaction()
    {
        const int Payments = 24;
        using AnvilFacilitator user = await AnvilFacilitator.StartAsync(withDoubles: true, "--batch", "8");
        FacilitatorCall[] calls = await Task.WhenAll(Enumerable.Range(0, Payments).Select(_ =>
            user.SignAsync(new Eip3009Client(new AuthorizationSigner(user.Key, TimeProvider.System)), user.Offer("exact"))));

        SettleResponse[] all = await Task.WhenAll(calls.Select(call => user.Facilitator.SettleAsync(call, null, default)));

        Assert.All(all, response => Assert.True(response.Success, response.ErrorReason + response.ErrorMessage));
        Assert.Equal(Payments * AnvilFacilitator.Price, await user.BalanceAsync(AnvilFacilitator.Seller));
        Assert.Equal((ulong)all.Select(response => response.Transaction).Distinct().Count(), await user.SentAsync());
        Assert.InRange(await user.SentAsync(), (ulong)(Payments / 8), (ulong)(Payments / 2));
    }

    [Fact]
    public async Task A_batch_without_a_multicall_on_the_chain_is_refused()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        (await CliRun.RunAsync("facilitator", "up", "--data", temp.Path, "--batch", "2")).AssertRefused("BTR-1003", 2);
    }

    [Theory]
    [InlineData("BTR-1015", 2, "0x12")]
    [InlineData("BTR-1015", 2, "0x0000000000000000000000000000000000000000")]
    [InlineData("BTR-1003", 2, "0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1")]
    public async Task A_vault_that_is_not_there_is_refused(string code, int exit, string vault)
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        (await CliRun.RunAsync("facilitator", "up", "--data", temp.Path, "--vault", vault)).AssertRefused(code, exit);
    }

    /// <summary>One payment for each way to pay.</summary>
    private static async Task<IReadOnlyList<(string Name, FacilitatorCall Call)>> PaymentsAsync(AnvilFacilitator user)
    {
        Requirement upto = user.Offer("upto", ("facilitatorAddress", user.Signers[0].ToString()));
        FacilitatorCall most = await user.SignAsync(new UptoClient(user.Signer, TimeProvider.System), upto);
        Requirement vault = user.Offer(
            "betar-vault", ("vault", user.Anvil.Vault!.Value.ToString()), ("order", Hash32.Zero.ToString()), ("workTime", 3_600), ("disputeWindow", 7_200), ("arbiterWindow", 7_200));
        return
        [
            ("exact", await user.SignAsync(new Eip3009Client(new AuthorizationSigner(user.Key, TimeProvider.System)), user.Offer("exact"))),
            ("exact by permit", await user.SignAsync(new ExactPermit2Client(user.Signer, TimeProvider.System), user.Offer("exact", ("assetTransferMethod", "permit2")))),
            ("upto", most with { Requirement = upto with { Amount = $"{AnvilFacilitator.Price / 2}" } }),
            ("channel", await ChannelAsync(user)),
            ("vault", await user.SignAsync(new VaultClient(user.Signer, [new VaultDeployment(user.Asset, user.Anvil.Vault!.Value)], TimeProvider.System), vault)),
            ("escrow", await EscrowAsync(user, user.Signers[^1])),
        ];
    }

    private static async Task<FacilitatorCall> ChannelAsync(AnvilFacilitator user)
    {
        Requirement offer = user.Offer(BatchContracts.Scheme, ("receiverAuthorizer", user.Signers[0].ToString()), ("withdrawDelay", 900));
        var client = new BatchClient(user.Signer, TimeProvider.System);
        ChannelConfig config = client.ChannelFor(offer, user.Policy, out _)!;
        JsonElement? deposit = await client.SignDepositAsync(
            user.Asset, config, AnvilFacilitator.Price, 5 * AnvilFacilitator.Price, TimeSpan.FromMinutes(5), default);
        return AnvilFacilitator.Call(offer, deposit!.Value);
    }

    private static Task<FacilitatorCall> EscrowAsync(AnvilFacilitator user, Address captures)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return user.SignAsync(new AuthCaptureClient(user.Signer, TimeProvider.System), user.Offer(
            "auth-capture", ("captureAuthorizer", captures.ToString()), ("captureDeadline", now + 86_400), ("refundDeadline", now + 172_800),
            ("feeRecipient", AnvilFacilitator.Seller.ToString()), ("minFeeBps", 0), ("maxFeeBps", 0), ("authCaptureEscrow", AuthCaptureDeployment.V10.Escrow.ToString())));
    }

    private static IEnumerable<string> Names(JsonElement array) => array.EnumerateArray().Select(name => name.GetString()!);
}
