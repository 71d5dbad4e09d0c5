using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.Tests.Database;

/// <inheritdoc cref="ProbeOperation"/>
internal sealed class ProbeOperation<T>(Func<SqliteConnection, T> probe, CancellationToken cancellation) : WriteOperation<T>(cancellation)
{
    public override void Execute(SqliteConnection connection) => Result = probe(connection);
}
