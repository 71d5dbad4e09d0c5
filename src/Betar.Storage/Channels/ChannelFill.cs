using Betar.Ethereum;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;

namespace Betar.Storage.Channels;

/// <summary>Adds a deposit that was not there. The result says whether it was added.</summary>
internal sealed class ChannelFill(PreparedStatements statements, Hash32 channel, Nonce deposit, AtomicAmount amount, CancellationToken cancellation)
    : WriteOperation<bool>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        Result = statements.Get(connection, "INSERT OR IGNORE INTO channel_deposit (channel, nonce, amount) VALUES (?1, ?2, ?3)")
            .Bind(1, channel.ToArray()).Bind(2, deposit.Value.ToArray()).Bind(3, amount.ToString()).Run() > 0;
        if (!Result)
            return;
        var state = ChannelRows.Read(statements.Get(connection, ChannelRows.Select), channel, connection.Path) ?? new ChannelState(channel, 0, 0, 0, 0, default);
        ChannelRows.Write(statements.Get(connection, ChannelRows.Put), state with { Balance = state.Balance + amount });
    }
}
