using Betar.Storage.Database;
using Betar.Storage.Sessions;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Ledger;

internal sealed class LedgerAppendOperation : WriteOperation<AppendResult>
{
    private readonly LedgerWriter writer;
    private readonly EncodedAppend encoded;
    private readonly SessionWriter sessions;
    private readonly EncodedExchange? exchange;

    public LedgerAppendOperation(
        LedgerWriter writer, EncodedAppend encoded, SessionWriter sessions, EncodedExchange? exchange, CancellationToken cancellation)
        : base(cancellation)
    {
        this.writer = writer;
        this.encoded = encoded;
        this.sessions = sessions;
        this.exchange = exchange;
    }

    public override void Complete(Exception? failure)
    {
        encoded.Dispose();
        base.Complete(failure);
    }

    public override void Execute(SqliteConnection connection)
    {
        Result = writer.Append(encoded);
        if (Result.Status == AppendStatus.Appended && exchange is not null)
            sessions.Append(connection, exchange);
    }
}
