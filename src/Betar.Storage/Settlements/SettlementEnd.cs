using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;

namespace Betar.Storage.Settlements;

/// <summary>Writes down how a settlement ended, or forgets it. The result is how many rows went.</summary>
/// <param name="statements">The writer's.</param>
/// <param name="payment">Which one.</param>
/// <param name="response">Null: nobody knows yet.</param>
/// <param name="forget">Nothing was sent: the payment is as if nobody had asked.</param>
/// <param name="now">Who is over its time by now goes too.</param>
internal sealed class SettlementEnd(PreparedStatements statements, PaymentKey payment, byte[]? response, bool forget, DateTimeOffset now)
    : WriteOperation<int>(CancellationToken.None)
{
    public override void Execute(SqliteConnection connection)
    {
        Result = statements.Get(connection, "DELETE FROM settlement WHERE payment = ?1 AND (?2 OR keep_until < ?3)")
            .Bind(1, payment.ToString()).Bind(2, forget ? 1 : 0).Bind(3, now.ToUnixTimeMilliseconds()).Run();
        if (Result > 0 || response is null)
            return;
        statements.Get(connection, "UPDATE settlement SET response = ?2 WHERE payment = ?1").Bind(1, payment.ToString()).Bind(2, response).Run();
    }
}
