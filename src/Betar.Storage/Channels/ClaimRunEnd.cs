using Betar.Ethereum;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;

namespace Betar.Storage.Channels;

/// <summary>Takes a run out of the book and writes down what is claimed of its channels. One that is not there changes nothing.</summary>
internal sealed class ClaimRunEnd(PreparedStatements statements, ClaimRun run, IReadOnlyList<AtomicAmount> claimed, DateTimeOffset now)
    : WriteOperation<bool>(CancellationToken.None)
{
    private readonly Hash32[] channels = [.. run.Channels()];

    public override void Execute(SqliteConnection connection)
    {
        var id = run.Id.Value.ToArray();
        Result = statements.Get(connection, "DELETE FROM claim_run WHERE id = ?1").Bind(1, id).Run() > 0;
        if (!Result)
            return;
        statements.Get(connection, "DELETE FROM claim_entry WHERE run = ?1").Bind(1, id).Run();
        foreach (var (channel, amount) in channels.Zip(claimed))
        {
            if (ChannelRows.Read(statements.Get(connection, ChannelRows.Select), channel, connection.Path) is { } state)
                ChannelRows.Write(statements.Get(connection, ChannelRows.Put), state.Claim(amount, now));
        }
    }
}
