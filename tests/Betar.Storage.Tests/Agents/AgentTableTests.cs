using Betar.Storage.Agents;

namespace Betar.Storage.Tests.Agents;

/// <summary>What every agent table does, whatever keeps its rows.</summary>
public abstract class AgentTableTests
{
    protected abstract IAgentTable Table { get; }

    [Fact]
    public async Task A_row_is_found_again()
    {
        await Table.PutAsync("did:a", new byte[] { 1, 2 }, CancellationToken.None);
        Assert.Equal([1, 2], (await Table.FindAsync("did:a", CancellationToken.None))!.Value.ToArray());
        Assert.Null(await Table.FindAsync("did:A", CancellationToken.None));
    }

    [Fact]
    public async Task Putting_again_replaces()
    {
        await Table.PutAsync("did:a", new byte[] { 1 }, CancellationToken.None);
        await Table.PutAsync("did:a", new byte[] { 2 }, CancellationToken.None);
        Assert.Equal([2], (await Table.FindAsync("did:a", CancellationToken.None))!.Value.ToArray());
        Assert.Single(await AllAsync());
    }

    [Fact]
    public async Task Removing_says_whether_there_was_one()
    {
        await Table.PutAsync("did:a", new byte[] { 1 }, CancellationToken.None);
        Assert.True(await Table.RemoveAsync("did:a", CancellationToken.None));
        Assert.False(await Table.RemoveAsync("did:a", CancellationToken.None));
        Assert.Empty(await AllAsync());
    }

    [Fact]
    public async Task All_rows_come_in_the_order_of_their_ids_over_many_pages()
    {
        string[] ids = [.. Enumerable.Range(0, 1_300).Select(i => $"did:{i:D5}")];
        await Task.WhenAll(ids.Reverse().Select(id => Table.PutAsync(id, new byte[] { 7 }, CancellationToken.None).AsTask()));
        Assert.Equal(ids, (await AllAsync()).Select(row => row.AgentId));
    }

    private async Task<List<AgentTableRow>> AllAsync()
    {
        List<AgentTableRow> rows = [];
        await foreach (AgentTableRow row in Table.ReadAllAsync(CancellationToken.None))
            rows.Add(row);
        return rows;
    }
}
