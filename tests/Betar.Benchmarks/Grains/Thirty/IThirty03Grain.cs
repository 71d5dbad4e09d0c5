using Orleans;

namespace Betar.Benchmarks.Grains.Thirty;

/// <summary>One of thirty types that a silo knows at its start.</summary>
public interface IThirty03Grain : IGrainWithStringKey
{
    Task<string> Ask(string question, int times);

    ValueTask Tell(ThirtyMessage message);
}
