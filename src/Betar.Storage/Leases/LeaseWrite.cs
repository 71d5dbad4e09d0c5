using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Leases;

/// <summary>Reads a lease, lets a rule decide at the moment of the write, and keeps what it says.</summary>
internal sealed class LeaseWrite(
    PreparedStatements statements, LeaseClock clock, string name, Func<LeaseRow?, long, (LeaseRow? After, LeaseAnswer Answer)> rule, CancellationToken cancellation)
    : WriteOperation<LeaseAnswer>(cancellation)
{
    public const string Select = "SELECT holder, epoch, expires FROM lease WHERE name = ?1";

    private const string Put = "INSERT OR REPLACE INTO lease (name, holder, epoch, expires) VALUES (?1, ?2, ?3, ?4)";

    public override void Execute(SqliteConnection connection)
    {
        var (after, answer) = rule(Read(statements.Get(connection, Select), name), clock.Now);
        if (after is { } row)
            statements.Get(connection, Put).Bind(1, name).Bind(2, row.Holder).Bind(3, row.Epoch).Bind(4, row.Expires).Run();
        Result = answer;
    }

    public static LeaseRow? Read(SqliteStatement select, string name)
    {
        select.Bind(1, name);
        try
        {
            return select.Step() ? new LeaseRow(select.GetText(0), select.GetInt64(1), select.GetInt64(2)) : null;
        }
        finally
        {
            select.Reset();
        }
    }
}
