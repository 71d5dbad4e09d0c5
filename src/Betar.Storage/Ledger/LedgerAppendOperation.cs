using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Ledger;

internal sealed class LedgerAppendOperation : WriteOperation<AppendResult>
{
    private readonly LedgerWriter writer;
    private readonly EncodedAppend encoded;

    public LedgerAppendOperation(LedgerWriter writer, EncodedAppend encoded, CancellationToken cancellation)
        : base(cancellation)
    {
        this.writer = writer;
        this.encoded = encoded;
    }

    public override void Complete(Exception? failure)
    {
        encoded.Dispose();
        base.Complete(failure);
    }

    public override void Execute(SqliteConnection connection) => Result = writer.Append(encoded);
}
