using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Reminders;

/// <summary>A write to the reminder table: rare, so one class carries them all and prepares what it needs.</summary>
internal sealed class ReminderOperation<TResult> : WriteOperation<TResult>
{
    private readonly Func<SqliteConnection, TResult> write;

    public ReminderOperation(Func<SqliteConnection, TResult> write)
        : base(CancellationToken.None) => this.write = write;

    public override void Execute(SqliteConnection connection) => Result = write(connection);
}
