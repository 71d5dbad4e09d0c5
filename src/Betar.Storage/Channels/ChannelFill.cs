using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Schemes.BatchSettlement;

namespace Betar.Storage.Channels;

/// <summary>Adds a deposit that was not there. The result says whether it was added.</summary>
internal sealed class ChannelFill(PreparedStatements statements, PaymentChannel channel, Nonce deposit, AtomicAmount amount, CancellationToken cancellation)
    : WriteOperation<bool>(cancellation)
{
    public override void Execute(SqliteConnection connection)
    {
        Result = statements.Get(connection, "INSERT OR IGNORE INTO channel_deposit (channel, nonce, amount) VALUES (?1, ?2, ?3)")
            .Bind(1, channel.Id.ToArray()).Bind(2, deposit.Value.ToArray()).Bind(3, amount.ToString()).Run() > 0;
        if (!Result)
            return;
        var state = ChannelRows.Read(statements.Get(connection, ChannelRows.Select), channel.Id, connection.Path) ?? ChannelState.New(channel);
        ChannelRows.Write(statements.Get(connection, ChannelRows.Put), state with { Balance = state.Balance + amount, Channel = channel });
    }
}
