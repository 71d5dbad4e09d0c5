using Betar.Ethereum;
using Betar.Grains.Settlement;
using Betar.Grains.Tests.Support;

namespace Betar.Grains.Tests.Settlement;

public sealed class TransactionNoncesTests
{
    private int _reads;

    [Fact]
    public async Task Nonces_go_on_from_what_the_chain_said_and_it_is_asked_once()
    {
        TransactionNonces nonces = New(() => Task.FromResult(7ul));

        Assert.Equal([7ul, 8ul, 9ul], await Take(nonces, 3));
        Assert.Equal(1, _reads);
    }

    [Fact]
    public Task Those_who_come_while_the_chain_is_asked_share_the_answer_and_not_the_nonce() => InTurnsAsync(async () =>
    {
        var answer = new TaskCompletionSource<ulong>();
        TransactionNonces nonces = New(() => answer.Task);

        Task<ulong?>[] waiting = [.. Enumerable.Range(0, 20).Select(_ => nonces.TakeAsync().AsTask())];
        answer.SetResult(3);

        ulong?[] taken = await Task.WhenAll(waiting);
        Assert.Equal(Enumerable.Range(3, 20).Select(n => (ulong?)n), taken.Order());
        Assert.Equal(1, _reads);
    });

    [Fact]
    public Task After_a_send_that_may_be_lost_all_on_their_way_are_waited_for_before_the_chain_is_asked_again() => InTurnsAsync(async () =>
    {
        ulong next = 0;
        TransactionNonces nonces = New(() => Task.FromResult(next));
        await Take(nonces, 3);

        nonces.Done(0, arrived: false);
        Task<ulong?> waiting = nonces.TakeAsync().AsTask(), also = nonces.TakeAsync().AsTask();
        nonces.Done(1, arrived: true);
        Assert.True(nonces.IsInFlight(2) && !nonces.IsInFlight(1));
        Assert.False(waiting.IsCompleted || also.IsCompleted);
        next = 1;
        nonces.Done(2, arrived: true);

        Assert.Equal([1ul, 2ul], (await Task.WhenAll(waiting, also)).Order());
        Assert.Equal(2, _reads);
    });

    [Fact]
    public async Task A_gap_that_a_lost_transaction_left_is_filled()
    {
        var chain = new Queue<ulong>([5, 5]);
        TransactionNonces nonces = New(() => Task.FromResult(chain.Dequeue()));

        Assert.Equal(5ul, await nonces.TakeAsync());
        nonces.Done(5, arrived: false);

        Assert.Equal(5ul, await nonces.TakeAsync());
    }

    [Fact]
    public async Task Told_that_the_chain_went_back_it_asks_again()
    {
        var chain = new Queue<ulong>([5, 3]);
        TransactionNonces nonces = New(() => Task.FromResult(chain.Dequeue()));
        Assert.Equal(5ul, await nonces.TakeAsync());
        nonces.Done(5, arrived: true);
        nonces.Reread();

        Assert.Equal(3ul, await nonces.TakeAsync());
    }

    [Fact]
    public async Task A_nonce_that_somebody_else_used_is_passed_over()
    {
        var chain = new Queue<ulong>([5, 9]);
        TransactionNonces nonces = New(() => Task.FromResult(chain.Dequeue()));

        Assert.Equal(5ul, await nonces.TakeAsync());
        nonces.Done(5, arrived: false);

        Assert.Equal(9ul, await nonces.TakeAsync());
    }

    [Fact]
    public async Task A_chain_that_is_silent_gives_none_and_the_next_asks_again()
    {
        bool silent = true;
        TransactionNonces nonces = New(() => silent ? Task.FromException<ulong>(ScriptedChain.Silence) : Task.FromResult(4ul));

        Assert.Null(await nonces.TakeAsync());
        Assert.Null(await nonces.TakeAsync());
        silent = false;

        Assert.Equal(4ul, await nonces.TakeAsync());
        Assert.Equal(3, _reads);
    }

    [Fact]
    public async Task An_answer_that_is_there_at_once_can_be_asked_for_again_and_again()
    {
        TransactionNonces nonces = New(() => Task.FromResult(1ul));

        for (int round = 0; round < 5; round++)
        {
            Assert.Equal(1ul, await nonces.TakeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10)));
            nonces.Done(1, arrived: false);
        }

        Assert.Equal(5, _reads);
    }

    [Fact]
    public async Task A_bug_in_the_client_is_not_taken_for_silence()
    {
        TransactionNonces nonces = New(() => Task.FromException<ulong>(new InvalidOperationException("bug")));

        await Assert.ThrowsAsync<InvalidOperationException>(() => nonces.TakeAsync().AsTask());
    }

    /// <summary>One at a time, as within a grain.</summary>
    private static Task InTurnsAsync(Func<Task> test) => Task.Factory.StartNew(
        test, CancellationToken.None, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();

    private TransactionNonces New(Func<Task<ulong>> count)
    {
        var chain = new ScriptedChain
        {
            Count = () =>
            {
                _reads++;
                return count();
            },
        };
        return new TransactionNonces(chain, Samples.Payee);
    }

    private static async Task<ulong?[]> Take(TransactionNonces nonces, int count)
    {
        var taken = new ulong?[count];
        for (int i = 0; i < count; i++)
            taken[i] = await nonces.TakeAsync();
        return taken;
    }
}
