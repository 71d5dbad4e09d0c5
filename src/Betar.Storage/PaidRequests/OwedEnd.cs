using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;

namespace Betar.Storage.PaidRequests;

/// <summary>Ends a debt: the work is done after all, or (with a transaction) the money went back. The result says whether there was one.</summary>
internal sealed class OwedEnd(PreparedStatements statements, PaymentKey payment, string? transaction) : WriteOperation<bool>(CancellationToken.None)
{
    public override void Execute(SqliteConnection connection) => Result = transaction is null
        ? statements.Get(connection, "DELETE FROM owed_work WHERE payment = ?1 AND state < 2").Bind(1, payment.ToString()).Run() > 0
        : statements.Get(connection, "UPDATE owed_work SET state = 2, paid_back = ?2 WHERE payment = ?1 AND state IN (1, 3)")
            .Bind(1, payment.ToString()).Bind(2, transaction).Run() > 0;
}
