using Betar.Storage.Agents;

namespace Betar.Storage.Tests.Agents;

public sealed class SqliteAgentTableTests : AgentTableTests, IAsyncLifetime
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"betar-agents-{Guid.NewGuid():N}.db");
    private BetarDatabase? _database;

    protected override IAgentTable Table => _database!.Agents;

    public Task InitializeAsync()
    {
        _database = BetarDatabase.Open(_path);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database!.DisposeAsync();
        foreach (string file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_path) + "*"))
            File.Delete(file);
    }

    [Fact]
    public async Task Rows_are_there_after_a_restart()
    {
        await Table.PutAsync("did:a", new byte[] { 9 }, CancellationToken.None);
        await _database!.DisposeAsync();
        _database = BetarDatabase.Open(_path);
        Assert.Equal([9], (await Table.FindAsync("did:a", CancellationToken.None))!.Value.ToArray());
    }
}
