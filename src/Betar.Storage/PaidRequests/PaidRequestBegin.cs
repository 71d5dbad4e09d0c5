using Betar.Ethereum;
using Betar.Storage.Database;
using Betar.Storage.Holding;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Selling;

namespace Betar.Storage.PaidRequests;

/// <summary>Ties a payment to a request, or reads how it stands. Lets a few go whose time is over.</summary>
internal sealed class PaidRequestBegin(
    PreparedStatements statements, PaymentKey payment, Hash32 fingerprint, DateTimeOffset keepUntil, DateTimeOffset now, bool hasRoom, CancellationToken cancellation)
    : WriteOperation<(PaidEntry Entry, RowUse Change)>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        var gone = Forget(connection);
        var row = PaidRequestRows.Read(statements, connection, payment);
        if (row is not null)
        {
            Result = (EntryOf(row), gone);
        }
        else if (hasRoom || gone.Entries < 0)
        {
            PaidRequestRows.Write(statements, connection, payment, new PaidRequestRow(fingerprint, PaidRequestState.Open, null), keepUntil);
            Result = (PaidEntry.Owner, gone + new RowUse(1, 0));
        }
        else
        {
            Result = (PaidEntry.Full, gone);
        }
    }

    private PaidEntry EntryOf(PaidRequestRow row)
    {
        if (row.Fingerprint != fingerprint)
            return PaidEntry.Conflict;
        return row.State == PaidRequestState.Final ? PaidEntry.Final(row.Answer!) : PaidEntry.Resumed(row.Answer);
    }

    private RowUse Forget(SqliteConnection connection)
    {
        var old = statements.Get(connection, "DELETE FROM paid_request WHERE id IN (SELECT id FROM paid_request WHERE keep_until < ?1 ORDER BY keep_until LIMIT 16) RETURNING bytes")
            .Bind(1, now.ToUnixTimeMilliseconds());
        var gone = default(RowUse);
        try
        {
            while (old.Step())
                gone += new RowUse(-1, -old.GetInt64(0));
        }
        finally
        {
            old.Reset();
        }

        return gone;
    }
}
