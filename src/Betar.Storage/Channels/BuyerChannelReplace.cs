using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402.Schemes.BatchSettlement;

namespace Betar.Storage.Channels;

/// <summary>One step of a payer's channel. The result is false, and nothing is written, when it is not as it was before.</summary>
internal sealed class BuyerChannelReplace(PreparedStatements statements, BuyerChannel? before, BuyerChannel after, CancellationToken cancellation)
    : WriteOperation<bool>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        Result = BuyerChannelRows.Read(statements.Get(connection, BuyerChannelRows.Select), after.Id, connection.Path) == before;
        if (Result)
            BuyerChannelRows.Write(statements.Get(connection, BuyerChannelRows.Put), after);
    }
}
