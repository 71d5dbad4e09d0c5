using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;

namespace Betar.Storage.PaidRequests;

/// <summary>A debt's money sets out; again, when it had before. The result says whether it is still owed.</summary>
internal sealed class OwedTake(PreparedStatements statements, PaymentKey payment, CancellationToken cancellation) : WriteOperation<bool>(cancellation)
{
    public override void Execute(SqliteConnection connection) => Result = statements.Get(connection, "UPDATE owed_work SET state = 3 WHERE payment = ?1 AND state IN (1, 3)")
        .Bind(1, payment.ToString()).Run() > 0;
}
