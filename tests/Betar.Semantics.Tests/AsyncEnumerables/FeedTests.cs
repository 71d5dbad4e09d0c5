namespace Betar.Semantics.Tests.AsyncEnumerables;

[Collection("feeds")]
public sealed class FeedTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    IFeedGrain Feed => Grains.GetGrain<IFeedGrain>(Key);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(250)]
    public async Task Items_arrive_in_order_and_then_the_end(int count)
    {
        var items = new List<int>();
        await foreach (var item in Feed.Count(count))
        {
            items.Add(item);
        }

        Assert.Equal(Enumerable.Range(1, count), items);
    }

    [Fact]
    public async Task Items_may_be_contracts()
    {
        var items = new List<Reading>();
        await foreach (var item in Feed.Readings(3))
        {
            items.Add(item);
        }

        Assert.Equal([new Reading("r1", 1), new Reading("r2", 2), new Reading("r3", 3)], items);
    }

    [Fact]
    public async Task An_item_arrives_before_the_next_exists()
    {
        await using var items = Feed.CountByGates(3).GetAsyncEnumerator();
        for (var i = 1; i <= 3; i++)
        {
            var next = items.MoveNextAsync();
            Assert.False(next.IsCompleted);
            Scene.Open($"{i}");
            Assert.True(await next);
            Assert.Equal(i, items.Current);
        }

        Assert.False(await items.MoveNextAsync());
    }

    [Fact]
    public async Task A_batch_size_changes_nothing_that_one_sees()
    {
        var items = new List<int>();
        await foreach (var item in Feed.Count(50).WithBatchSize(3))
        {
            items.Add(item);
        }

        Assert.Equal(Enumerable.Range(1, 50), items);
    }

    [Fact]
    public async Task Breaking_off_disposes_the_enumerator_in_the_grain()
    {
        Scene.Open("1");
        Scene.Open("2");
        await foreach (var item in Feed.CountByGates(100).WithBatchSize(1))
        {
            if (item == 2)
            {
                break;
            }
        }

        await Scene.Seen("disposed");
    }

    [Fact]
    public async Task The_end_disposes_too()
    {
        Scene.Open("1");
        await foreach (var item in Feed.CountByGates(1))
        {
            Assert.Equal(1, item);
        }

        await Scene.Seen("disposed");
    }

    [Fact]
    public async Task An_exception_arrives_after_the_items_before_it()
    {
        var items = new List<int>();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var item in Feed.CountThenFail(3))
            {
                items.Add(item);
            }
        });
        Assert.Equal("the feed broke", error.Message);
        Assert.Equal([1, 2, 3], items);
    }

    [Fact]
    public async Task Cancelling_the_consumer_ends_both_sides()
    {
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in Feed.Endless().WithCancellation(source.Token))
            {
                Assert.Equal("again", item);
                await source.CancelAsync();
            }
        });
        await Scene.Until(notes => notes.Contains("cancelled") || notes.Contains("disposed"), "the grain's end");
    }

    [Fact]
    public async Task Cancelling_the_argument_reaches_the_grain()
    {
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var item in Feed.Endless(source.Token))
            {
                Assert.Equal("again", item);
                await source.CancelAsync();
            }
        });
        await Scene.Until(notes => notes.Contains("cancelled") || notes.Contains("disposed"), "the grain's end");
    }

    [Fact]
    public async Task Other_calls_get_in_while_a_feed_waits()
    {
        await using var items = Feed.CountByGates(2).GetAsyncEnumerator();
        var next = items.MoveNextAsync();
        Assert.Equal("pong", await Feed.Ping());
        Scene.Open("1");
        Assert.True(await next);
    }

    [Fact]
    public async Task Two_feeds_of_one_grain_run_side_by_side()
    {
        await using var one = Feed.CountByGates(2).GetAsyncEnumerator();
        await using var other = Feed.Count(2).GetAsyncEnumerator();
        var held = one.MoveNextAsync();
        Assert.True(await other.MoveNextAsync());
        Assert.True(await other.MoveNextAsync());
        Assert.False(await other.MoveNextAsync());
        Scene.Open("1");
        Assert.True(await held);
        Assert.Equal(1, one.Current);
    }

    [Fact]
    public async Task One_feed_can_be_enumerated_by_one_consumer_at_a_time_and_again()
    {
        var feed = Feed.Count(3);
        var first = new List<int>();
        await foreach (var item in feed)
        {
            first.Add(item);
        }

        Assert.Equal([1, 2, 3], first);
    }

    [Fact]
    public async Task Grains_consume_each_others_feeds_on_one_silo_and_across()
    {
        var (here, there) = await OnTwoSilos<IFeedGrain>();
        Assert.Equal(5050, await here.SumOf(there, 100));
        var (one, other) = await OnOneSilo<IFeedGrain>();
        Assert.Equal(5050, await one.SumOf(other, 100));
    }
}
