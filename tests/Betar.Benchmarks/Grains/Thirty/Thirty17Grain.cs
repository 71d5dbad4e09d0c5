using Orleans;

namespace Betar.Benchmarks.Grains.Thirty;

internal sealed class Thirty17Grain : Grain, IThirty17Grain
{
    public Task<string> Ask(string question, int times) => Task.FromResult(question);

    public ValueTask Tell(ThirtyMessage message) => ValueTask.CompletedTask;
}
