using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Database;

public sealed class OptionsTests
{
    [Fact]
    public void The_defaults_are_those_that_are_written_down()
    {
        var options = new BetarDatabaseOptions();
        Assert.Equal(TimeSpan.FromSeconds(2), options.BusyTimeout);
        Assert.Equal(8, options.MaxReaders);
        Assert.Equal(100_000, options.MaxQueuedWrites);
        Assert.Equal(1_024, options.MaxBatch);
        Assert.Equal(4_000, options.CheckpointPages);
        Assert.Equal(16_384, options.WriterCacheKiB);
        Assert.Equal(64L << 20, options.QuickCheckBytes);
        Assert.Equal(16 << 20, options.Ledger.MaxBodyBytes);
        Assert.Equal(2_048, options.Ledger.MaxTextLength);
        Assert.Equal(1_000, options.Ledger.CheckpointEntries);
        Assert.Equal(TimeSpan.FromMinutes(1), options.Ledger.CheckpointInterval);
        Assert.Null(options.Ledger.Signer);
        Assert.Empty(options.Ledger.TrustedSigners);
        Assert.Empty(options.Faults());
    }

    [Fact]
    public void All_faults_are_reported_together_each_with_its_name_and_value()
    {
        var options = new BetarDatabaseOptions
        {
            BusyTimeout = TimeSpan.FromMinutes(2),
            MaxReaders = 0,
            MaxQueuedWrites = 0,
            MaxBatch = 0,
            CheckpointPages = 0,
            WriterCacheKiB = 1,
            QuickCheckBytes = -1,
            Ledger = new LedgerOptions { MaxBodyBytes = -1, MaxTextLength = 0, CheckpointEntries = 0, CheckpointInterval = TimeSpan.Zero },
        };
        Assert.Equal(11, options.Faults().Count);
        Assert.Contains("MaxReaders is 0; it must be from 1 to 256.", options.Faults());
        using var folder = new TempFolder();
        var refusal = Assert.Throws<ArgumentException>(() => BetarDatabase.Open(folder.Database, options));
        Assert.All(options.Faults(), fault => Assert.Contains(fault, refusal.Message, StringComparison.Ordinal));
        Assert.False(File.Exists(folder.Database));
    }

    [Fact]
    public async Task The_check_of_pages_is_left_out_for_larger_files()
    {
        using var folder = new TempFolder();
        await using (BetarDatabase.Open(folder.Database))
        {
        }

        var page = RawFile.Number(folder.Database, "SELECT rootpage FROM sqlite_schema WHERE name='reminder_by_hash'");
        await using (var file = File.OpenWrite(folder.Database))
        {
            file.Position = (page - 1) * 4096;
            file.Write(new byte[4096]);
        }

        Assert.Throws<StorageException>(() => BetarDatabase.Open(folder.Database));
        await using var opened = BetarDatabase.Open(folder.Database, new BetarDatabaseOptions { QuickCheckBytes = 0 });
        Assert.True((await opened.Ledger.TotalsAsync(default)).Conserved);
    }
}
