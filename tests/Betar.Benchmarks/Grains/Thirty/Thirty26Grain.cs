using Orleans;

namespace Betar.Benchmarks.Grains.Thirty;

internal sealed class Thirty26Grain : Grain, IThirty26Grain
{
    public Task<string> Ask(string question, int times) => Task.FromResult(question);

    public ValueTask Tell(ThirtyMessage message) => ValueTask.CompletedTask;
}
