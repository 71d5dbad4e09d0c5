using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Ledger;

/// <summary>The timer's wish for a checkpoint; writes nothing when the last one covers everything.</summary>
internal sealed class LedgerCheckpointOperation : WriteOperation<bool>
{
    private readonly LedgerWriter writer;

    public LedgerCheckpointOperation(LedgerWriter writer)
        : base(CancellationToken.None) => this.writer = writer;

    public override void Execute(SqliteConnection connection) => writer.RequestCheckpoint();
}
