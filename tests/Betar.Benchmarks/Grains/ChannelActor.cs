using System.Threading.Channels;

namespace Betar.Benchmarks.Grains;

/// <summary>The plainest actor that one would write without an engine: a channel, a loop and a promise for the answer.</summary>
internal sealed class ChannelActor
{
    private readonly Channel<TaskCompletionSource> _inbox = Channel.CreateUnbounded<TaskCompletionSource>(new() { SingleReader = true });

    public static async Task<double> RateAsync(int callers, TimeSpan time)
    {
        ChannelActor[] actors = [.. Enumerable.Range(0, callers).Select(_ => new ChannelActor())];
        Task[] loops = [.. actors.Select(actor => Task.Run(actor.RunAsync))];
        double rate = await CallWindow.RateAsync(actors.Select(actor => (Func<Task<long>>)actor.CallUntilClosedAsync), time);
        foreach (ChannelActor actor in actors)
            actor._inbox.Writer.Complete();
        await Task.WhenAll(loops);
        return rate;
    }

    private async Task<long> CallUntilClosedAsync()
    {
        long calls = 0;
        while (CallWindow.IsOpen)
        {
            var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _inbox.Writer.TryWrite(answer);
            await answer.Task;
            calls++;
        }

        return calls;
    }

    private async Task RunAsync()
    {
        await foreach (TaskCompletionSource request in _inbox.Reader.ReadAllAsync())
            request.SetResult();
    }
}
