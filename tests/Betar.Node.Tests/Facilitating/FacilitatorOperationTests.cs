using System.Text.Json;
using Betar.Node.Tests.Support;
using Betar.X402.Facilitating;
using Betar.X402.Wire;

namespace Betar.Node.Tests.Facilitating;

/// <summary>What an operator of <c>betar facilitator up</c> relies on: what it says of itself, how it stops, what it writes to its log.</summary>
public sealed class FacilitatorOperationTests
{
    private const string Bazaar = """{"bazaar":{"info":{"input":{"type":"http","method":"GET"}}}}""";

    [Fact]
    public async Task What_it_supports_is_what_it_settles()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp, "--settlers", "2");

        SupportedKinds supported = await user.Facilitator.SupportedAsync(default);

        Assert.Equal([(2, "exact", "eip155:84532"), (1, "exact", "eip155:84532")], supported.Kinds.Select(kind => (kind.Version, kind.Scheme, kind.Network)));
        Assert.Equal(["bazaar"], supported.Extensions);
        Assert.Equal(user.Start.GetProperty("signers").EnumerateArray().Select(signer => signer.GetString()), supported.Signers["eip155:*"]);
    }

    [Fact]
    public async Task What_it_settled_for_is_found_also_after_a_restart()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp);
        await user.FundAsync(temp, 10 * FacilitatorUser.Price);
        Assert.True((await user.Facilitator.SettleAsync(await user.CallAsync(), null, default)).Success);
        Assert.Equal(0, await TotalAsync(user));
        Assert.True((await user.Facilitator.SettleAsync(await user.CallAsync(Bazaar), null, default)).Success);
        Assert.Equal(1, await TotalAsync(user));

        await user.RestartAsync(temp);

        using JsonDocument page = JsonDocument.Parse((await user.GetAsync("discovery/resources")).Text);
        JsonElement item = Assert.Single(page.RootElement.GetProperty("items").EnumerateArray());
        Assert.Equal("https://shop.example/work?for=somebody", item.GetProperty("resource").GetString());
        Assert.DoesNotContain("signature", page.RootElement.GetRawText(), StringComparison.Ordinal);
        await user.StopAsync();
    }

    [Fact]
    public async Task It_is_ready_when_its_chain_answers()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp);
        Assert.Equal((200, "{\"status\":\"ready\"}"), await user.GetAsync("ready"));

        await user.ChainAsync(temp, "devnet_setFault", new { kind = "outage" });
        await UntilAsync(async () => (await user.GetAsync("ready")).Status == 503);

        Assert.Equal((503, "{\"status\":\"not ready\",\"missing\":\"chain\"}"), await user.GetAsync("ready"));
        Assert.Equal((200, "{\"status\":\"ok\"}"), await user.GetAsync("health"));
        await user.ChainAsync(temp, "devnet_setFault", new { kind = "none" });
        await UntilAsync(async () => (await user.GetAsync("ready")).Status == 200);
    }

    [Fact]
    public async Task Told_to_stop_it_answers_what_it_has_begun_and_ends_well()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp);
        await user.FundAsync(temp, 10 * FacilitatorUser.Price);
        FacilitatorCall call = await user.CallAsync();
        await user.ChainAsync(temp, "devnet_setFault", new { kind = "delay", milliseconds = 700 });
        Task<SettleResponse> settling = user.Facilitator.SettleAsync(call, "mine", default);
        await UntilAsync(() => FacilitatorCrashTests.IsTakenAsync(temp, FacilitatorCrashTests.KeyOf(call)));

        await user.TerminateAsync();
        SettleResponse settled = await settling;
        CliRun end = await user.EndAsync();

        Assert.True(settled.Success, settled.ErrorReason + settled.ErrorMessage);
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
    }

    [Fact]
    public async Task Told_to_stop_without_patience_it_leaves_what_it_has_begun_to_the_next_start()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp, "--drain", "0");
        await user.FundAsync(temp, 10 * FacilitatorUser.Price);
        FacilitatorCall call = await user.CallAsync();
        await user.ChainAsync(temp, "devnet_setFault", new { kind = "delay", milliseconds = 700 });
        Task<SettleResponse> settling = user.Facilitator.SettleAsync(call, "mine", default);
        await UntilAsync(() => FacilitatorCrashTests.IsTakenAsync(temp, FacilitatorCrashTests.KeyOf(call)));

        await user.TerminateAsync();
        Assert.Equal(0, (await user.EndAsync()).ExitCode);
        SettleResponse lost = await settling;
        await user.ChainAsync(temp, "devnet_setFault", new { kind = "none" });
        await user.StartAgainAsync(temp);

        Assert.True(lost.IsPending || lost.Success, lost.ErrorReason);
        Assert.True((await user.Facilitator.SettleAsync(call, "mine", default)).Success);
        Assert.Equal(FacilitatorUser.Price, await user.BalanceAsync(temp, FacilitatorUser.Seller));
        await user.StopAsync();
    }

    [Fact]
    public async Task Its_log_names_payments_and_holds_no_signature()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp, "--verbose");
        await user.FundAsync(temp, FacilitatorUser.Price);
        FacilitatorCall[] calls = [await user.CallAsync(), await user.CallAsync()];
        SettleResponse settled = await user.Facilitator.SettleAsync(calls[0], null, default);
        SettleResponse refused = await user.Facilitator.SettleAsync(calls[1], null, default);
        await user.TerminateAsync();

        string log = (await user.EndAsync()).Error;

        Assert.Equal((true, false), (settled.Success, refused.Success));
        Assert.Contains($"{user.Payer} paid {FacilitatorUser.Seller} {FacilitatorUser.Price} on eip155:84532 in {settled.Transaction}.", log, StringComparison.Ordinal);
        Assert.Contains($"was refused: {refused.ErrorReason}", log, StringComparison.Ordinal);
        Assert.All(calls, call => Assert.DoesNotContain(
            call.Payment.Payload.GetProperty("signature").GetString()![2..66], log, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_payer_who_asks_too_often_waits_and_others_do_not()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp, "--payer-per-minute", "2");
        await user.FundAsync(temp, 10 * FacilitatorUser.Price);
        Assert.True((await user.Facilitator.VerifyAsync(await user.CallAsync(), default)).IsValid);
        Assert.True((await user.Facilitator.SettleAsync(await user.CallAsync(), null, default)).Success);

        SettleResponse refused = await user.Facilitator.SettleAsync(await user.CallAsync(), null, default);

        Assert.Equal((false, FacilitatorReasons.PayerLimit), (refused.Success, refused.ErrorMessage));
        Assert.Equal(FacilitatorUser.Price, await user.BalanceAsync(temp, FacilitatorUser.Seller));
    }

    private static async Task<int> TotalAsync(FacilitatorUser user)
    {
        using JsonDocument page = JsonDocument.Parse((await user.GetAsync("discovery/resources")).Text);
        return page.RootElement.GetProperty("pagination").GetProperty("total").GetInt32();
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await isSo())
            await pause.WaitForNextTickAsync(patience.Token);
    }
}
