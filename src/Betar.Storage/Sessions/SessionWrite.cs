using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Sessions;

/// <summary>An exchange on its way to the disk, for which nobody waits: its end is told to the log.</summary>
internal sealed class SessionWrite(SessionWriter writer, EncodedExchange exchange, Action<Exception?> ended) : WriteOperation<bool>(CancellationToken.None)
{
    public override void Execute(SqliteConnection connection) => writer.Append(connection, exchange);

    public override void Complete(Exception? failure)
    {
        ended(failure);
        base.Complete(failure);
    }
}
