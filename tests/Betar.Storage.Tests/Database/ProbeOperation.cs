using Betar.Storage.Sqlite;

namespace Betar.Storage.Tests.Database;

/// <summary>Anything a test wants to do on the writer thread.</summary>
internal static class ProbeOperation
{
    public static ProbeOperation<T> Create<T>(Func<SqliteConnection, T> probe, CancellationToken cancellation = default) => new(probe, cancellation);
}
