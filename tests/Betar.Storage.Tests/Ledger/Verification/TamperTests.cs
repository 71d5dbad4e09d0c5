using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;
using static Betar.Storage.Ledger.LedgerKind;

namespace Betar.Storage.Tests.Ledger.Verification;

/// <summary>
/// Somebody with the file in hand changes it by SQL; verification names the fault and the entry. The ledger under test:
/// order 1 = entries 1, 2, 4 (delivered), order 2 = entries 3, 5, 6 (refund owed), order 3 = entry 7 (reserved);
/// checkpoints over entries 3, 6 and 7.
/// </summary>
public sealed class TamperTests : IAsyncLifetime
{
    private readonly TempFolder folder = new();

    public async Task InitializeAsync()
    {
        var options = Options();
        await using var database = BetarDatabase.Open(folder.Database, options, new ManualTime());
        var ledger = database.Ledger;
        await ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1), 0, Reserved, 1000, "alpha"));
        await ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1), 1, Settled, 1000, "alpha", "0x11"));
        await ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(2), 0, Reserved, 70, "beta"));
        await ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(1), 2, Delivered, 1000, "alpha", "", [1, 2, 3]));
        await ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(2), 1, Settled, 70, "beta", "0x22"));
        await ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(2), 2, RefundOwed, 70, "beta"));
        await ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(3), 0, Reserved, 5, "alpha"));
    }

    public Task DisposeAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Untouched_it_is_sound_and_covered_to_the_end()
    {
        var report = await VerifyAsync();
        Assert.Empty(report.Faults);
        Assert.Equal((3L, 7L), (report.Checkpoints, report.Covered));
        Assert.Equal(Signers.Number(1).Address, Assert.Single(report.Signers));
    }

    [Theory]
    [InlineData("UPDATE ledger SET network='eip155:1' WHERE seq=4", LedgerFaultKind.Hash, 4)]
    [InlineData("UPDATE ledger SET asset='0x0000000000000000000000000000000000000001' WHERE seq=4", LedgerFaultKind.Hash, 4)]
    [InlineData("UPDATE ledger SET payer='0x0000000000000000000000000000000000000001' WHERE seq=4", LedgerFaultKind.Hash, 4)]
    [InlineData("UPDATE ledger SET nonce='0x' || substr('00000000000000000000000000000000000000000000000000000000000000000000', 1, 64) WHERE seq=4", LedgerFaultKind.Hash, 4)]
    [InlineData("UPDATE ledger SET idx=3 WHERE seq=4", LedgerFaultKind.Hash, 4)]
    [InlineData("UPDATE ledger SET idx=3 WHERE seq=4", LedgerFaultKind.Index, 4)]
    [InlineData("UPDATE ledger SET kind=4 WHERE seq=4", LedgerFaultKind.Hash, 4)]
    [InlineData("UPDATE ledger SET kind=6 WHERE seq=4", LedgerFaultKind.Transition, 4)]
    [InlineData("UPDATE ledger SET at=at+1 WHERE seq=4", LedgerFaultKind.Hash, 4)]
    [InlineData("UPDATE ledger SET agent='alphb' WHERE seq=4", LedgerFaultKind.Hash, 4)]
    [InlineData("UPDATE ledger SET amount='1001' WHERE seq=4", LedgerFaultKind.Hash, 4)]
    [InlineData("UPDATE ledger SET amount='1001' WHERE seq=4", LedgerFaultKind.Amount, 4)]
    [InlineData("UPDATE ledger SET amount='1001' WHERE seq=4", LedgerFaultKind.Conservation, 0)]
    [InlineData("UPDATE ledger SET reference='0x12' WHERE seq=2", LedgerFaultKind.Hash, 2)]
    [InlineData("UPDATE ledger SET body=x'010204' WHERE seq=4", LedgerFaultKind.Hash, 4)]
    [InlineData("UPDATE ledger SET body=x'' WHERE seq=4", LedgerFaultKind.Hash, 4)]
    [InlineData("UPDATE ledger SET previous_hash=zeroblob(32) WHERE seq=4", LedgerFaultKind.Hash, 4)]
    [InlineData("UPDATE ledger SET previous_hash=zeroblob(32) WHERE seq=4", LedgerFaultKind.Link, 4)]
    [InlineData("UPDATE ledger SET hash=zeroblob(32) WHERE seq=4", LedgerFaultKind.Hash, 4)]
    [InlineData("UPDATE ledger SET hash=zeroblob(32) WHERE seq=2", LedgerFaultKind.Link, 4)]
    [InlineData("UPDATE ledger SET hash=zeroblob(32) WHERE seq=4", LedgerFaultKind.Checkpoint, 6)]
    [InlineData("UPDATE ledger SET amount='many' WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET amount='-5' WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET amount='01000' WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET amount='1' || printf('%060d', 0) WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET kind=99 WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET kind=256+5 WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET kind='x' WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET idx=-1 WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET at=9223372036854775807 WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET payer=upper(payer) WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET nonce='0xAB' WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET network='base' WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET hash=x'00' WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET previous_hash='text' WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET body='text' WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET agent=x'00' WHERE seq=4", LedgerFaultKind.Unreadable, 4)]
    [InlineData("UPDATE ledger SET seq=8 WHERE seq=7", LedgerFaultKind.Hash, 8)]
    [InlineData("UPDATE ledger SET seq=8 WHERE seq=7", LedgerFaultKind.Missing, 7)]
    [InlineData("DELETE FROM ledger WHERE seq=1", LedgerFaultKind.Missing, 1)]
    [InlineData("DELETE FROM ledger WHERE seq=1", LedgerFaultKind.Index, 2)]
    [InlineData("DELETE FROM ledger WHERE seq=5", LedgerFaultKind.Missing, 5)]
    [InlineData("DELETE FROM ledger WHERE seq=5", LedgerFaultKind.Link, 6)]
    [InlineData("DELETE FROM ledger WHERE seq=5", LedgerFaultKind.Transition, 6)]
    [InlineData("DELETE FROM ledger WHERE seq=5", LedgerFaultKind.Checkpoint, 6)]
    [InlineData("DELETE FROM ledger WHERE seq=7", LedgerFaultKind.Missing, 7)]
    [InlineData("DELETE FROM ledger WHERE seq=7", LedgerFaultKind.Checkpoint, 7)]
    [InlineData("DELETE FROM ledger WHERE seq>=4", LedgerFaultKind.Missing, 4)]
    [InlineData("DELETE FROM ledger", LedgerFaultKind.Missing, 1)]
    [InlineData("DELETE FROM ledger_checkpoint WHERE number=1", LedgerFaultKind.Checkpoint, 6)]
    [InlineData("DELETE FROM ledger_checkpoint WHERE number=2", LedgerFaultKind.Checkpoint, 7)]
    [InlineData("DELETE FROM ledger_checkpoint WHERE number=3", LedgerFaultKind.Checkpoint, 0)]
    [InlineData("DELETE FROM ledger_checkpoint", LedgerFaultKind.Checkpoint, 0)]
    [InlineData("UPDATE ledger_checkpoint SET seq=5 WHERE number=2", LedgerFaultKind.Signature, 5)]
    [InlineData("UPDATE ledger_checkpoint SET seq=5 WHERE number=2", LedgerFaultKind.Checkpoint, 5)]
    [InlineData("UPDATE ledger_checkpoint SET accumulator=zeroblob(32) WHERE number=2", LedgerFaultKind.Signature, 6)]
    [InlineData("UPDATE ledger_checkpoint SET accumulator=zeroblob(32) WHERE number=2", LedgerFaultKind.Checkpoint, 6)]
    [InlineData("UPDATE ledger_checkpoint SET at=at+1 WHERE number=2", LedgerFaultKind.Signature, 6)]
    [InlineData("UPDATE ledger_checkpoint SET previous_hash=zeroblob(32) WHERE number=2", LedgerFaultKind.Checkpoint, 6)]
    [InlineData("UPDATE ledger_checkpoint SET hash=zeroblob(32) WHERE number=2", LedgerFaultKind.Signature, 6)]
    [InlineData("UPDATE ledger_checkpoint SET signer='0x0000000000000000000000000000000000000001' WHERE number=2", LedgerFaultKind.Signature, 6)]
    [InlineData("UPDATE ledger_checkpoint SET signature=zeroblob(65) WHERE number=2", LedgerFaultKind.Signature, 6)]
    [InlineData("UPDATE ledger_checkpoint SET signature=zeroblob(64) WHERE number=2", LedgerFaultKind.Signature, 6)]
    [InlineData("UPDATE ledger_checkpoint SET signature=substr(signature, 1, 64) || x'02' WHERE number=2", LedgerFaultKind.Signature, 6)]
    [InlineData("UPDATE ledger_checkpoint SET hash=x'00' WHERE number=2", LedgerFaultKind.Unreadable, 6)]
    [InlineData("UPDATE ledger_head SET entries=8", LedgerFaultKind.Missing, 8)]
    [InlineData("UPDATE ledger_head SET entries=6", LedgerFaultKind.Totals, 0)]
    [InlineData("UPDATE ledger_head SET orders=4", LedgerFaultKind.Totals, 0)]
    [InlineData("UPDATE ledger_head SET accumulator=zeroblob(32)", LedgerFaultKind.Totals, 0)]
    [InlineData("UPDATE ledger_head SET checkpoints=4", LedgerFaultKind.Checkpoint, 0)]
    [InlineData("DELETE FROM ledger_head", LedgerFaultKind.Damaged, 0)]
    [InlineData("UPDATE ledger_totals SET came_in='1071'", LedgerFaultKind.Totals, 0)]
    [InlineData("UPDATE ledger_totals SET delivered='1'", LedgerFaultKind.Totals, 0)]
    [InlineData("UPDATE ledger_totals SET refunded='1'", LedgerFaultKind.Totals, 0)]
    [InlineData("UPDATE ledger_totals SET held='0'", LedgerFaultKind.Totals, 0)]
    [InlineData("UPDATE ledger_totals SET held='x'", LedgerFaultKind.Damaged, 0)]
    [InlineData("DELETE FROM ledger_totals", LedgerFaultKind.Totals, 0)]
    [InlineData("DELETE FROM ledger_open WHERE first=3", LedgerFaultKind.Totals, 6)]
    [InlineData("UPDATE ledger_open SET last=5 WHERE first=3", LedgerFaultKind.Totals, 6)]
    [InlineData("INSERT INTO ledger_open VALUES (1, 4)", LedgerFaultKind.Totals, 1)]
    [InlineData("DROP INDEX ledger_by_agent", LedgerFaultKind.Schema, 0)]
    [InlineData("DROP TABLE ledger_totals", LedgerFaultKind.Schema, 0)]
    public async Task Each_change_is_found_at_its_entry(string sql, LedgerFaultKind kind, long sequence)
    {
        RawFile.Tamper(folder.Database, sql);
        var report = await VerifyAsync();
        Assert.False(report.Ok);
        Assert.Contains(report.Faults, fault => fault.Kind == kind && fault.Sequence == sequence);
    }

    [Theory]
    [InlineData("ledger_no_update")]
    [InlineData("ledger_no_delete")]
    [InlineData("ledger_no_replace")]
    [InlineData("ledger_checkpoint_no_update")]
    [InlineData("ledger_checkpoint_no_delete")]
    public async Task A_missing_trigger_is_found(string trigger)
    {
        RawFile.Execute(folder.Database, $"DROP TRIGGER {trigger}");
        Assert.Equal(new LedgerFault(LedgerFaultKind.Schema, 0, $"{trigger} is missing."), Assert.Single((await VerifyAsync()).Faults));
    }

    [Fact]
    public async Task A_trigger_that_does_nothing_is_found()
    {
        RawFile.Execute(folder.Database, "DROP TRIGGER ledger_no_update; CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT 1; END");
        Assert.Equal(LedgerFaultKind.Schema, Assert.Single((await VerifyAsync()).Faults).Kind);
    }

    [Fact]
    public async Task One_changed_text_is_one_fault()
    {
        RawFile.Tamper(folder.Database, "UPDATE ledger SET reference='0x12' WHERE seq=2");
        Assert.Single((await VerifyAsync()).Faults);
    }

    [Fact]
    public async Task Several_changes_are_all_found_in_order()
    {
        RawFile.Tamper(folder.Database, "UPDATE ledger SET reference='y' WHERE seq IN (2, 5); UPDATE ledger SET agent='z' WHERE seq=7");
        Assert.Equal([2, 5, 7], (await VerifyAsync()).Faults.Select(fault => fault.Sequence));
    }

    [Fact]
    public async Task A_rehashed_entry_breaks_its_link_and_the_checkpoint()
    {
        LedgerEntry forged;
        await using (var database = BetarDatabase.OpenReadOnly(folder.Database))
            forged = (await database.Ledger.ReadAsync(TestOrders.Payment(2), default))[1] with { Reference = "0x99" };
        RawFile.Tamper(folder.Database, $"UPDATE ledger SET reference='0x99', hash=x'{Hex(LedgerHash.Entry(forged).ToArray())}' WHERE seq=5");

        var faults = (await VerifyAsync()).Faults;
        Assert.DoesNotContain(faults, fault => fault.Kind == LedgerFaultKind.Hash);
        Assert.Contains(faults, fault => fault is { Kind: LedgerFaultKind.Link, Sequence: 6 });
        Assert.Contains(faults, fault => fault is { Kind: LedgerFaultKind.Checkpoint, Sequence: 6 });
    }

    [Fact]
    public async Task A_tail_cut_with_everything_kept_beside_it_made_to_fit_is_found_by_its_checkpoint()
    {
        // The cutter recomputes all that needs no key; the checkpoint over entry 7 still speaks of it.
        LedgerReport shorter;
        using (var other = new TempFolder())
        {
            File.Copy(folder.Database, other.Database);
            RawFile.Tamper(other.Database, "DELETE FROM ledger WHERE seq=7");
            shorter = await VerifyAsync(other.Database);
        }

        RawFile.Tamper(folder.Database,
            $"DELETE FROM ledger WHERE seq=7; DELETE FROM ledger_open WHERE last=7; UPDATE ledger_head SET entries=6, orders=2, accumulator=x'{Hex(shorter.Head.ToArray())}'");
        var fault = Assert.Single((await VerifyAsync()).Faults);
        Assert.Equal((LedgerFaultKind.Checkpoint, 7L), (fault.Kind, fault.Sequence));
    }

    [Fact]
    public async Task The_head_of_a_report_tells_a_cut_that_nothing_in_the_file_tells()
    {
        var before = (await VerifyAsync()).Head;
        LedgerReport cut;
        RawFile.Tamper(folder.Database, "DELETE FROM ledger WHERE seq=7; DELETE FROM ledger_open WHERE last=7; DELETE FROM ledger_checkpoint WHERE number=3");
        var accumulator = (await VerifyAsync()).Head;
        RawFile.Tamper(folder.Database, $"UPDATE ledger_head SET entries=6, orders=2, checkpoints=2, accumulator=x'{Hex(accumulator.ToArray())}'");
        cut = await VerifyAsync();
        Assert.True(cut.Ok);
        Assert.NotEqual(before, cut.Head);
        Assert.Equal(6, cut.Covered);
    }

    [Fact]
    public async Task Who_may_sign_is_checked()
    {
        Assert.Empty((await VerifyAsync(trusted: 1)).Faults);
        var faults = (await VerifyAsync(trusted: 2)).Faults;
        Assert.Equal([3, 6, 7], faults.Select(fault => fault.Sequence));
        Assert.All(faults, fault => Assert.Equal(LedgerFaultKind.Signature, fault.Kind));
    }

    [Fact]
    public async Task A_second_signer_is_a_fault_unless_both_are_trusted()
    {
        var options = Options();
        options.Ledger.Signer = Signers.Number(2);
        await using (var database = BetarDatabase.Open(folder.Database, options))
            await database.Ledger.RunAsync(9, Reserved, Refused);

        Assert.Equal(LedgerFaultKind.Signature, Assert.Single((await VerifyAsync()).Faults).Kind);
        await using var both = BetarDatabase.OpenReadOnly(folder.Database,
            new BetarDatabaseOptions { Ledger = { TrustedSigners = [Signers.Number(1).Address, Signers.Number(2).Address] } });
        Assert.True((await both.Ledger.VerifyAsync(default)).Ok);
    }

    [Fact]
    public async Task A_damaged_page_is_reported_and_the_rest_still_walked()
    {
        await using (var database = BetarDatabase.Open(folder.Database, Options()))
        {
            for (var order = 100; order < 300; order++)
                await database.Ledger.MustAppendAsync(TestOrders.Append(TestOrders.Payment(order), 0, Reserved, body: new byte[500]));
        }

        var page = RawFile.Number(folder.Database, "SELECT rootpage FROM sqlite_schema WHERE name='ledger_by_agent'");
        await using (var file = File.OpenWrite(folder.Database))
        {
            file.Position = (page - 1) * 4096;
            file.Write(new byte[4096]);
        }

        var report = await VerifyAsync();
        Assert.Contains(report.Faults, fault => fault.Kind == LedgerFaultKind.Damaged);
        Assert.Equal(207, report.Totals.Entries);
    }

    [Theory]
    [InlineData("UPDATE ledger SET amount='1' WHERE seq=4")]
    [InlineData("DELETE FROM ledger WHERE seq=4")]
    [InlineData("DELETE FROM ledger")]
    [InlineData("UPDATE ledger_checkpoint SET seq=1 WHERE number=1")]
    [InlineData("DELETE FROM ledger_checkpoint WHERE number=1")]
    [InlineData("INSERT OR REPLACE INTO ledger SELECT 4, network, asset, payer, nonce, 9, kind, at, agent, '1', reference, body, previous_hash, hash FROM ledger WHERE seq=4")]
    [InlineData("INSERT OR REPLACE INTO ledger SELECT 99, network, asset, payer, nonce, idx, kind, at, agent, '1', reference, body, previous_hash, hash FROM ledger WHERE seq=4")]
    public async Task The_triggers_refuse_mistakes(string sql)
    {
        var refused = Assert.Throws<StorageException>(() => RawFile.Execute(folder.Database, sql));
        Assert.Equal(StorageFailure.Constraint, refused.Failure);
        Assert.True((await VerifyAsync()).Ok);
    }

    [Fact]
    public async Task The_unique_key_is_the_last_arbiter()
    {
        // Even with the triggers gone two entries cannot have one place.
        Assert.Throws<StorageException>(() => RawFile.Tamper(folder.Database,
            "INSERT INTO ledger SELECT 99, network, asset, payer, nonce, idx, kind, at, agent, amount, reference, body, previous_hash, hash FROM ledger WHERE seq=4"));
        Assert.Equal(7, (await VerifyAsync()).Totals.Entries);
    }

    private static BetarDatabaseOptions Options() => new() { Ledger = { Signer = Signers.Number(1), CheckpointEntries = 3 } };

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private Task<LedgerReport> VerifyAsync(byte? trusted = null) => VerifyAsync(folder.Database, trusted);

    private static async Task<LedgerReport> VerifyAsync(string path, byte? trusted = null)
    {
        var options = new BetarDatabaseOptions { Ledger = { TrustedSigners = trusted is { } number ? [Signers.Number(number).Address] : [] } };
        await using var database = BetarDatabase.OpenReadOnly(path, options);
        return await database.Ledger.VerifyAsync(default);
    }
}
