using System.Text;
using Betar.Agents;
using Betar.Cluster.Tests.Support;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Grains.Payments;
using Betar.Grains.Settlement.Audit;
using Betar.Storage.Ledger;
using Betar.X402;
using Betar.X402.Networks;
using Betar.X402.Protocol;

namespace Betar.Cluster.Tests.Payments;

/// <summary>A ledger and the chain under it, compared in both directions; one way of disagreeing each.</summary>
public sealed class ChainAuditTests
{
    [Fact]
    public async Task What_was_sold_and_refunded_agrees_both_ways()
    {
        await using World world = await SoldAndRefundedAsync();
        AuditReport report = await AuditAsync(world);

        Assert.Empty(report.Faults);
        Assert.Equal((4, 4, 0), (report.Rows, report.Transfers - report.Others, report.Open));
    }

    [Fact]
    public async Task Logs_are_read_in_pieces_without_losing_or_repeating_any()
    {
        await using World world = await SoldAndRefundedAsync();
        AuditReport whole = await AuditAsync(world);
        foreach (ulong blocks in new ulong[] { 1, 2, 3, 5 })
            Assert.Equivalent(whole, await AuditAsync(world, options: new AuditOptions { FromBlock = 0, BlocksAtOnce = blocks, ReceiptsAtOnce = 1 }));
    }

    [Fact]
    public async Task Without_a_first_block_it_begins_where_the_ledger_does()
    {
        await using World world = await SoldAndRefundedAsync();
        AuditReport report = await AuditAsync(world, options: new AuditOptions());
        Assert.Empty(report.Faults);
        Assert.Equal((4, 4, 0), (report.Rows, report.Transfers, report.Others));
    }

    [Fact]
    public async Task An_entry_that_names_another_orders_transaction_is_found()
    {
        await using World world = await SoldAndRefundedAsync();
        LedgerEntry[] settled = await EntriesAsync(world, LedgerKind.Settled);
        AuditFault fault = Assert.Single((await AuditAsync(world, entry => entry.Hash == settled[0].Hash ? entry with { Reference = settled[1].Reference } : entry)).Faults);
        Assert.Equal((AuditFaultKind.OtherTransfer, settled[0].Payment.ToString(), settled[1].Reference), (fault.Kind, fault.Payment, fault.Transaction));
    }

    [Theory]
    [InlineData("", AuditFaultKind.NoHash)]
    [InlineData("0x12", AuditFaultKind.NoHash)]
    [InlineData("0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", AuditFaultKind.NotOnChain)]
    public async Task An_entry_that_names_no_transaction_of_the_chain_is_found(string reference, AuditFaultKind kind)
    {
        await using World world = await SoldAndRefundedAsync();
        LedgerEntry settled = (await EntriesAsync(world, LedgerKind.Settled))[0];
        AuditReport report = await AuditAsync(world, entry => entry.Hash == settled.Hash ? entry with { Reference = reference } : entry);
        Assert.Equal((kind, settled.Payment.ToString()), (Assert.Single(report.Faults).Kind, report.Faults[0].Payment));
    }

    [Fact]
    public async Task A_refund_that_went_elsewhere_than_the_entry_says_is_found()
    {
        await using World world = await SoldAndRefundedAsync();
        LedgerEntry[] refunded = await EntriesAsync(world, LedgerKind.Refunded);
        AuditReport report = await AuditAsync(world, entry => entry.Hash == refunded[1].Hash ? entry with { Reference = refunded[0].Reference } : entry);
        Assert.Contains(report.Faults, fault => fault.Kind == AuditFaultKind.OtherTransfer && fault.Payment == refunded[1].Payment.ToString());
        Assert.Contains(report.Faults, fault => fault.Kind == AuditFaultKind.LeftUnexplained && fault.Transaction == refunded[1].Reference);
    }

    [Fact]
    public async Task An_entry_of_another_amount_is_found()
    {
        await using World world = await SoldAndRefundedAsync();
        LedgerEntry settled = (await EntriesAsync(world, LedgerKind.Settled))[0];
        AuditFault fault = Assert.Single((await AuditAsync(world, entry => entry.Hash == settled.Hash ? entry with { Amount = entry.Amount + 1 } : entry)).Faults);
        Assert.Equal((AuditFaultKind.Amount, settled.Payment.ToString(), settled.Reference), (fault.Kind, fault.Payment, fault.Transaction));
    }

    [Fact]
    public async Task A_reservation_whose_terms_were_changed_is_found()
    {
        await using World world = await SoldAndRefundedAsync();
        LedgerEntry reserved = (await EntriesAsync(world, LedgerKind.Reserved))[0];
        AuditReport report = await AuditAsync(world, entry => entry.Hash == reserved.Hash
            ? entry with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(entry.Body.Span).Replace($"{world.PayTo}", $"{world.Refunds.Address}", StringComparison.Ordinal)) }
            : entry);
        Assert.Contains(report.Faults, fault => fault.Kind == AuditFaultKind.OtherTransfer && fault.Payment == reserved.Payment.ToString());
        Assert.Contains(report.Faults, fault => fault.Kind == AuditFaultKind.PaidUnrecorded);
    }

    [Fact]
    public async Task An_order_that_is_gone_from_the_ledger_is_found_on_the_chain()
    {
        await using World world = await SoldAndRefundedAsync();
        LedgerEntry settled = (await EntriesAsync(world, LedgerKind.Settled))[0];
        AuditReport report = await AuditAsync(world, entry => entry.Payment == settled.Payment ? null : entry);
        Assert.Equal([AuditFaultKind.PaidUnrecorded, AuditFaultKind.LeftUnexplained], report.Faults.Select(fault => fault.Kind));
        Assert.Equal(settled.Reference, report.Faults[0].Transaction);
    }

    [Fact]
    public async Task A_refund_whose_entries_are_gone_is_found_on_the_chain()
    {
        await using World world = await SoldAndRefundedAsync();
        LedgerEntry refunded = (await EntriesAsync(world, LedgerKind.Refunded))[0];
        AuditReport report = await AuditAsync(world, entry => entry.Payment == refunded.Payment && entry.Kind >= LedgerKind.Delivered ? null : entry);
        AuditFault fault = Assert.Single(report.Faults);
        Assert.Equal((AuditFaultKind.LeftUnexplained, refunded.Reference), (fault.Kind, fault.Transaction));
    }

    [Fact]
    public async Task A_refund_whose_last_entry_is_still_to_be_written_is_open_and_no_fault()
    {
        await using World world = await SoldAndRefundedAsync();
        LedgerEntry refunded = (await EntriesAsync(world, LedgerKind.Refunded))[0];
        AuditReport report = await AuditAsync(world, entry => entry.Hash == refunded.Hash ? null : entry);
        Assert.Empty(report.Faults);
        Assert.Equal((3, 1), (report.Rows, report.Open));
    }

    [Fact]
    public async Task A_refused_order_whose_money_moved_is_found()
    {
        await using World world = await SoldAndRefundedAsync();
        LedgerEntry settled = (await EntriesAsync(world, LedgerKind.Settled))[0];
        AuditReport report = await AuditAsync(world, entry =>
            entry.Payment != settled.Payment || entry.Index == 0 ? entry : entry.Hash == settled.Hash ? entry with { Kind = LedgerKind.Refused, Reference = "no" } : null);
        Assert.Equal([AuditFaultKind.RefusedButPaid, AuditFaultKind.LeftUnexplained], report.Faults.Select(fault => fault.Kind));
        Assert.Equal((settled.Payment.ToString(), settled.Reference), (report.Faults[0].Payment, report.Faults[0].Transaction));
    }

    [Fact]
    public async Task A_settlement_whose_entry_is_still_to_be_written_is_open_and_no_fault()
    {
        await using World world = await SoldAndRefundedAsync();
        TestBuyer buyer = await world.BuyerAsync("peer-x");
        PaidRequest payment = await buyer.SignAsync();
        world.Faults.ThrowOnce(FaultPoint.AfterBroadcast);
        await Assert.ThrowsAnyAsync<Exception>(() => buyer.PayAsync(payment));

        AuditReport report = await AuditAsync(world);
        Assert.Empty(report.Faults);
        Assert.Equal((4, 1), (report.Rows, report.Open));
    }

    [Fact]
    public async Task Money_that_somebody_takes_out_of_the_refund_account_is_found()
    {
        await using World world = await SoldAndRefundedAsync();
        TransactionReceipt theft = await world.SendFromRefundsAsync(new ContractCall(
            world.Chain.Token.Address, Eip3009Token.EncodeTransfer(world.PayTo, 7), Eip3009Token.TransferGasLimit));
        Assert.True(theft.Succeeded);
        AuditFault fault = Assert.Single((await AuditAsync(world)).Faults);
        Assert.Equal((AuditFaultKind.LeftUnexplained, theft.TransactionHash.ToString()), (fault.Kind, fault.Transaction));
    }

    [Fact]
    public async Task A_gift_to_the_payee_is_told_and_no_fault()
    {
        await using World world = await SoldAndRefundedAsync();
        AuditReport before = await AuditAsync(world);
        using PrivateKey giver = PrivateKey.Generate();
        await world.Chain.FundAsync(Address.FromKey(giver), 10);
        await world.Chain.SendAsync(new ContractCall(
            world.Chain.Token.Address, Eip3009Token.EncodeTransfer(world.PayTo, 10), Eip3009Token.TransferGasLimit), giver);
        AuditReport after = await AuditAsync(world);
        Assert.Empty(after.Faults);
        Assert.Equal(before.Others + 1, after.Others);
    }

    [Fact]
    public async Task A_chain_that_does_not_answer_is_no_agreement()
    {
        await using World world = await SoldAndRefundedAsync();
        await world.Chain.SetFaultAsync(new { kind = "outage" });
        await Assert.ThrowsAsync<ChainUnavailableException>(() => AuditAsync(world));
    }

    [Fact]
    public async Task A_transaction_that_failed_is_found()
    {
        await using World world = await SoldAndRefundedAsync();
        LedgerEntry settled = (await EntriesAsync(world, LedgerKind.Settled))[0];
        TransactionReceipt failed = await world.SendFromRefundsAsync(new ContractCall(
            world.Chain.Token.Address, Eip3009Token.EncodeTransfer(world.PayTo, 900_000_000), Eip3009Token.TransferGasLimit));
        Assert.False(failed.Succeeded);
        AuditReport report = await AuditAsync(world, entry => entry.Hash == settled.Hash ? entry with { Reference = failed.TransactionHash.ToString() } : entry);
        Assert.Equal(AuditFaultKind.Reverted, Assert.Single(report.Faults).Kind);
    }

    /// <summary>Two tasks that were paid and paid back: four transfers.</summary>
    private static async Task<World> SoldAndRefundedAsync()
    {
        (World world, TestExecutor _) = await World.WithAgentAsync(new TestExecutor((request, _) => Task.FromResult(
            request.Input == "fail" ? ExecutionOutcome.Failed("No.") : ExecutionOutcome.Ok("did"))));
        TestBuyer buyer = await world.BuyerAsync();
        await buyer.BuyAsync("fail");
        await buyer.BuyAsync("fail");
        return world;
    }

    private static Task<AuditReport> AuditAsync(World world, Func<LedgerEntry, LedgerEntry?>? change = null, AuditOptions? options = null) =>
        new ChainAudit(
            change is null ? world.Ledger : new FalsifiedLedger(world.Ledger, change), world.Chain.Client, PaymentAsset.BaseSepoliaUsdc,
            new AuditAccounts([world.PayTo], world.Refunds.Address), options ?? new AuditOptions { FromBlock = 0 }).RunAsync(default);

    private static async Task<LedgerEntry[]> EntriesAsync(World world, LedgerKind kind)
    {
        List<LedgerEntry> entries = [];
        await foreach (LedgerEntry entry in world.Ledger.QueryAsync(new LedgerQuery { Kind = kind }, default))
            entries.Add(entry);
        return [.. entries];
    }
}
