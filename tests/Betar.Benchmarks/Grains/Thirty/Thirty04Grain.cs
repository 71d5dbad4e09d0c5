using Orleans;

namespace Betar.Benchmarks.Grains.Thirty;

internal sealed class Thirty04Grain : Grain, IThirty04Grain
{
    public Task<string> Ask(string question, int times) => Task.FromResult(question);

    public ValueTask Tell(ThirtyMessage message) => ValueTask.CompletedTask;
}
