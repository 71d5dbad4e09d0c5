using Betar.Ethereum;
using Betar.Node.Tests.Support;
using Betar.Storage;
using Betar.Storage.Settlements;
using Betar.Storage.Tests.Durability;
using Betar.X402;
using Betar.X402.Wire;

namespace Betar.Node.Tests.Facilitating;

/// <summary>The facilitator's process is killed between two steps of a settlement; the caller asks again.</summary>
public sealed class FacilitatorCrashTests
{
    private const string Used = "invalid_exact_evm_nonce_already_used";

    [Fact]
    public async Task Killed_after_the_chain_took_it_the_caller_hears_of_its_settlement_and_the_money_moved_once()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp);
        await user.FundAsync(temp, 10 * FacilitatorUser.Price);
        FacilitatorCall call = await user.CallAsync();

        await user.ChainAsync(temp, "devnet_setFault", new { kind = "dropAnswer", count = 1 });
        Task<SettleResponse> lost = user.Facilitator.SettleAsync(call, "mine", default);
        await UntilAsync(async () => await user.BalanceAsync(temp, FacilitatorUser.Seller) == FacilitatorUser.Price);
        await user.KillAndRestartAsync(temp);
        Assert.True((await lost).IsPending);

        SettleResponse again = await user.Facilitator.SettleAsync(call, "mine", default);
        Assert.True(again.Success, again.ErrorReason);
        SettleResponse replay = await user.Facilitator.SettleAsync(call, "theirs", default);
        Assert.Equal((false, Used, again.Transaction), (replay.Success, replay.ErrorReason, replay.Transaction));
        Assert.Equal(FacilitatorUser.Price, await user.BalanceAsync(temp, FacilitatorUser.Seller));
        await user.StopAsync();
    }

    [Fact]
    public async Task Killed_before_anything_was_sent_the_payment_is_settled_when_it_is_asked_for_again()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp);
        await user.FundAsync(temp, 10 * FacilitatorUser.Price);
        FacilitatorCall call = await user.CallAsync();

        await user.ChainAsync(temp, "devnet_setFault", new { kind = "delay", milliseconds = 60_000 });
        Task<SettleResponse> lost = user.Facilitator.SettleAsync(call, "mine", default);
        await UntilAsync(() => IsTakenAsync(temp, KeyOf(call)));
        await user.ChainAsync(temp, "devnet_setFault", new { kind = "none" });
        await user.KillAndRestartAsync(temp);
        Assert.True((await lost).IsPending);

        SettleResponse again = await user.Facilitator.SettleAsync(call, "mine", default);
        Assert.True(again.Success, again.ErrorReason);
        Assert.Equal(FacilitatorUser.Price, await user.BalanceAsync(temp, FacilitatorUser.Seller));
        await user.StopAsync();
    }

    [Fact]
    public async Task A_failing_disk_brings_it_down_with_the_reason_and_loses_no_settlement()
    {
        using var temp = new TempFolder();
        using var chain = await RunningDevnet.StartAsync(temp);
        string kept = Directory.CreateDirectory(Path.Combine(temp.Path, "kept")).FullName;
        using FacilitatorUser user = await FacilitatorUser.StartAsync(temp, new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = SyncShim.Path, ["BETAR_SHIM_PREFIX"] = temp.Data.Database, ["BETAR_SHIM_DIR"] = kept,
        });
        await user.FundAsync(temp, 10 * FacilitatorUser.Price);
        FacilitatorCall call = await user.CallAsync();
        await user.ChainAsync(temp, "devnet_setFault", new { kind = "delay", milliseconds = 500 });
        Task<SettleResponse> settling = user.Facilitator.SettleAsync(call, "mine", default);
        await UntilAsync(() => IsTakenAsync(temp, KeyOf(call)));
        await File.WriteAllTextAsync(Path.Combine(kept, "fail"), "");

        Assert.True((await settling).IsPending);
        CliRun end = await user.EndAsync();
        Assert.Equal(1, end.ExitCode);
        Assert.Contains("BTR-2015", end.Error, StringComparison.Ordinal);

        await user.ChainAsync(temp, "devnet_setFault", new { kind = "none" });
        await user.StartAgainAsync(temp);
        Assert.True((await user.Facilitator.SettleAsync(call, "mine", default)).Success);
        Assert.Equal(FacilitatorUser.Price, await user.BalanceAsync(temp, FacilitatorUser.Seller));
        await user.StopAsync();
    }

    internal static PaymentKey KeyOf(FacilitatorCall call) => new(
        NetworkId.Parse(call.Requirement.Network), Address.Parse(call.Requirement.Asset),
        Address.Parse(call.Payment.Payload.GetProperty("authorization").GetProperty("from").GetString()!),
        Nonce.Parse(call.Payment.Payload.GetProperty("authorization").GetProperty("nonce").GetString()!));

    /// <summary>Looks into the running facilitator's book from outside.</summary>
    internal static async Task<bool> IsTakenAsync(TempFolder temp, PaymentKey key)
    {
        await using BetarDatabase database = BetarDatabase.OpenReadOnly(temp.Data.Database);
        DurableSettlementBook book = await DurableSettlementBook.OpenAsync(database, new SettlementBookOptions(), TimeProvider.System, default);
        return await book.IsPendingAsync(key, default);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await isSo())
            await pause.WaitForNextTickAsync(patience.Token);
    }
}
