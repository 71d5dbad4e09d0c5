using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Wire;

namespace Betar.Storage.PaidRequests;

/// <summary>Writes a debt down, or makes one that is begun a real one, and may be less by then. What goes back or was paid back stays so, and the result is false.</summary>
internal sealed class OwedWrite(
    PreparedStatements statements, PaymentKey payment, OwedState state, SettleResponse settlement, string resource, DateTimeOffset since)
    : WriteOperation<bool>(CancellationToken.None)
{
    public override void Execute(SqliteConnection connection) => Result = statements.Get(connection,
            "INSERT INTO owed_work (payment, state, resource, settlement, since) VALUES (?1, ?2, ?3, ?4, ?5) "
            + "ON CONFLICT (payment) DO UPDATE SET state = ?2, settlement = ?4 WHERE state < 2")
        .Bind(1, payment.ToString()).Bind(2, (long)state).Bind(3, resource).Bind(4, WireCodec.Write(settlement)).Bind(5, since.ToUnixTimeMilliseconds()).Run() > 0;
}
