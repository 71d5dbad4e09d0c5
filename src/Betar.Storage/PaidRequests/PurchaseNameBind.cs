using Betar.Ethereum;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;

namespace Betar.Storage.PaidRequests;

/// <summary>Ties a name of a payer to a payment, or reads to which it is tied. Lets a few go whose time is over.</summary>
internal sealed class PurchaseNameBind(
    PreparedStatements statements, Address payer, string name, PaymentKey payment, DateTimeOffset keepUntil, DateTimeOffset now, bool hasRoom, CancellationToken cancellation)
    : WriteOperation<(bool IsBound, int Rows)>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        var gone = statements.Get(connection,
                "DELETE FROM purchase_name WHERE (payer, name) IN (SELECT payer, name FROM purchase_name WHERE keep_until < ?1 ORDER BY keep_until LIMIT 16)")
            .Bind(1, now.ToUnixTimeMilliseconds()).Run();
        if (Find(connection) is { } bound)
            Result = (bound == payment.ToString(), -gone);
        else if (hasRoom || gone > 0)
            Result = (true, Insert(connection) - gone);
        else
            Result = (false, 0);
    }

    private string? Find(SqliteConnection connection)
    {
        var row = statements.Get(connection, "SELECT payment FROM purchase_name WHERE payer = ?1 AND name = ?2").Bind(1, Bytes(payer)).Bind(2, name);
        try
        {
            return row.Step() ? row.GetText(0) : null;
        }
        finally
        {
            row.Reset();
        }
    }

    private int Insert(SqliteConnection connection) =>
        statements.Get(connection, "INSERT INTO purchase_name (payer, name, payment, keep_until) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, Bytes(payer)).Bind(2, name).Bind(3, payment.ToString()).Bind(4, keepUntil.ToUnixTimeMilliseconds()).Run();

    private static byte[] Bytes(Address address)
    {
        var bytes = new byte[Address.Size];
        address.CopyTo(bytes);
        return bytes;
    }
}
