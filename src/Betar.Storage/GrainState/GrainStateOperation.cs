using Betar.Storage.Database;
using Betar.Storage.Sqlite;

namespace Betar.Storage.GrainState;

internal sealed class GrainStateOperation : WriteOperation<GrainStateWrite>
{
    private readonly GrainStateWriter writer;
    private readonly GrainStateKey key;
    private readonly long expected;
    private readonly byte[]? data;

    public GrainStateOperation(GrainStateWriter writer, in GrainStateKey key, long expected, byte[]? data)
        : base(CancellationToken.None)
    {
        this.writer = writer;
        this.key = key;
        this.expected = expected;
        this.data = data;
    }

    public override void Execute(SqliteConnection connection) => Result = writer.Put(connection, key, expected, data);
}
