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

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(1_024)]
    public async Task No_row_is_lost_or_doubled_where_a_page_ends(int rows)
    {
        await Task.WhenAll(Enumerable.Range(0, rows).Select(i => Table.PutAsync($"did:{i:D5}", new byte[] { 7 }, CancellationToken.None).AsTask()));
        Assert.Equal(Enumerable.Range(0, rows).Select(i => $"did:{i:D5}"), (await AllAsync()).Select(row => row.AgentId));
    }

    [Fact]
    public async Task The_table_keeps_its_own_copy_of_the_spec()
    {
        byte[] spec = [1, 2, 3];
        await Table.PutAsync("did:a", spec, CancellationToken.None);
        spec[0] = 99;
        Assert.Equal([1, 2, 3], (await Table.FindAsync("did:a", CancellationToken.None))!.Value.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public async Task A_spec_of_any_length_comes_back(int length)
    {
        var spec = new byte[length];
        Array.Fill(spec, (byte)0xa5);
        await Table.PutAsync("did:a", spec, CancellationToken.None);
        Assert.Equal(spec, (await Table.FindAsync("did:a", CancellationToken.None))!.Value.ToArray());
    }

    [Theory]
    [InlineData("did:key:z6Mk")]
    [InlineData("o'brien")]
    [InlineData("ünïcödé \U0001F4B0")]
    public async Task An_id_may_be_spelled_in_any_way(string id)
    {
        await Table.PutAsync(id, new byte[] { 1 }, CancellationToken.None);
        Assert.NotNull(await Table.FindAsync(id, CancellationToken.None));
        Assert.Equal(id, Assert.Single(await AllAsync()).AgentId);
        Assert.True(await Table.RemoveAsync(id, CancellationToken.None));
    }

    [Fact]
    public async Task What_was_removed_can_be_put_again()
    {
        await Table.PutAsync("did:a", new byte[] { 1 }, CancellationToken.None);
        await Table.RemoveAsync("did:a", CancellationToken.None);
        Assert.Null(await Table.FindAsync("did:a", CancellationToken.None));
        await Table.PutAsync("did:a", new byte[] { 2 }, CancellationToken.None);
        Assert.Equal([2], (await Table.FindAsync("did:a", CancellationToken.None))!.Value.ToArray());
    }

    [Fact]
    public async Task Reading_all_can_be_given_up()
    {
        for (int i = 0; i < 3; i++)
            await Table.PutAsync($"did:{i}", new byte[] { 1 }, CancellationToken.None);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (AgentTableRow _ in Table.ReadAllAsync(new CancellationToken(canceled: true)))
                Assert.Fail("A row came.");
        });
    }

    private async Task<List<AgentTableRow>> AllAsync()
    {
        List<AgentTableRow> rows = [];
        await foreach (AgentTableRow row in Table.ReadAllAsync(CancellationToken.None))
            rows.Add(row);
        return rows;
    }
}
