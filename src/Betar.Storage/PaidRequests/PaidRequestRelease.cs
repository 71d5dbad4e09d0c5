using Betar.Storage.Database;
using Betar.Storage.Holding;
using Betar.Storage.Sqlite;
using Betar.X402;

namespace Betar.Storage.PaidRequests;

/// <summary>Forgets a payment for which nothing was settled. The result is by how much less is kept.</summary>
internal sealed class PaidRequestRelease(PreparedStatements statements, PaymentKey payment) : WriteOperation<RowUse>(CancellationToken.None)
{
    public override void Execute(SqliteConnection connection)
    {
        var before = PaidRequestRows.Read(statements, connection, payment);
        statements.Get(connection, "DELETE FROM paid_request WHERE payment = ?1").Bind(1, payment.ToString()).Run();
        Result = before is null ? default : new RowUse(-1, -PaidRequestRows.Size(before.Answer));
    }
}
