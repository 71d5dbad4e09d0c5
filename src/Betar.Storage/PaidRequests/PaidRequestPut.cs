using Betar.Storage.Database;
using Betar.Storage.Holding;
using Betar.Storage.Sqlite;
using Betar.X402;

namespace Betar.Storage.PaidRequests;

/// <summary>Keeps an answer. The result is by how much more is kept.</summary>
internal sealed class PaidRequestPut(PreparedStatements statements, PaymentKey payment, PaidRequestRow row, DateTimeOffset keepUntil)
    : WriteOperation<RowUse>(CancellationToken.None)
{
    public override void Execute(SqliteConnection connection)
    {
        var before = PaidRequestRows.Read(statements, connection, payment);
        PaidRequestRows.Write(statements, connection, payment, row, keepUntil);
        Result = new RowUse(before is null ? 1 : 0, PaidRequestRows.Size(row.Answer) - PaidRequestRows.Size(before?.Answer));
    }
}
