using Orleans;

namespace Betar.Benchmarks.Grains.Thirty;

internal sealed class Thirty23Grain : Grain, IThirty23Grain
{
    public Task<string> Ask(string question, int times) => Task.FromResult(question);

    public ValueTask Tell(ThirtyMessage message) => ValueTask.CompletedTask;
}
