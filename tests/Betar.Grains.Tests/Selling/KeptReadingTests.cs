using Betar.Grains.Selling;
using Betar.Grains.Tests.Support;

namespace Betar.Grains.Tests.Selling;

/// <summary>A reading is good for a second, says something for half a minute, and nobody waits for the next one longer than two seconds.</summary>
public sealed class KeptReadingTests
{
    private static readonly TimeSpan s_tick = TimeSpan.FromTicks(1);

    private readonly SteppedTime _time = new();
    private Func<Task<string?>> _read = () => Task.FromResult<string?>("first");
    private int _reads;

    [Fact]
    public async Task Within_a_second_it_is_read_once()
    {
        KeptReading<string> reading = New();
        Assert.Equal("first", await reading.GetAsync());
        _time.Step(TimeSpan.FromSeconds(1));
        Assert.Equal(("first", 1), (await reading.GetAsync(), _reads));
        _time.Step(s_tick);
        await reading.GetAsync();
        Assert.Equal(2, _reads);
    }

    [Fact]
    public async Task An_old_reading_stands_for_thirty_seconds_while_none_can_be_had()
    {
        KeptReading<string> reading = New();
        await reading.GetAsync();
        _read = () => Task.FromResult<string?>(null);
        _time.Step(TimeSpan.FromSeconds(30));
        Assert.Equal("first", await reading.GetAsync());
        _time.Step(s_tick);
        Assert.Null(await reading.GetAsync());
        _read = () => Task.FromResult<string?>("second");
        Assert.Equal("second", await reading.GetAsync());
    }

    [Fact]
    public async Task While_an_old_reading_stands_nobody_waits_and_nobody_reads_a_second_time()
    {
        KeptReading<string> reading = New();
        await reading.GetAsync();
        var second = new TaskCompletionSource<string?>();
        _read = () => second.Task;
        _time.Step(TimeSpan.FromSeconds(5));

        Assert.Equal(("first", "first"), (await reading.GetAsync(), await reading.GetAsync()));
        Assert.Equal((2, null), (_reads, _time.LastWait));
        second.SetResult("second");
        Assert.Equal("second", await reading.GetAsync());
    }

    [Fact]
    public async Task Without_one_a_reading_is_waited_for_two_seconds()
    {
        var first = new TaskCompletionSource<string?>();
        _read = () => first.Task;
        KeptReading<string> reading = New();

        Task<string?> waiting = reading.GetAsync().AsTask();
        Assert.Equal((false, TimeSpan.FromSeconds(2)), (waiting.IsCompleted, _time.LastWait));
        first.SetResult("first");

        Assert.Equal("first", await waiting);
    }

    [Fact]
    public async Task Who_reads_now_reads_also_when_the_last_reading_is_good()
    {
        KeptReading<string> reading = New();
        await reading.GetAsync();
        _read = () => Task.FromResult<string?>("second");
        await reading.RefreshAsync();
        Assert.Equal(("second", 2), (await reading.GetAsync(), _reads));
    }

    private KeptReading<string> New() => new(
        () =>
        {
            _reads++;
            return _read();
        },
        _time);
}
