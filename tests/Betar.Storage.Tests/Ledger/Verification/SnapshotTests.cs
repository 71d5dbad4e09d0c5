using System.Collections;
using Betar.Ethereum;
using Betar.Storage.Ledger;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Ledger.Verification;

/// <summary>A node goes on writing while its ledger is verified.</summary>
public sealed class SnapshotTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Verification_sees_one_moment_whatever_is_appended_meanwhile()
    {
        var meanwhile = new MeanwhileList(Signers.Number(1).Address);
        await using var database = BetarDatabase.Open(folder.Database,
            new BetarDatabaseOptions { Ledger = { Signer = Signers.Number(1), CheckpointEntries = 1, TrustedSigners = meanwhile } });
        await database.Ledger.RunAsync(1, LedgerKind.Reserved);
        meanwhile.Read = () => database.Ledger.RunAsync(2, LedgerKind.Reserved).GetAwaiter().GetResult();

        var report = await database.Ledger.VerifyAsync(default);
        Assert.Null(meanwhile.Read);
        Assert.Empty(report.Faults);
        Assert.Equal((1L, 1L, 1L), (report.Totals.Entries, report.Checkpoints, report.Covered));

        var later = await database.Ledger.VerifyAsync(default);
        Assert.Empty(later.Faults);
        Assert.Equal((2L, 2L, 2L), (later.Totals.Entries, later.Checkpoints, later.Covered));
    }

    /// <summary>The walk asks who is trusted after it has read the checkpoints and before it reads the entries.</summary>
    private sealed class MeanwhileList(Address signer) : IReadOnlyList<Address>
    {
        public Action? Read { get; set; }

        public int Count => 1;

        public Address this[int index] => index == 0 ? signer : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<Address> GetEnumerator()
        {
            var read = Read;
            Read = null;
            read?.Invoke();
            yield return signer;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
